"""What crawlers are told: the sitemap and robots.txt."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from lxml import etree
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from impact.gallery.models import GalleryPage
from impact.media import renditions
from impact.pages.sitemap import PageSitemap
from tests.documents import queries_of
from tests.factories import (
    make_community,
    make_drawing,
    make_image,
    make_link,
    make_roundup,
    make_story,
)
from tests.visibility import hide

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def locations(client: Client, url: str = "/sitemap.xml") -> list[str]:
    response = client.get(url)
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


def test_sitemap_shows_the_picture_of_a_page_without_what_the_camera_noted(client: Client) -> None:
    photograph, new, drawing = make_image(), make_image(), make_drawing()
    renditions.prepare(photograph, "share")
    pages = [make_story(lead_image=image) for image in (photograph, new, drawing)]
    pages += [make_community(logo=photograph), make_roundup(lead_image=photograph), make_story()]
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    shown = {
        url.findtext("s:loc", namespaces=NS).removeprefix("http://testserver"): url.xpath(
            ".//i:image/i:loc/text()", namespaces=NS
        )
        for url in tree.findall("s:url", NS)
    }
    assert len(shown) == len(tree.findall("s:url", NS))
    copy = photograph.get_rendition("width-1200|format-jpeg").url
    making = renditions.rendition_url(new, "width-1200|format-jpeg")
    expected = [copy, making, drawing.file.url, copy, copy]
    for page, url in zip(pages, expected, strict=False):
        assert shown[page.url] == [f"http://testserver{url}"]
    assert shown[pages[-1].url] == []
    assert not any(
        "original_images" in url for urls in shown.values() for url in urls if ".svg" not in url
    )


def test_sitemap_of_many_pages_is_an_index_of_several(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PageSitemap, "limit", 5)
    for _ in range(9):
        make_story(lead_image=make_image())
    parts = locations(client)
    assert parts[0] == "http://testserver/sitemap.xml?p=1"
    listed = [locations(client, part) for part in parts]
    assert all(len(each) == 5 for each in listed[:-1])
    assert len({url for each in listed for url in each}) == Page.objects.live().count() - 1
    for page in (0, len(parts) + 1, "x", "-1"):
        assert client.get("/sitemap.xml", {"p": page}).status_code == 404


def test_sitemap_takes_as_many_statements_for_many_pages_as_for_few(client: Client) -> None:
    make_story(lead_image=make_image())
    few = queries_of(client, "/sitemap.xml")
    for number in range(5):
        make_story(lead_image=make_image())
        make_community(f"Many {number}", logo=make_image())
    assert queries_of(client, "/sitemap.xml") == few


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
