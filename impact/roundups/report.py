"""What a year's report holds: the gallery's entries of that year by category, and its communities.

It is live: every number is the gallery's own, counted when the page is asked for. Editors only choose
what stands first and what is not shown; what is left out is still counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest

from impact.catalogue.addresses import GalleryAddress, gallery_address
from impact.catalogue.cards import cards
from impact.catalogue.facets import count_one
from impact.catalogue.selection import matching, select
from impact.entries.models import EntryPage
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
    counted = _counted(wanted)
    shown = _shown(wanted, choices or Choices(), request)
    return Report(
        year=year,
        total=sum(count for *_rest, count in counted),
        url=gallery.of(year=year),
        sections=tuple(_sections(year, counted, shown, gallery)),
        communities=tuple(_communities(year, wanted, gallery)),
    )


Row = tuple[int | None, str | None, str | None, str | None, str | None, int]


def _counted(wanted: GalleryFilter) -> list[Row]:
    """Count the entries of each category, in the order of categories; those without one last."""
    rows = (
        matching(wanted)
        .values("category_id")
        .annotate(number=Count("pk"))
        .order_by(F("category__sort_order").asc(nulls_last=True), "category__name")
        .values_list(
            "category_id",
            "category__slug",
            "category__name",
            "category__description",
            "category__colour",
            "number",
        )
    )
    return sorted(rows, key=lambda row: row[0] is None)


def _shown(
    wanted: GalleryFilter, choices: Choices, request: HttpRequest | None
) -> dict[int | None, list[Card]]:
    """Return the cards of each category: what editors pinned, then the newest."""
    entries = _pinned(wanted, choices)
    taken = {entry.pk for entry in entries} | choices.omitted
    entries += _newest(wanted, taken)
    chosen: dict[int | None, list[EntryPage]] = defaultdict(list)
    pinned = set(choices.pinned)
    for entry in entries:
        section = chosen[entry.category_id]
        if entry.pk in pinned or len(section) < CARDS_IN_SECTION:
            section.append(entry)
    flat = [entry for section in chosen.values() for entry in section]
    made = iter(cards(flat, request))
    return {category: [next(made) for _ in section] for category, section in chosen.items()}


def _pinned(wanted: GalleryFilter, choices: Choices) -> list[EntryPage]:
    """Return the pinned entries in the editors' order; one of another year or not public is passed over."""
    keys = [key for key in dict.fromkeys(choices.pinned) if key not in choices.omitted]
    found = {entry.pk: entry for entry in select(wanted).filter(pk__in=keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def _newest(wanted: GalleryFilter, without: Iterable[int]) -> list[EntryPage]:
    """Return the newest entries of each category, as many as a section shows."""
    ranked = (
        select(wanted)
        .exclude(pk__in=list(without))
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=[F("category_id")],
                order_by=[F("date").desc(), F("pk").desc()],
            )
        )
    )
    return list(ranked.filter(rank__lte=CARDS_IN_SECTION))


def _sections(
    year: int, counted: list[Row], shown: dict[int | None, list[Card]], gallery: GalleryAddress
) -> Iterable[Section]:
    for key, slug, name, description, colour, number in counted:
        yield Section(
            slug=slug or "",
            name=name or "",
            count=number,
            description=description or "",
            colour=colour or "",
            url=gallery.of(category=slug, year=year) if slug else "",
            cards=tuple(shown.get(key, ())),
        )


def _communities(
    year: int, wanted: GalleryFilter, gallery: GalleryAddress
) -> Iterable[YearCommunity]:
    for value in count_one("community", wanted).values:
        yield YearCommunity(
            value.slug, value.name, value.count, gallery.of(community=value.slug, year=year)
        )
