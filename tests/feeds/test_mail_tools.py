"""What mail tools read of an item, each as its own documentation says it does."""

from types import SimpleNamespace
from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import etree, html

from impact.pages.tasks import prepare_page
from tests.feeds.conftest import NS, document

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TEASERS, WHOLE = "?content=summary&images=email", "?images=email"


def mailchimp(item: etree._Element) -> dict[str, Any]:
    """Merge tags by what they are taken from (its help, “RSS merge tags” and “Add images to RSS”)."""
    media = item.find("media:content", NS)
    dates = ("pubDate", "pubdate", "published", "created", "updated", "date")
    return {
        "TITLE": item.findtext("title"),
        "URL": item.findtext("link"),
        "DATE": next(text for name in dates if (text := item.findtext(name))),
        "AUTHOR": item.findtext("dc:creator", namespaces=NS),
        "CATEGORIES": [category.text for category in item.findall("category")],
        "CONTENT": item.findtext("description"),
        "CONTENT_FULL": item.findtext("content:encoded", namespaces=NS)
        or item.findtext("description"),
        "IMAGE": None if media is None else media.get("url"),
    }


def buttondown(entry: Any) -> dict[str, Any]:
    """Template variables by what they are taken from (its page “RSS-to-email”)."""
    return {
        "title": entry.get("title") or entry.get("description"),
        "content": entry.content[0].value if "content" in entry else entry.summary_detail.value,
        "url": entry.link,
        "publish_date": entry.get("published") or entry.get("updated"),
        "description": entry.get("subtitle") or entry.get("summary"),
        # What it has sent before it knows by this or by the address.
        "guid": entry.id,
    }


def words(fragment: str) -> str:
    return " ".join(html.fragment_fromstring(fragment, create_parent=True).text_content().split())


@pytest.mark.parametrize("query", [TEASERS, WHOLE])
def test_mailchimp(client: Client, collection: SimpleNamespace, query: str) -> None:
    prepare_page.call(collection.story.pk)
    read = mailchimp(document(client, f"/impact/feed/{query}").find("channel/item"))
    assert read["TITLE"] == collection.story.title
    assert read["URL"] == f"http://testserver{collection.story.url}"
    assert read["DATE"] == "Thu, 02 May 2024 12:00:00 +0000"
    assert read["AUTHOR"] == "Zoë Ávila"
    assert read["CATEGORIES"] == ["Field work", "Open Source", "R&D"]
    assert words(read["CONTENT"]) == collection.story.summary
    assert ("weep" in read["CONTENT_FULL"]) == (query == WHOLE)
    assert read["IMAGE"].endswith("width-600.format-jpeg.jpg")


@pytest.mark.parametrize("path", ["feed/", "feed/atom/"])
@pytest.mark.parametrize("query", [TEASERS, WHOLE])
def test_buttondown(client: Client, collection: SimpleNamespace, query: str, path: str) -> None:
    read = buttondown(feedparser.parse(client.get(f"/impact/{path}{query}").content).entries[0])
    assert read["title"] == collection.story.title
    assert read["url"] == f"http://testserver{collection.story.url}"
    assert words(read["description"]) == collection.story.summary
    assert ("weep" in read["content"]) == (query == WHOLE)
    assert read["guid"] == collection.story.guid
    assert "2024" in read["publish_date"]


def test_every_item_has_what_tools_leave_items_out_for(
    client: Client, collection: SimpleNamespace
) -> None:
    """An item without a date, a title or a link is passed over by one tool or another."""
    items = document(client, f"/impact/feed/{TEASERS}").findall("channel/item")
    assert len(items) == 4
    for item in items:
        read = mailchimp(item)
        for name in ("TITLE", "URL", "DATE", "CONTENT"):
            assert read[name], (read["TITLE"], name)
