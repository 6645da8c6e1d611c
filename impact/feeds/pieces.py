"""What goes into a feed before it is rendered: pages, and of entries all that belongs to them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page

from impact.catalogue.selection import select
from impact.entries.models import EntryAuthor, EntryPage, EntryTag
from impact.feeds.moments import published
from impact.feeds.options import FeedOptions
from impact.filters.gallery import GalleryFilter
from impact.taxonomy.models import Category


@dataclass(frozen=True)
class Piece:
    """A page as a feed carries it. `bodies` are stream values in the order in which they are read.

    `published` is when it first appeared, whatever its date says later; `image` is the key of a picture.
    `write(options)` returns HTML that stands in no stream, with its own pictures.
    """

    page: Page
    guid: str
    published: datetime
    summary: str
    language: str
    bodies: tuple[Any, ...] = ()
    image: int | None = None
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    external_url: str = ""
    publisher: str = ""
    write: Callable[[FeedOptions], str] | None = None

    @property
    def order(self) -> tuple[datetime, int]:
        """Last published last; the key decides between pieces of one moment."""
        return self.published, self.page.pk


def entry_pieces(wanted: GalleryFilter, limit: int) -> list[Piece]:
    """Return the last announced entries that a filter selects, in a fixed number of queries."""
    return pieces_of(select(wanted).as_announced().pks(0, limit))


def pieces_of(keys: Sequence[int]) -> list[Piece]:
    """Return public entries by their keys, in the order of the keys."""
    known = {page.pk: page for page in EntryPage.objects.published().filter(pk__in=keys).specific()}
    pages: list[EntryPage] = [known[pk] for pk in keys if pk in known]
    categories = Category.objects.in_bulk({page.category_id for page in pages})
    tags = _names(EntryTag.objects.order_by("tag__name"), "content_object", pages, "tag__name")
    authors = _names(EntryAuthor.objects.order_by("sort_order"), "page", pages, "author__name")
    return [
        Piece(
            page=page,
            guid=page.guid,
            published=published(page.announced_on or page.date, page.first_published_at),
            summary=page.summary,
            language=page.language,
            bodies=(page.body,) if hasattr(page, "body") else (),
            image=page.lead_image_id,
            category=categories[page.category_id].name if page.category_id else "",
            tags=tags[page.pk],
            authors=authors[page.pk],
            external_url=getattr(page, "external_url", ""),
            publisher=getattr(page, "publisher", ""),
        )
        for page in pages
    ]


def _names(
    rows: Any, relation: str, pages: list[EntryPage], name: str
) -> defaultdict[int, tuple[str, ...]]:
    """Return the names related to each page, in the order of the rows."""
    names: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    related = rows.filter(**{f"{relation}__in": [page.pk for page in pages]})
    for key, text in related.values_list(f"{relation}_id", name):
        names[key] += (text,)
    return names
