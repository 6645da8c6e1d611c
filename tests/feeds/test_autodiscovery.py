"""Every page tells a feed reader where the feeds are."""

from types import SimpleNamespace

import pytest
from django.test import Client
from lxml import html
from wagtail.models import PageViewRestriction

from tests.factories import make_standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TYPES = ["application/rss+xml", "application/atom+xml", "application/feed+json"]
GALLERY = [f"http://testserver/impact/{path}" for path in ("feed/", "feed/atom/", "feed/json/")]


def offered(client: Client, url: str) -> list[tuple[str, str, str]]:
    response = client.get(url)
    assert response.status_code == 200
    head = html.fromstring(response.content).find("head")
    links = head.xpath("./link[@rel='alternate'][@type != '']")
    return [(link.get("type"), link.get("href"), link.get("title")) for link in links]


def test_every_page_offers_the_feeds_of_the_gallery(
    client: Client, collection: SimpleNamespace
) -> None:
    about = make_standard_page("About")
    for url in ("/", about.url, collection.story.url, collection.link.url, "/communities/"):
        found = offered(client, url)
        assert [(kind, href) for kind, href, _ in found] == list(zip(TYPES, GALLERY, strict=True))
        assert all(title for _, _, title in found)


def test_a_filtered_gallery_offers_its_own_feeds_first(
    client: Client, collection: SimpleNamespace
) -> None:
    found = offered(client, "/impact/?year=2024&sort=oldest&kind=story")
    own = [f"{url}?kind=story&year=2024" for url in GALLERY]
    assert [href for _, href, _ in found] == [*own, *GALLERY]
    assert found[0][2] == "Impact: 2024, Impact stories (RSS)"
    for _, href, _ in found:
        assert client.get(href.removeprefix("http://testserver")).status_code == 200


def test_an_unfiltered_gallery_offers_each_feed_once(
    client: Client, collection: SimpleNamespace
) -> None:
    assert [href for _, href, _ in offered(client, "/impact/")] == GALLERY


def test_a_community_offers_its_own_feeds_first(
    client: Client, collection: SimpleNamespace
) -> None:
    found = [href for _, href, _ in offered(client, "/communities/reef-watch/")]
    assert found[:3] == [url.replace("impact/", "communities/reef-watch/") for url in GALLERY]
    assert found[3:] == GALLERY


def test_a_private_gallery_is_not_offered(client: Client, collection: SimpleNamespace) -> None:
    PageViewRestriction.objects.create(page=collection.gallery, restriction_type="login")
    assert offered(client, "/communities/") == []


def test_titles_are_escaped(client: Client, collection: SimpleNamespace) -> None:
    collection.gallery.title = 'A "quoted" <title>'
    collection.gallery.save()
    assert offered(client, "/")[0][2] == 'A "quoted" <title> (RSS)'
