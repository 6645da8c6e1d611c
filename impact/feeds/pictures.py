"""Which copies of pictures feeds show of a page, so that they are made before anybody asks for them."""

from wagtail.models import Page

from impact.entries.models import EntryPage
from impact.feeds.assembly import LIMIT, items_of
from impact.feeds.options import IMAGES, FeedOptions
from impact.feeds.pieces import pieces_of
from impact.feeds.sources import pieces_with


def show_in_feeds(page: Page) -> None:
    """Write a page as each feed would: mail tools like the address of a file better than a redirect to it."""
    pieces = pieces_of([page.pk]) if isinstance(page, EntryPage) else pieces_with(page, LIMIT)
    for images in IMAGES:
        items_of(pieces, None, FeedOptions(images=images))
