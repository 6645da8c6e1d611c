"""Conditional requests: 304 while nothing changed, and never when something did."""

import socket
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from impact.branding.models import SiteSettings
from impact.people.models import Author
from impact.settings.env import cache as cache_settings
from impact.taxonomy.models import Category, Tag
from tests.factories import make_image, make_story
from tests.feeds.conftest import PATHS

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_newest_feed_gets_304(
    client: Client, collection: SimpleNamespace, path: str
) -> None:
    first = client.get(f"/impact/{path}")
    assert first["ETag"].startswith('"')
    assert first["Last-Modified"].endswith("GMT")
    assert first["Cache-Control"] == "public, no-cache"
    for condition in (
        {"if-none-match": first["ETag"]},
        {"if-none-match": f'"other", W/{first["ETag"]}'},
        {"if-modified-since": first["Last-Modified"]},
        {"if-none-match": first["ETag"], "if-modified-since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        again = client.get(f"/impact/{path}", headers=condition)
        assert again.status_code == 304, condition
        assert again.content == b""
        assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize(
    "condition",
    [
        {"if-none-match": '"other"'},
        {"if-modified-since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"if-modified-since": "not a date"},
        {"if-none-match": "%%%"},
    ],
)
def test_who_has_not_gets_the_feed(
    client: Client, collection: SimpleNamespace, condition: dict[str, str]
) -> None:
    client.get("/impact/feed/")
    assert client.get("/impact/feed/", headers=condition).status_code == 200


def test_the_same_feed_is_the_same_bytes(client: Client, collection: SimpleNamespace) -> None:
    first, second = client.get("/impact/feed/"), client.get("/impact/feed/")
    assert first.content == second.content
    assert (first["ETag"], first["Last-Modified"]) == (second["ETag"], second["Last-Modified"])


def test_each_format_and_selection_has_its_own_tag(
    client: Client, collection: SimpleNamespace
) -> None:
    addresses = [*(f"/impact/{path}" for path in PATHS), "/impact/feed/?year=2024"]
    assert len({client.get(address)["ETag"] for address in addresses}) == len(addresses)


def retitle(c: SimpleNamespace) -> None:
    c.story.title = "Another title"
    c.story.save()


def edit_body(c: SimpleNamespace) -> None:
    c.story.body = [("text", "<p>Rewritten.</p>")]
    c.story.save()


def change_image(c: SimpleNamespace) -> None:
    c.story.lead_image = make_image(size=(700, 500))
    c.story.save()


def rename_category(c: SimpleNamespace) -> None:
    Category.objects.filter(pk=c.story.category_id).update(name="Renamed")


def rename_tag(c: SimpleNamespace) -> None:
    Tag.objects.filter(slug="open-source").update(name="Open source!")


def rename_author(c: SimpleNamespace) -> None:
    Author.objects.filter(slug="ben-okri").update(name="Benjamin Okri")


def rename_organisation(c: SimpleNamespace) -> None:
    SiteSettings.objects.update(organisation="Another name")


def rename_gallery(c: SimpleNamespace) -> None:
    c.gallery.title = "Stories"
    c.gallery.save()


def move_link(c: SimpleNamespace) -> None:
    c.link.external_url = "https://example.org/moved"
    c.link.save()


def change_slug(c: SimpleNamespace) -> None:
    c.story.slug = "elsewhere"
    c.story.save()


def describe_image(c: SimpleNamespace) -> None:
    c.story.lead_image.description = "Another alt text"
    c.story.lead_image.save()


def edit_roundup(c: SimpleNamespace) -> None:
    c.roundup.summary = "Another summary."
    c.roundup.save()


CHANGES: list[Callable[[SimpleNamespace], object]] = [
    retitle,
    edit_body,
    change_image,
    rename_category,
    rename_tag,
    rename_author,
    rename_organisation,
    rename_gallery,
    move_link,
    change_slug,
    describe_image,
    edit_roundup,
    lambda c: c.plain.unpublish(),
    lambda c: c.plain.delete(),
    lambda c: make_story("New"),
    lambda c: PageViewRestriction.objects.create(page=c.plain, restriction_type="login"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(
    client: Client, collection: SimpleNamespace, change: Callable[[SimpleNamespace], object]
) -> None:
    before = client.get("/impact/feed/")
    change(collection)
    after = client.get("/impact/feed/", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    # Within the same second too, and for a caller that knows the date only.
    dated = client.get("/impact/feed/", headers={"if-modified-since": before["Last-Modified"]})
    assert dated.status_code == 200


def test_a_lost_cache_costs_one_transfer_and_hides_nothing(
    client: Client, collection: SimpleNamespace
) -> None:
    before = client.get("/impact/feed/")
    dated = {"if-modified-since": before["Last-Modified"]}
    cache.clear()
    rename_tag(collection)
    assert client.get("/impact/feed/", headers=dated).status_code == 200
    cache.clear()
    tagged = {"if-none-match": client.get("/impact/feed/")["ETag"]}
    cache.clear()
    assert client.get("/impact/feed/", headers=tagged).status_code == 304


def test_a_cache_that_is_down_stops_no_feed(
    client: Client, collection: SimpleNamespace, settings: Settings
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.CACHES = {"default": cache_settings(f"redis://127.0.0.1:{port}/0")}
    first = client.get("/impact/feed/")
    assert first.status_code == 200
    again = client.get("/impact/feed/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
