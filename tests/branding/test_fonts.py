"""What typefaces cost, and that what is chosen is what is fetched."""

import re
from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import HomePage
from impact.branding.fonts import FACES, Fonts
from impact.branding.models import SiteSettings

STATIC = Path(__file__).parents[2] / "static"
BASE = (STATIC / "css/base.css").read_text()
# In bytes, for all the files of a pair.
LIMIT = 80_000
# For the files that every page fetches ahead.
PRELOADED = 50_000


def files(family: str) -> set[Path]:
    """The files of a family in the style sheet."""
    faces = re.findall(rf'font-family: "{family}";\s+src: url\("\.\./(fonts/[\w-]+\.woff2)', BASE)
    return {STATIC / face for face in faces}


@pytest.mark.parametrize("choice", FACES)
def test_a_pair_is_small_and_its_families_are_in_the_style_sheet(choice: str) -> None:
    chosen = FACES[choice]
    families = re.findall(r'"(Impact \w+)"', f"{chosen.headings} {chosen.text}")
    found = set().union(*map(files, families))
    assert sum(path.stat().st_size for path in found) <= LIMIT
    preloaded = {STATIC / name for name in chosen.preload}
    assert preloaded <= found
    assert sum(path.stat().st_size for path in preloaded) <= PRELOADED
    for fallback in re.findall(r'"(\w+ Fallback(?: 2)?)"', f"{chosen.headings} {chosen.text}"):
        assert f'font-family: "{fallback}";' in BASE


@pytest.mark.django_db
@pytest.mark.parametrize("choice", Fonts.values)
def test_a_page_fetches_the_pair_that_was_chosen(
    client: Client, home: HomePage, choice: str
) -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.fonts = choice
    settings.save()
    html = client.get("/").content.decode()
    ahead = re.findall(r'rel="preload"\s+href="/static/([^"]+)"', html)
    assert tuple(ahead) == FACES[choice].preload
    theme = client.get("/theme.css").content.decode()
    assert f"--serif:{FACES[choice].headings}" in theme
    assert f"--sans:{FACES[choice].text}" in theme
