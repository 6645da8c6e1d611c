"""The organisation's colours as a style sheet."""

import re

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import HomePage
from impact.branding.fonts import Fonts, faces
from impact.branding.models import SiteSettings
from impact.branding.palette import palette
from impact.taxonomy.theme import css_identifier, stylesheet
from tests.factories.content import make_category


def test_the_sheet_has_the_accent_and_a_class_for_each_category() -> None:
    colours = palette("#0f6e66")
    sheet = stylesheet(
        colours, faces(Fonts.SYSTEM), [("research", "#0000ff"), ("training", "#ffff00")]
    )
    assert sheet.count(".category-research{--category:oklch(") == 2
    assert sheet.count(".category-training{--category:oklch(") == 2
    # For a document that chooses its theme itself: both, each as above.
    light, dark = re.findall(r"--accent:(oklch\([^)]*\))", sheet)
    assert (light, dark) == (colours.light["accent"].css, colours.dark["accent"].css)
    assert f"--accent-light:{light};--accent-dark:{dark}" in sheet
    assert "--sans:system-ui" in sheet
    assert "--highlight" not in sheet
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize(
    ("slug", "name"), [("a-b_1", "a-b_1"), ("ökologie", r"\f6 kologie"), ("a}b", r"a\7d b")]
)
def test_no_slug_can_break_out_of_its_class_name(slug: str, name: str) -> None:
    assert css_identifier(slug) == name


@pytest.mark.django_db
def test_a_new_colour_has_a_new_address(client: Client, home: HomePage) -> None:
    def address() -> str:
        found = re.search(r'href="(/theme\.css\?v=\w+)"', client.get("/").content.decode())
        assert found
        return found[1]

    first = address()
    assert address() == first
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.accent = "#c05621"
    settings.save()
    second = address()
    assert second != first
    make_category("Policy", colour="#123456")
    assert address() not in {first, second}


@pytest.mark.django_db
def test_the_current_sheet_is_kept_for_a_year_and_an_old_address_is_asked_again(
    client: Client, home: HomePage
) -> None:
    page = client.get("/").content.decode()
    found = re.search(r'href="(/theme\.css\?v=\w+)"', page)
    assert found
    current = client.get(found[1])
    assert current["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in current["Cache-Control"]
    assert "no-cache" in client.get("/theme.css?v=old")["Cache-Control"]


@pytest.mark.django_db
def test_an_unchanged_sheet_is_not_sent_again(client: Client, home: HomePage) -> None:
    etag = client.get("/theme.css")["ETag"]
    response = client.get("/theme.css", headers={"if-none-match": etag})
    assert response.status_code == 304
    assert response.content == b""
