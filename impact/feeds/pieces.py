"""What goes into a feed before it is rendered, and where it comes from.

Entries come from the catalogue. An upper package that has something of its own for the unfiltered feed
(a yearly report) registers a source in its `apps.py: ready()`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Page

from impact.catalogue.selection import select
from impact.entries.models import EntryAuthor, EntryPage, EntryTag
from impact.filters.gallery import GalleryFilter
from impact.media import renditions
from impact.media.models import ImpactImage
from impact.taxonomy.models import Category


@dataclass(frozen=True)
class Piece:
    """A page as a feed carries it. `bodies` are stream values in the order in which they are read.

    `day` is the one on which it first appeared, whatever its date says later.
    """

    page: Page
    guid: str
    day: date
    summary: str
    language: str
    bodies: tuple[Any, ...] = ()
    image: ImpactImage | None = None
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    external_url: str = ""
    publisher: str = ""

    @property
    def order(self) -> tuple[date, int]:
        """Last announced last; the key decides between pieces of one day."""
        return self.day, self.page.pk


Source = Callable[[int], Iterable[Piece]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """Let `source(limit)` add its newest pieces to the unfiltered feed of the gallery."""
    if source not in _sources:
        _sources.append(source)


def extra_pieces(limit: int) -> list[Piece]:
    """Return what upper packages add to the unfiltered feed."""
    return [piece for source in _sources for piece in source(limit)]


def entry_pieces(wanted: GalleryFilter, limit: int) -> list[Piece]:
    """Return the last announced entries that a filter selects, in a fixed number of queries."""
    newest = select(wanted).as_announced().pks(0, limit)
    known = {
        page.pk: page for page in EntryPage.objects.published().filter(pk__in=newest).specific()
    }
    pages: list[EntryPage] = [known[pk] for pk in newest if pk in known]
    images = renditions.images((page.lead_image_id for page in pages), "share")
    categories = Category.objects.in_bulk({page.category_id for page in pages})
    tags = _names(EntryTag.objects.order_by("tag__name"), "content_object", pages, "tag__name")
    authors = _names(EntryAuthor.objects.order_by("sort_order"), "page", pages, "author__name")
    return [
        Piece(
            page=page,
            guid=page.guid,
            day=page.announced_on or page.date,
            summary=page.summary,
            language=page.language,
            bodies=(page.body,) if hasattr(page, "body") else (),
            image=images.get(page.lead_image_id),
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
