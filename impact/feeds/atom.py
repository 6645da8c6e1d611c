"""Atom 1.0 (RFC 4287), with Media RSS for lead images."""

from typing import Any

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed, rfc3339_date

from impact.feeds.base import ChannelFeed
from impact.feeds.channel import Item
from impact.feeds.rss import NAMESPACES, add_media


class AtomFeed(ChannelFeed, Atom1Feed):
    """One channel as Atom 1.0."""

    content_type = "application/atom+xml; charset=utf-8"
    label = "Atom"

    def root_attributes(self) -> dict[str, str]:
        """Name the module in use."""
        return {**super().root_attributes(), "xmlns:media": NAMESPACES["xmlns:media"]}

    def add_root_elements(self, handler: Any) -> None:
        """Say where the feed itself lives, with its type, and who tells of its changes."""
        super().add_root_elements(handler)
        link = {"rel": "self", "type": self.media_type(), "href": self.channel.feed_url}
        handler.addQuickElement("link", None, link)
        if self.channel.hub:
            handler.addQuickElement("link", None, {"rel": "hub", "href": self.channel.hub})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Each entry says its own language."""
        return {"xml:lang": item["content"].language}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry with all its authors, its summary as text and its content as HTML."""
        content: Item = item["content"]
        handler.addQuickElement("title", content.title)
        handler.addQuickElement("id", content.guid)
        handler.addQuickElement("link", None, {"rel": "alternate", "href": item["link"]})
        if content.outbound:
            related = {"rel": "related", "href": iri_to_uri(content.page_url)}
            handler.addQuickElement("link", None, related)
        handler.addQuickElement("published", rfc3339_date(content.published))
        handler.addQuickElement("updated", rfc3339_date(content.updated))
        for author in content.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", author)
            handler.endElement("author")
        for category in content.categories:
            handler.addQuickElement("category", None, {"term": category})
        handler.addQuickElement("summary", content.summary, {"type": "text"})
        if content.html is not None:
            handler.addQuickElement("content", content.html, {"type": "html"})
        if content.image:
            add_media(handler, content.image)
