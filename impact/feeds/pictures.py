"""Which copies of pictures feeds show of a page, so that they are made before anybody asks for them."""

from collections.abc import Iterable

from wagtail.models import Page

from impact.entries.models import EntryPage
from impact.feeds.assembly import LIMIT, items_of
from impact.feeds.options import IMAGES, FeedOptions
from impact.feeds.pieces import Piece, pieces_of
from impact.feeds.sources import extra_pieces


def show_in_feeds(page: Page) -> None:
    """Write a page as each feed would: mail tools like the address of a file better than a redirect to it."""
    pieces = list(_pieces_with(page))
    for images in IMAGES:
        items_of(pieces, None, FeedOptions(images=images))


def _pieces_with(page: Page) -> Iterable[Piece]:
    if isinstance(page, EntryPage):
        return pieces_of([page.pk])
    return (piece for piece in extra_pieces(LIMIT) if piece.page.pk == page.pk)
