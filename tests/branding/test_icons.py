"""The sign of the site in tabs and on home screens."""

import re
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from wagtail.models import Site

from home.models import HomePage
from impact.branding.models import SiteSettings
from tests.factories import make_image
from tests.factories.content import make_drawing

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def settings_of_site(home: HomePage) -> SiteSettings:
    return SiteSettings.for_site(Site.objects.get(is_default_site=True))


def picture(client: Client, address: str) -> Image.Image:
    response = client.get(address)
    assert response.status_code == 200
    return Image.open(BytesIO(response.content))


def links(client: Client) -> list[str]:
    html = client.get("/").content.decode()
    return re.findall(r'<link rel="(?:icon|apple-touch-icon)" href="([^"]+)"', html)


@pytest.mark.parametrize("name", ["Reef Network", "Ærø", "هيئة", "!", "🐟 Fish"])
def test_without_a_logo_an_initial_stands_in_the_accent_colour(
    client: Client, settings_of_site: SiteSettings, name: str
) -> None:
    settings_of_site.organisation, settings_of_site.accent = name, "#a6432a"
    settings_of_site.save()
    for size in (32, 180, 192, 512):
        drawn = picture(client, f"/icon-{size}.png").convert("RGB")
        assert drawn.size == (size, size)
        assert drawn.getpixel((size // 2, size // 16)) == (166, 67, 42)
    assert picture(client, "/favicon.ico").size == (32, 32)
    assert "#a6432a" in client.get("/icon.svg").content.decode()
    assert any(address.startswith("/icon.svg?v=") for address in links(client))
    assert client.get("/icon-33.png").status_code == 404


def test_a_square_logo_is_the_sign_and_a_line_of_words_is_not(
    client: Client, settings_of_site: SiteSettings
) -> None:
    settings_of_site.logo = make_image(size=(400, 100))
    settings_of_site.save()
    assert any("icon.svg" in address for address in links(client))
    settings_of_site.logo = make_image(size=(200, 160))
    settings_of_site.save()
    first = links(client)
    assert not any("icon.svg" in address for address in first)
    for address in first:
        assert client.get(address)["Cache-Control"].endswith("immutable")
    # What is transparent around it is paper where it would be shown black.
    assert picture(client, "/icon-180.png").mode == "RGB"
    settings_of_site.icon = make_image(size=(64, 64))
    settings_of_site.save()
    assert not set(links(client)) & set(first)


def test_a_drawing_is_its_own_icon_at_every_size(
    client: Client, settings_of_site: SiteSettings
) -> None:
    settings_of_site.icon = make_drawing()
    settings_of_site.save()
    assert settings_of_site.icon.file.url in links(client)
    # Where only a photograph will do, the initial stands in.
    assert picture(client, "/icon-180.png").size == (180, 180)


def test_a_logo_that_cannot_be_read_gives_way_to_the_initial(
    client: Client, settings_of_site: SiteSettings
) -> None:
    settings_of_site.logo = make_image(size=(64, 64))
    settings_of_site.save()
    settings_of_site.logo.file.storage.delete(settings_of_site.logo.file.name)
    address = next(address for address in links(client) if "icon-192" in address)
    assert picture(client, address).size == (192, 192)
    # It may be there again soon.
    assert "immutable" not in client.get(address)["Cache-Control"]
    assert picture(client, "/favicon.ico").size == (32, 32)


def test_the_manifest_names_the_site_and_its_signs(
    client: Client, settings_of_site: SiteSettings
) -> None:
    settings_of_site.organisation = "Reef Network"
    settings_of_site.save()
    found = client.get("/site.webmanifest").json()
    assert found["name"] == "Reef Network"
    for icon in found["icons"]:
        assert picture(client, icon["src"]).size == tuple(map(int, icon["sizes"].split("x")))
