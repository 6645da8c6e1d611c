"""Atom 1.0 against the schema of RFC 4287, and read by an independent reader."""

from pathlib import Path
from types import SimpleNamespace

import feedparser
import pytest
from django.test import Client
from lxml import etree

from tests.feeds.conftest import NS, document

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))
FEEDS = (
    "/impact/feed/atom/",
    "/communities/reef-watch/feed/atom/",
    "/impact/feed/atom/?tag=no-such-tag",
    "/impact/feed/atom/?content=summary&images=email",
)


@pytest.mark.parametrize("address", FEEDS)
def test_it_follows_the_schema(client: Client, collection: SimpleNamespace, address: str) -> None:
    tree = document(client, address)
    assert SCHEMA.validate(tree), SCHEMA.error_log


@pytest.mark.parametrize("address", FEEDS)
def test_it_follows_the_rules_that_no_schema_says(
    client: Client, collection: SimpleNamespace, address: str
) -> None:
    """The Schematron rules of RFC 4287, and those of its text."""
    tree = document(client, address)
    assert tree.findall("atom:author", NS)
    for entry in tree.findall("atom:entry", NS):
        assert entry.findall("atom:link[@rel='alternate']", NS)
        assert len(entry.findall("atom:link[@rel='alternate']", NS)) == 1
    ids = tree.xpath("//atom:id/text()", namespaces=NS)
    assert len(set(ids)) == len(ids)
    assert all(":" in one for one in ids)
    [own] = tree.findall("atom:link[@rel='self']", NS)
    assert own.get("href") == f"http://testserver{address}"


@pytest.mark.parametrize(
    ("whole", "broken"),
    [
        ("<id>", "<uri>"),
        ("<updated>2", "<updated>on 2"),
        ('rel="self"', ""),
        ("<title>", "<title>twice</title><title>"),
        ('type="html"', 'type="page"'),
    ],
)
def test_the_schema_finds_what_is_wrong(
    client: Client, collection: SimpleNamespace, whole: str, broken: str
) -> None:
    text = client.get("/impact/feed/atom/").content.decode()
    assert whole in text
    spoilt = text.replace(whole, broken).replace("</id>", "</uri>" if whole == "<id>" else "</id>")
    if whole == 'rel="self"':
        spoilt = text.replace("href=", "hrefs=")
    assert not SCHEMA.validate(etree.fromstring(spoilt.encode()))


def test_feedparser_reads_every_field(client: Client, collection: SimpleNamespace) -> None:
    response = client.get("/impact/feed/atom/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert feed.bozo == 0
    assert feed.version == "atom10"
    assert feed.feed.title == "Impact – Reef & <Watch>"
    assert feed.feed.subtitle == "We watch “reefs”."
    assert feed.feed.author == "Reef & <Watch>"
    assert feed.feed.id.startswith("urn:uuid:")
    story, link, *_others = feed.entries
    assert story.id == collection.story.guid
    assert story.title == collection.story.title
    assert story.title_detail.language == "pt-BR"
    assert story.link == f"http://testserver{collection.story.url}"
    assert story.published == "2024-05-02T12:00:00+00:00"
    assert story.updated == "2024-06-01T10:00:00+00:00"
    assert [author.name for author in story.authors] == ["Zoë Ávila", "Ben Okri"]
    assert [tag.term for tag in story.tags] == ["Field work", "Open Source", "R&D"]
    assert story.summary == collection.story.summary
    assert story.content[0].type == "text/html"
    assert "weep" in story.content[0].value
    assert story.media_content[0]["width"] == "1200"
    assert link.link == "https://example.org/news?a=1&b=2"
    assert link.author == "Example News"


def test_the_id_of_a_selection_is_its_own_and_stays(
    client: Client, collection: SimpleNamespace
) -> None:
    def feed_id(query: str = "") -> str:
        return str(document(client, f"/impact/feed/atom/{query}").findtext("atom:id", None, NS))

    assert feed_id() != feed_id("?year=2024")
    before = feed_id("?year=2024&category=teaching")
    collection.plain.delete()
    assert feed_id("?category=teaching&year=2024&page=3&sort=oldest") == before
