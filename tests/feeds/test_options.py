"""What tools may ask of a feed: summaries alone, and pictures for mail."""

import doctest
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import feedparser
import pytest
from django.http import QueryDict
from django.test import Client
from lxml import html

from impact.feeds import markup, options
from impact.feeds.options import canonical_query
from impact.gallery.models import GalleryPage
from impact.media.models import ImpactRendition
from impact.pages.tasks import prepare_page
from tests.factories import make_image, make_roundup, make_story
from tests.feeds.conftest import ATOM, JSON, NS, PATHS, RSS, document

SUMMARY, EMAIL = "?content=summary", "?images=email"


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("content=full&images=large", ""),
        ("content=brief&images=huge&content=", ""),
        ("images=email&content=summary", "content=summary&images=email"),
        ("images=huge&images=email&images=large", "images=email"),
        ("year=2024&images=email&page=2&sort=oldest&kind=story&x=1", "images=email&kind=story&year=2024"),
    ],
)  # fmt: skip
def test_one_spelling_of_each(given: str, expected: str) -> None:
    assert canonical_query(QueryDict(given)) == expected


@pytest.mark.any_database
@pytest.mark.parametrize("module", [options, markup])
def test_the_examples_hold(module: ModuleType) -> None:
    done = doctest.testmod(module)
    assert done.attempted
    assert done.failed == 0


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_unknown_values_change_nothing(
    client: Client, collection: SimpleNamespace, path: str
) -> None:
    plain = client.get(f"/impact/{path}")
    same = client.get(f"/impact/{path}?content=everything&images=&images=LARGE")
    assert (same.content, same["ETag"]) == (plain.content, plain["ETag"])


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_each_has_an_address_and_a_tag_of_its_own(
    client: Client, collection: SimpleNamespace, path: str
) -> None:
    tags = set()
    for query in ("", SUMMARY, EMAIL, "?content=summary&images=email"):
        response = client.get(f"/impact/{path}{query}")
        tags.add(response["ETag"])
        own = f"http://testserver/impact/{path}{query}".encode().replace(b"&", b"&amp;")
        assert own.replace(b"&amp;", b"&") in response.content or own in response.content
    assert len(tags) == 4


@pytest.mark.django_db
def test_a_summary_leaves_the_content_out_and_keeps_the_rest(
    client: Client, collection: SimpleNamespace
) -> None:
    def rest(tree: Any, *without: str) -> list[str]:
        return [
            f"{element.tag} {element.text}"
            for element in tree.iter()
            if not any(name in element.tag for name in without) and element.get("rel") != "self"
        ]

    full, brief = (document(client, f"/impact/{RSS}{query}") for query in ("", SUMMARY))
    assert full.findall(".//content:encoded", NS)
    assert not brief.findall(".//content:encoded", NS)
    assert rest(brief) == rest(full, "encoded")
    full, brief = (document(client, f"/impact/{ATOM}{query}") for query in ("", SUMMARY))
    assert full.findall(".//atom:content", NS)
    assert not brief.findall(".//atom:content", NS)
    assert rest(brief) == rest(full, "Atom}content")
    full, brief = (client.get(f"/impact/{JSON}{query}").json()["items"] for query in ("", SUMMARY))
    for whole, short in zip(full, brief, strict=True):
        assert short.pop("content_text") == whole["summary"]
        assert whole.pop("content_html")
        assert short == whole
    assert brief[0]["image"]


def pictures(client: Client, query: str) -> Iterator[Any]:
    """Each picture in the contents of the feed."""
    for item in client.get(f"/impact/{JSON}{query}").json()["items"]:
        tree = html.fragment_fromstring(item["content_html"], create_parent=True)
        assert not tree.xpath(".//source | .//picture | .//@srcset | .//@sizes | .//video | .//svg")
        yield from tree.iter("img")


@pytest.fixture
def pictured(gallery: GalleryPage, db: None) -> Any:
    """A story with pictures in every block that shows some."""
    large, small = make_image(size=(1600, 1200)), make_image(size=(320, 200))
    return make_story(
        "Pictured",
        lead_image=make_image(size=(1500, 1000)),
        body=[
            ("figure", {"image": large, "caption": "", "width": "full", "link": ""}),
            ("figure", {"image": small, "caption": "", "width": "narrow", "link": ""}),
            ("image_row", {"images": [{"image": large, "caption": "One"}], "caption": ""}),
            ("video", {"title": "Dive", "url": "https://youtu.be/dQw4w9WgXcQ", "poster": large}),
        ],
    )


def test_pictures_for_mail_fit_its_column_and_are_made_when_a_page_is_published(
    client: Client, pictured: Any
) -> None:
    before = list(pictures(client, EMAIL))
    # Nothing is made while somebody waits.
    assert not ImpactRendition.objects.exists()
    assert prepare_page.call(pictured.pk) > 0
    made = ImpactRendition.objects.count()
    found = list(pictures(client, EMAIL))
    sizes = [(int(img.get("width")), int(img.get("height"))) for img in found]
    assert sizes == [(600, 400), (600, 450), (320, 200), (600, 450), (600, 450)]
    assert sizes == [(int(img.get("width")), int(img.get("height"))) for img in before]
    for img, size in zip(found, sizes, strict=True):
        assert img.get("src").endswith(".jpg")
        assert img.get("alt") is not None
        rendition = ImpactRendition.objects.get(file=img.get("src").partition("/media/")[2])
        assert (rendition.width, rendition.height) == size
    assert ImpactRendition.objects.count() == made
    # A figure stands in from the edges of the column, and what is as wide as it would stick out.
    [item] = client.get(f"/impact/{JSON}{EMAIL}").json()["items"]
    assert "<fig" not in item["content_html"]
    assert item["content_html"].count("<div>") == item["content_html"].count("</div>") > 3


def test_the_lead_picture_for_mail_is_what_tools_read(client: Client, pictured: Any) -> None:
    prepare_page.call(pictured.pk)
    for query, size in (("", ("1200", "800")), (EMAIL, ("600", "400"))):
        for path in (RSS, ATOM):
            [entry] = feedparser.parse(client.get(f"/impact/{path}{query}").content).entries
            [media] = entry.media_content
            assert (media["width"], media["height"], media["type"]) == (*size, "image/jpeg")
            assert media["url"].endswith(".jpg")
        [item] = client.get(f"/impact/{JSON}{query}").json()["items"]
        assert item["image"] == media["url"]


def test_a_roundups_picture_is_made_too(client: Client, gallery: GalleryPage) -> None:
    roundup = make_roundup(2023, lead_image=make_image(size=(900, 600)))
    prepare_page.call(roundup.pk)
    for query in ("", EMAIL):
        [item] = client.get(f"/impact/{JSON}{query}").json()["items"]
        assert item["image"].endswith(".jpg")
