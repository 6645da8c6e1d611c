"""What a year's report holds: the gallery's entries of that year by category, and its communities.

It is live: every number is the gallery's own, counted when the page is asked for. Editors only choose
what stands first and what is not shown; what is left out is still counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest

from impact.catalogue.addresses import GalleryAddress, gallery_address
from impact.catalogue.cards import cards
from impact.catalogue.facets import count_one
from impact.catalogue.index import Value
from impact.catalogue.selection import Selection, rows, select
from impact.filters.gallery import GalleryFilter
from impact.pages.cards import Card

# As many cards as read well; the gallery has the others.
CARDS_IN_SECTION = 6


@dataclass(frozen=True)
class Section:
    """A category in a year. Entries without one stand in a last section without slug and address."""

    slug: str
    name: str
    count: int
    description: str = ""
    colour: str = ""
    url: str = ""
    cards: tuple[Card, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every entry of the section is shown."""
        return len(self.cards) == self.count


@dataclass(frozen=True)
class YearCommunity:
    """A community of the year, and its number of entries in it."""

    slug: str
    name: str
    count: int
    url: str


@dataclass(frozen=True)
class Report:
    """A year as the gallery has it."""

    year: int | None
    total: int = 0
    url: str = ""
    sections: tuple[Section, ...] = ()
    communities: tuple[YearCommunity, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What editors chose for a year, as keys of entries."""

    pinned: Sequence[int] = ()
    omitted: frozenset[int] = field(default_factory=frozenset)


def report(
    year: int | None, choices: Choices | None = None, request: HttpRequest | None = None
) -> Report:
    """Return a year's report. The number of queries does not depend on how much happened.

    A draft without a year has an empty report; so has a year of which the gallery holds nothing.
    """
    if year is None:
        return Report(None)
    wanted = GalleryFilter(year=(str(year),))
    gallery = gallery_address(request)
    entries = select(wanted)
    shown = _shown(entries, choices or Choices(), request)
    return Report(
        year=year,
        total=entries.count(),
        url=gallery.of(year=year),
        sections=tuple(_sections(year, entries, shown, gallery)),
        communities=tuple(_communities(year, wanted, gallery)),
    )


def _shown(
    entries: Selection, choices: Choices, request: HttpRequest | None
) -> dict[Value, list[Card]]:
    """Return the cards of each category: what editors pinned, in their order, then the newest."""
    # A pin of another year, or of an entry that is not public, is passed over.
    pinned = [pk for pk in dict.fromkeys(choices.pinned) if pk not in choices.omitted]
    others = entries.without([*pinned, *choices.omitted])
    keys: dict[Value, list[int]] = {}
    for category in entries.counts("category"):
        first = entries.having("category", category).held(pinned)
        newest = others.having("category", category).pks(0, max(CARDS_IN_SECTION - len(first), 0))
        keys[category] = first + newest
    known = rows([pk for section in keys.values() for pk in section])
    made = zip(known, cards(known, request), strict=True)
    shown: dict[Value, list[Card]] = defaultdict(list)
    for row, card in made:
        shown[row.filing["category"][0]].append(card)
    return shown


def _sections(
    year: int, entries: Selection, shown: dict[Value, list[Card]], gallery: GalleryAddress
) -> Iterable[Section]:
    """Yield the categories of the year in their order, and last the entries without one."""
    counts = entries.counts("category")
    for category, term in entries.content.terms.named["category"].items():
        if category in counts:
            yield Section(
                slug=term.slug,
                name=term.name,
                count=counts[category],
                description=term.description,
                colour=term.colour,
                url=gallery.of(category=term.slug, year=year),
                cards=tuple(shown[category]),
            )
    if None in counts:
        yield Section(slug="", name="", count=counts[None], cards=tuple(shown[None]))


def _communities(
    year: int, wanted: GalleryFilter, gallery: GalleryAddress
) -> Iterable[YearCommunity]:
    for value in count_one("community", wanted).values:
        yield YearCommunity(
            value.slug, value.name, value.count, gallery.of(community=value.slug, year=year)
        )
