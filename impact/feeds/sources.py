"""What upper packages have for feeds: pieces for the unfiltered feed of the gallery, and feeds of their own.

They register it in their `apps.py: ready()`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.models import Page

from impact.feeds.pieces import Piece

# The newest pieces, so many at most.
Source = Callable[[int], Iterable[Piece]]
# The newest pieces that the feed of a page carries.
PageSource = Callable[[Any, int], Iterable[Piece]]

_GALLERY = "gallery.GalleryPage"
_extra: list[Source] = []
_own: dict[str, PageSource] = {}
# By the label of a page type: those whose feeds carry it.
_carriers: defaultdict[str, set[str]] = defaultdict(set)


def add_source(source: Source, carried: str) -> None:
    """Let `source(limit)` add its newest pieces to the unfiltered feed of the gallery.

    Those are pages of the type `carried`.
    """
    if source not in _extra:
        _extra.append(source)
    _carriers[carried].add(_GALLERY)


def add_page_source(page_type: str, source: PageSource, carried: str) -> None:
    """Let `source(page, limit)` give what the feeds of a page type carry.

    Those are pages of the type `carried`, which stand below it.
    """
    _own[page_type] = source
    _carriers[carried].add(page_type)


def carriers() -> set[str]:
    """Return the page types whose feeds carry something of upper packages."""
    return set().union(*_carriers.values())


def carriers_of(page_type: str) -> set[str]:
    """Return the page types whose feeds carry pages of a type of an upper package."""
    return _carriers.get(page_type, set())


def extra_pieces(limit: int) -> list[Piece]:
    """Return what upper packages add to the unfiltered feed."""
    return [piece for source in _extra for piece in source(limit)]


def source_of(page: Page) -> PageSource | None:
    """Return what gives the pieces of a page's own feeds; None for pages that carry entries."""
    return _own.get(page._meta.label)


def own_pieces(page: Page, limit: int) -> list[Piece] | None:
    """Return what the feeds of a page carry, the newest first; None for pages that carry entries."""
    source = source_of(page)
    return None if source is None else newest_first(source(page, limit))[:limit]


def pieces_with(page: Page, limit: int) -> list[Piece]:
    """Return a page of an upper package as the feeds carry it; nothing of one that they don't."""
    found: list[Piece] = []
    for carrier in carriers_of(page._meta.label):
        if carrier == _GALLERY:
            found += extra_pieces(limit)
        else:
            found += own_pieces(page.get_parent().specific, limit) or []
    return [piece for piece in found if piece.page.pk == page.pk]


def newest_first(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces in the order of feeds."""
    return sorted(pieces, key=lambda piece: piece.order, reverse=True)


def offers_parents(page: Page) -> bool:
    """Return whether a page tells readers of the feeds of the page above it, which carry it."""
    return not _own.keys().isdisjoint(carriers_of(page._meta.label))
