"""How many entries there are by facet: exact, disjunctive counts.

The count beside a value says how many entries there would be with this value and the current filters
of everything *else*; so a facet's counts ignore its own choice. Six statements, whatever there is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from impact.catalogue.selection import community_links, matching
from impact.catalogue.terms import KIND_NAMES, Term, chosen_terms
from impact.entries.kinds import kind_of
from impact.entries.models import EntryAuthor, EntryTag
from impact.entries.querysets import EntryQuerySet
from impact.filters.gallery import FACETS, GalleryFilter

LABELS: dict[str, Promise] = {
    "year": _("Year"),
    "category": _("Category"),
    "community": _("Community"),
    "tag": _("Tag"),
    "author": _("Author"),
    "kind": _("Kind"),
}
# How many values stand before "show all".
FIRST = 8


@dataclass(frozen=True)
class FacetValue:
    """A value that can be chosen, and how many entries there would be with it."""

    slug: str
    name: str
    count: int
    chosen: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Facet:
    """One way of dividing the entries."""

    key: str
    label: str
    values: tuple[FacetValue, ...]

    @property
    def first(self) -> tuple[FacetValue, ...]:
        """The values shown at once: the first ones, and what is chosen."""
        if len(self.values) <= FIRST + 1:
            return self.values
        return tuple(v for number, v in enumerate(self.values) if number < FIRST or v.chosen)

    @property
    def rest(self) -> tuple[FacetValue, ...]:
        """The values behind "show all"."""
        first = {value.slug for value in self.first}
        return tuple(value for value in self.values if value.slug not in first)

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """The values that are chosen."""
        return tuple(value for value in self.values if value.chosen)


# A row of a count: slug, name, number of entries, colour.
Row = tuple[str, str, int, str]


def count(wanted: GalleryFilter, chosen: Sequence[Term] | None = None) -> list[Facet]:
    """Return every facet with all values that have a count, and those chosen even if they have none.

    `chosen` saves reading the names of the chosen values again.
    """
    if chosen is None:
        chosen = chosen_terms(wanted)
    return [_facet(key, wanted, [term for term in chosen if term.key == key]) for key in FACETS]


def count_one(key: str, wanted: GalleryFilter) -> Facet:
    """Return one facet alone; one statement while none of its values is chosen."""
    return _facet(key, wanted, [term for term in chosen_terms(wanted) if term.key == key])


def _facet(key: str, wanted: GalleryFilter, chosen: Sequence[Term]) -> Facet:
    rows = _COUNTERS[key](matching(wanted, ignoring=key))
    counted = {row[0] for row in rows}
    rows += [(t.slug, t.name, 0, t.colour) for t in chosen if t.known and t.slug not in counted]
    values = (
        FacetValue(slug, name, number, wanted.has(key, slug), colour)
        for slug, name, number, colour in rows
    )
    return Facet(key, str(LABELS[key]), tuple(values))


def _years(entries: EntryQuerySet) -> list[Row]:
    rows = entries.values_list(ExtractYear("date")).annotate(number=Count("pk"))
    return [(str(year), str(year), number, "") for year, number in rows.order_by("-extractyear1")]


def _categories(entries: EntryQuerySet) -> list[Row]:
    rows = (
        entries.filter(category__isnull=False)
        .values_list("category__slug", "category__name")
        .annotate(number=Count("pk"))
        .order_by("category__sort_order", "category__name")
        .values_list("category__slug", "category__name", "number", "category__colour")
    )
    return list(rows)


def _communities(entries: EntryQuerySet) -> list[Row]:
    return _linked(entries, community_links(), "page_id", "community__slug", "community__title")


def _tags(entries: EntryQuerySet) -> list[Row]:
    return _linked(entries, EntryTag.objects.all(), "content_object_id", "tag__slug", "tag__name")


def _authors(entries: EntryQuerySet) -> list[Row]:
    return _linked(entries, EntryAuthor.objects.all(), "page_id", "author__slug", "author__name")


def _kinds(entries: EntryQuerySet) -> list[Row]:
    rows = entries.values_list("content_type_id").annotate(number=Count("pk"))
    numbers = {kind_of(content_type_id): number for content_type_id, number in rows}
    return [
        (kind, str(name), numbers[kind], "") for kind, name in KIND_NAMES.items() if kind in numbers
    ]


def _linked(entries: EntryQuerySet, links: QuerySet, page: str, slug: str, name: str) -> list[Row]:
    """Count entries by what rows of a relation link them to, the largest number first."""
    rows = (
        links.filter(**{f"{page}__in": entries.values("pk")})
        .order_by()
        .values_list(slug, name)
        .annotate(number=Count(page, distinct=True))
    )
    ordered = sorted(rows, key=lambda row: (-row[2], row[1].casefold(), row[0]))
    return [(slug, name, number, "") for slug, name, number in ordered]


_COUNTERS: dict[str, Callable[[EntryQuerySet], list[Row]]] = {
    "year": _years,
    "category": _categories,
    "community": _communities,
    "tag": _tags,
    "author": _authors,
    "kind": _kinds,
}
