"""What crawlers are told: the sitemap and robots.txt."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from lxml import etree
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from impact.gallery.models import GalleryPage
from tests.factories import make_community, make_link, make_story
from tests.visibility import hide

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(client: Client) -> list[str]:
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return etree.fromstring(response.content).xpath("//s:loc/text()", namespaces=NS)


def test_sitemap_lists_public_pages_with_absolute_addresses(
    client: Client, gallery: GalleryPage
) -> None:
    story, community = make_story(), make_community()
    found = locations(client)
    assert found[0] == "http://testserver/"
    for page in (gallery, story, community):
        assert f"http://testserver{page.url}" in found


def test_sitemap_leaves_out_links_drafts_and_private_pages(
    client: Client, gallery: GalleryPage
) -> None:
    draft, link, private, expired = make_story(live=False), make_link(), make_story(), make_story()
    hide(private, "private")
    hide(expired, "expired")
    found = locations(client)
    for page in (draft, link, private, expired):
        assert not [url for url in found if url.endswith(f"/{page.slug}/")]


def test_sitemap_leaves_out_what_lies_below_a_private_page(
    client: Client, gallery: GalleryPage
) -> None:
    story = make_story()
    PageViewRestriction.objects.create(page=gallery, restriction_type="login")
    assert not [url for url in locations(client) if story.slug in url or "impact" in url]


def test_sitemap_says_when_a_page_changed(client: Client) -> None:
    make_story(last_published_at=datetime(2024, 5, 2, 10, 0, tzinfo=UTC))
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    assert "2024-05-02" in tree.xpath("//s:lastmod/text()", namespaces=NS)


def test_sitemap_uses_the_set_address(client: Client, settings: Settings) -> None:
    make_story()
    settings.SITE_URL, settings.SITE_URL_IS_SET = "https://impact.example.org", True
    assert all(url.startswith("https://impact.example.org/") for url in locations(client))


def test_robots_allows_all_but_editor_and_search(client: Client) -> None:
    response = client.get("/robots.txt", headers={"host": "127.0.0.1:8000"})
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]
