"""The views behind the sub-routes `feed/`, `feed/atom/` and `feed/json/`."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe
from wagtail.models import Page

from impact.feeds.assembly import channel_of, wanted_by
from impact.feeds.atom import AtomFeed
from impact.feeds.base import ChannelFeed
from impact.feeds.channel import Channel
from impact.feeds.freshness import answer
from impact.feeds.json_feed import JsonFeed
from impact.feeds.options import FeedOptions
from impact.feeds.rss import RssFeed
from impact.feeds.sources import PageSource, add_page_source, source_of
from impact.pages.registries import View, registry

# The page types whose feeds carry entries, and the format at each path below them.
ENTRY_FEEDS = ("gallery.GalleryPage", "communities.CommunityPage")
FORMATS: dict[str, type[ChannelFeed]] = {
    "feed/": RssFeed,
    "feed/atom/": AtomFeed,
    "feed/json/": JsonFeed,
}


def feed_view(path: str) -> View:
    """Return the view that answers with the feed at a path below a page."""
    kind = FORMATS[path]

    @require_safe
    def view(request: HttpRequest, page: Page) -> HttpResponseBase:
        options = FeedOptions.from_query(request.GET)
        channel = channel_of(page, path, wanted_by(page, request), options, request)
        document = kind(channel).writeString("utf-8").encode()
        response = answer(request, channel.feed_url, document, kind.content_type)
        response["Link"] = links_of(channel)
        return response

    return view


def links_of(channel: Channel) -> str:
    """Return where a subscriber finds the hub, and the address under which the feed is known there."""
    own = f'<{iri_to_uri(channel.feed_url)}>; rel="self"'
    return f'<{channel.hub}>; rel="hub", {own}' if channel.hub else own


def add_feeds() -> None:
    """Put the feeds below the page types that carry entries."""
    for page_type in ENTRY_FEEDS:
        _add_paths(page_type)


def add_feed(page_type: str, source: PageSource, carried: str) -> None:
    """Give a page type of an upper package feeds that carry what `source(page, limit)` returns.

    Those are pages of the type `carried`: they stand below it, and tell readers of its feeds.
    """
    add_page_source(page_type, source, carried)
    _add_paths(page_type)


def has_feeds(page: Page) -> bool:
    """Return whether there are feeds below a page."""
    return page._meta.label in ENTRY_FEEDS or source_of(page) is not None


def _add_paths(page_type: str) -> None:
    for path in FORMATS:
        registry.add_subroute(page_type, path, feed_view(path))
