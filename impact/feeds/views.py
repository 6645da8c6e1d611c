"""The views behind the sub-routes `feed/`, `feed/atom/` and `feed/json/`."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.models import Page

from impact.feeds.assembly import channel_of, wanted_by
from impact.feeds.atom import AtomFeed
from impact.feeds.base import ChannelFeed
from impact.feeds.freshness import answer
from impact.feeds.json_feed import JsonFeed
from impact.feeds.rss import RssFeed
from impact.pages.registries import View, registry

# The page types that have feeds, and the format at each path below them.
PAGE_TYPES = ("gallery.GalleryPage", "communities.CommunityPage")
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
        channel = channel_of(page, path, wanted_by(page, request), request)
        document = kind(channel).writeString("utf-8").encode()
        return answer(request, channel.feed_url, document, kind.content_type)

    return view


def add_feeds() -> None:
    """Put the feeds below the page types that have some."""
    for page_type in PAGE_TYPES:
        for path in FORMATS:
            registry.add_subroute(page_type, path, feed_view(path))
