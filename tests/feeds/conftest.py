"""A small collection that has everything a feed can carry, and ways to read feeds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

from home.site_tree import ensure_site
from impact.branding.models import SiteSettings
from impact.gallery.models import GalleryPage
from tests.factories import (
    make_author,
    make_community,
    make_image,
    make_link,
    make_roundup,
    make_story,
)
from tests.shared import shared_content

RSS, ATOM, JSON = "feed/", "feed/atom/", "feed/json/"
PATHS = (RSS, ATOM, JSON)
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Renditions of rolled-back images must not outlive their test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimpleNamespace]:
    """The collection, written once for all tests of a module that ask for it."""
    with shared_content(django_db_blocker):
        yield make_collection()


@pytest.fixture
def collection(written: SimpleNamespace, db: None) -> SimpleNamespace:
    """Two stories, a featured link and a roundup, read anew."""
    pages = {name: type(page).objects.get(pk=page.pk) for name, page in vars(written).items()}
    return SimpleNamespace(**pages)


def make_collection() -> SimpleNamespace:
    """Make the collection, with awkward characters wherever they fit."""
    ensure_site()
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"organisation": "Reef & <Watch>", "tagline": "We watch “reefs”."},
    )
    reef = make_community("Reef Watch")
    image = make_image(size=(1500, 1000), description="A reef & its <fish>", credit="Ana O’Neill")
    story = make_story(
        "Corals <back> & “well” — 珊瑚 🪸",
        summary="Corals grew 5 < 6 & counting.",
        communities=[reef],
        supporters=[make_community("Funder")],
        authors=[make_author("Zoë Ávila"), make_author("Ben Okri")],
        tags=["Open Source", "R&D"],
        category="Field work",
        lead_image=image,
        language="pt-BR",
        date=date(2024, 5, 2),
        last_published_at=datetime(2024, 6, 1, 10, 0, 0, 123456, tzinfo=UTC),
        body=[("text", '<p>Read <a href="/impact/?tag=x&amp;kind=link">more</a> &amp; weep.</p>')],
    )
    plain = make_story("Plain", category="Teaching", date=date(2024, 4, 30))
    link = make_link(
        "Elsewhere",
        external_url="https://example.org/news?a=1&b=2",
        publisher="Example News",
        communities=[reef],
        date=date(2024, 5, 1),
    )
    roundup = make_roundup(2023, summary="What 2023 brought.")
    return SimpleNamespace(
        gallery=GalleryPage.objects.get(),
        reef=reef,
        story=story,
        plain=plain,
        link=link,
        roundup=roundup,
    )


def document(client: Client, url: str) -> etree._Element:
    """Return the root of the XML feed at an address."""
    response = client.get(url)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def titles(client: Client, url: str) -> list[str]:
    """Return the titles of the items of the RSS feed at an address."""
    return [str(title) for title in document(client, url).xpath("//item/title/text()")]
