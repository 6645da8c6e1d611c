"""RSS 2.0 against a listed table of rules, and read by an independent reader."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import feedparser
import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from lxml import etree, html
from pytest_django import DjangoDbBlocker

from tests.feeds.conftest import NS, document, make_collection
from tests.feeds.rss_rules import RULES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
FEEDS = (
    "/impact/feed/",
    "/communities/reef-watch/feed/",
    "/impact/feed/?tag=no-such-tag",
    "/impact/feed/?images=email",
)


@pytest.fixture(scope="module")
def served(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, etree._Element]:
    """Each feed as it is served, fetched once for the whole table."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_collection()
        found = {address: document(Client(), address) for address in FEEDS}
        transaction.set_rollback(True)
    cache.clear()
    return found


@pytest.mark.parametrize("name", RULES)
def test_rule(served: dict[str, etree._Element], name: str) -> None:
    source, check = RULES[name]
    for address, tree in served.items():
        violations = list(check(tree))
        assert not violations, f"{address}: {name} ({source}): {violations}"


BROKEN = Path(__file__).parent / "schemas" / "broken.rss"


def test_the_table_finds_what_is_wrong() -> None:
    """A rule that never fails would prove nothing: a broken feed breaks most of them."""
    tree = etree.fromstring(BROKEN.read_bytes())
    silent = []
    for name, (_source, check) in RULES.items():
        try:
            if not list(check(tree)):
                silent.append(name)
        except (ValueError, TypeError):
            continue
    assert sorted(silent) == [
        "an item has a title or a description",
        "the channel says when it last changed",
        "the root is rss 2.0",
        "there are at most 50 items",
        "there is at most one lead image an item",
        "there is one channel",
    ]


def test_feedparser_reads_every_field(client: Client, collection: SimpleNamespace) -> None:
    response = client.get("/impact/feed/")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert feed.bozo == 0
    assert feed.version == "rss20"
    assert feed.feed.title == "Impact – Reef & <Watch>"
    assert feed.feed.link == "http://testserver/impact/"
    assert feed.feed.subtitle == "We watch “reefs”."
    assert feed.feed.language == "en"
    assert feed.feed.updated_parsed[:6] == (2024, 6, 1, 10, 0, 0)
    assert [entry.id for entry in feed.entries] == [
        collection.story.guid,
        collection.link.guid,
        collection.plain.guid,
        collection.roundup.guid,
    ]
    story = feed.entries[0]
    assert story.title == collection.story.title
    assert story.link == f"http://testserver{collection.story.url}"
    assert story.guidislink is False
    assert story.published_parsed[:6] == (2024, 5, 2, 12, 0, 0)
    assert [author.name for author in story.authors if author] == ["Zoë Ávila", "Ben Okri"]
    assert [tag.term for tag in story.tags] == ["Field work", "Open Source", "R&D"]
    assert html.fromstring(story.summary).text_content() == collection.story.summary
    assert "weep" in story.content[0].value
    [media] = story.media_content
    assert (media["width"], media["height"], media["type"]) == ("1200", "800", "image/jpeg")
    assert story.media_credit[0]["content"] == "Ana O’Neill"


def test_a_featured_link_leads_to_its_publisher(
    client: Client, collection: SimpleNamespace
) -> None:
    item = document(client, "/impact/feed/?kind=link").find("channel/item")
    assert item.findtext("link") == "https://example.org/news?a=1&b=2"
    assert item.findtext("guid") == collection.link.guid
    assert item.findtext("dc:creator", namespaces=NS) == "Example News"
    assert "Read it at Example News" in " ".join(
        item.findtext("content:encoded", namespaces=NS).split()
    )


def test_dates_are_noon_in_the_time_zone_of_the_site(
    client: Client, collection: SimpleNamespace, settings: object
) -> None:
    settings.TIME_ZONE = "America/Bogota"  # type: ignore[attr-defined]
    date = document(client, "/impact/feed/").findtext("channel/item/pubDate")
    assert date == "Thu, 02 May 2024 12:00:00 -0500"


def test_a_guid_outlives_slug_and_address(
    client: Client, collection: SimpleNamespace, settings: object
) -> None:
    def guids() -> list[str]:
        return document(client, "/impact/feed/").xpath("//guid/text()")

    before = guids()
    collection.story.slug = "another-slug"
    collection.story.last_published_at = datetime(2025, 1, 1, tzinfo=UTC)
    collection.story.save()
    settings.SITE_URL = "https://elsewhere.example.org"  # type: ignore[attr-defined]
    settings.SITE_URL_IS_SET = True  # type: ignore[attr-defined]
    assert guids() == before
    links = document(client, "/impact/feed/").xpath("//item/link/text()")
    assert links[0] == "https://elsewhere.example.org/impact/another-slug/"
