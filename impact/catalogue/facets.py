"""How many entries there are by facet: exact, disjunctive counts.

The count beside a value says how many entries there would be with this value and the current filters
of everything *else*; so a facet's counts ignore its own choice. No statement, whatever there is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from impact.catalogue.selection import chosen_values, within
from impact.catalogue.snapshot import Snapshot, snapshot
from impact.catalogue.terms import KIND_NAMES, Term
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


# Not frozen: a page makes hundreds of them, and that would take three times as long.
@dataclass(slots=True)
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


def count(wanted: GalleryFilter, chosen: Sequence[Term] | None = None) -> list[Facet]:
    """Return every facet with all values that have a count, and those chosen even if they have none.

    `chosen` saves looking up the names of the chosen values again.
    """
    content = snapshot()
    if chosen is None:
        chosen = content.terms.chosen(wanted)
    return [_facet(key, content, wanted, chosen) for key in FACETS]


def count_one(key: str, wanted: GalleryFilter) -> Facet:
    """Return one facet alone."""
    content = snapshot()
    return _facet(key, content, wanted, content.terms.chosen(wanted))


def _facet(key: str, content: Snapshot, wanted: GalleryFilter, chosen: Sequence[Term]) -> Facet:
    counts = content.index.count(key, chosen_values(content, wanted), within(content, wanted))
    named = ((content.terms.get(key, value), number) for value, number in counts.items())
    found = [(term, number) for term, number in named if term is not None]
    found.sort(key=_ORDERS.get(key, _most_first))
    counted = {term.slug for term, _number in found}
    found += [(t, 0) for t in chosen if t.key == key and t.known and t.slug not in counted]
    values = (
        FacetValue(term.slug, term.name, number, wanted.has(key, term.slug), term.colour)
        for term, number in found
    )
    return Facet(key, str(LABELS[key]), tuple(values))


def _most_first(counted: tuple[Term, int]) -> Any:
    term, number = counted
    return -number, term.name.casefold(), term.slug


# The order of a facet's values, where it is not the one with most entries first.
_ORDERS: dict[str, Callable[[tuple[Term, int]], Any]] = {
    "year": lambda counted: -int(counted[0].slug),
    "category": lambda counted: counted[0].place,
    "kind": lambda counted: list(KIND_NAMES).index(counted[0].slug),
}
