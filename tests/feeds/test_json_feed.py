"""JSON Feed 1.1 against a schema of its specification."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.django_db
SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "schemas" / "json_feed.json").read_text())
)
FEEDS = (
    "/impact/feed/json/",
    "/communities/reef-watch/feed/json/",
    "/impact/feed/json/?tag=no-such-tag",
    "/impact/feed/json/?content=summary&images=email",
)


@pytest.mark.parametrize("address", FEEDS)
def test_it_follows_the_schema(client: Client, collection: SimpleNamespace, address: str) -> None:
    response = client.get(address)
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    errors = [error.message for error in SCHEMA.iter_errors(response.json())]
    assert errors == []
    assert response.json()["feed_url"] == f"http://testserver{address}"


@pytest.mark.parametrize(
    "change",
    [{"version": "1"}, {"title": ""}, {"items": [{"title": "no id"}]}, {"home_page_url": "/a/"}],
)
def test_the_schema_finds_what_is_wrong(
    client: Client, collection: SimpleNamespace, change: dict[str, Any]
) -> None:
    feed = client.get("/impact/feed/json/").json() | change
    assert list(SCHEMA.iter_errors(feed))


def test_every_field(client: Client, collection: SimpleNamespace) -> None:
    feed = client.get("/impact/feed/json/").json()
    assert feed["title"] == "Impact – Reef & <Watch>"
    assert feed["home_page_url"] == "http://testserver/impact/"
    assert feed["language"] == "en"
    assert feed["authors"][0]["name"] == "Reef & <Watch>"
    story, link, *_others = feed["items"]
    image, content = story.pop("image"), story.pop("content_html")
    assert image.startswith("http://testserver/")
    assert "weep" in content
    assert story == {
        "id": collection.story.guid,
        "url": f"http://testserver{collection.story.url}",
        "title": collection.story.title,
        "summary": collection.story.summary,
        "date_published": "2024-05-02T12:00:00+00:00",
        "date_modified": "2024-06-01T10:00:00+00:00",
        "authors": [{"name": "Zoë Ávila"}, {"name": "Ben Okri"}],
        "tags": ["Field work", "Open Source", "R&D"],
        "language": "pt-BR",
    }
    assert link["url"] == f"http://testserver{collection.link.url}"
    assert link["external_url"] == "https://example.org/news?a=1&b=2"
