"""RSS 2.0 with the modules that readers and mail tools look for: content, dc, media, atom."""

from html import escape
from typing import Any

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Rss201rev2Feed

from impact.feeds.base import ChannelFeed
from impact.feeds.channel import Item
from impact.pages.head import Picture

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


class RssFeed(ChannelFeed, Rss201rev2Feed):
    """One channel as RSS 2.0."""

    content_type = "application/rss+xml; charset=utf-8"
    label = "RSS"

    def rss_attributes(self) -> dict[str, str]:
        """Name the modules in use."""
        return {"version": "2.0", **NAMESPACES}

    def add_root_elements(self, handler: Any) -> None:
        """Say where the feed itself lives, with its type, and who tells of its changes."""
        super().add_root_elements(handler)
        link = {"rel": "self", "type": self.media_type(), "href": self.channel.feed_url}
        handler.addQuickElement("atom:link", None, link)
        if self.channel.hub:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.channel.hub})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add authors, full content and the lead image."""
        content: Item = item["content"]
        # A description is HTML by the specification, so that plain text is written escaped.
        super().add_item_elements(
            handler, {**item, "description": escape(content.summary, quote=False)}
        )
        for author in content.authors:
            handler.addQuickElement("dc:creator", author)
        handler.addQuickElement("dc:language", content.language)
        if content.html is not None:
            handler.addQuickElement("content:encoded", content.html)
        if content.image:
            add_media(handler, content.image)


def add_media(handler: Any, image: Picture) -> None:
    """Write a picture as Media RSS."""
    handler.startElement(
        "media:content",
        {
            "url": iri_to_uri(image.url),
            "medium": "image",
            "type": "image/jpeg",
            "width": str(image.width),
            "height": str(image.height),
        },
    )
    if image.alt:
        handler.addQuickElement("media:description", image.alt, {"type": "plain"})
    if image.credit:
        handler.addQuickElement("media:credit", image.credit)
    handler.endElement("media:content")
