"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import IO, Any

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import rfc3339_date

from impact.feeds.base import ChannelFeed
from impact.feeds.channel import Item

VERSION = "https://jsonfeed.org/version/1.1"


class JsonFeed(ChannelFeed):
    """One channel as JSON Feed 1.1."""

    content_type = "application/feed+json; charset=utf-8"
    label = "JSON Feed"

    def write(self, outfile: IO[str], encoding: str) -> None:
        """Write the document; what has no value is left out."""
        channel = self.channel
        document = {
            "version": VERSION,
            "title": channel.title,
            "home_page_url": iri_to_uri(channel.home_url),
            "feed_url": channel.feed_url,
            "description": channel.description,
            "language": channel.language,
            "authors": [{"name": channel.publisher, "url": iri_to_uri(channel.home_url)}],
            **({"hubs": [{"type": "WebSub", "url": channel.hub}]} if channel.hub else {}),
            "items": [_item(item) for item in channel.items],
        }
        json.dump(document, outfile, ensure_ascii=False)


def _item(item: Item) -> dict[str, Any]:
    facts = {
        "id": item.guid,
        "url": iri_to_uri(item.page_url),
        "external_url": iri_to_uri(item.url) if item.outbound else "",
        "title": item.title,
        "summary": item.summary,
        "image": iri_to_uri(item.image.url) if item.image else "",
        "date_published": rfc3339_date(item.published),
        "date_modified": rfc3339_date(item.updated),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(item.categories),
        "language": item.language,
    }
    # A reader needs one of them even where there is nothing in it.
    content = {"content_text": item.summary} if item.html is None else {"content_html": item.html}
    return {key: value for key, value in facts.items() if value} | content
