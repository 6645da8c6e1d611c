"""How much a year held: stories, communities and authors, counted beside the year before, as figures."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import ngettext

from impact.catalogue.selection import Selection
from impact.metrics.figures import Figure
from impact.pages.quantities import Quantity
from impact.roundups.facts import AUTHORS, COMMUNITIES, NEWCOMERS, STORIES, Count, Year


class Counted(Figure):
    """A figure whose change is told as a number: percentages of a few stories mislead."""

    @property
    def percent(self) -> None:
        """None is told."""
        return None


def counts_of(entries: Selection, earlier: Selection, newcomers: int) -> Iterator[Count]:
    """Yield how much there is in the entries of a year, beside those of the year before if it had any."""
    told_before = bool(earlier.count())

    def counted(what: str, number: int, before: int) -> Count:
        return Count(what, number, before if told_before else None)

    yield counted(STORIES, entries.count(), earlier.count())
    yield counted(COMMUNITIES, _named(entries, "community"), _named(earlier, "community"))
    yield Count(NEWCOMERS, newcomers)
    yield counted(AUTHORS, _named(entries, "author"), _named(earlier, "author"))


def figures_of_counts(year: Year) -> Iterator[Counted]:
    """Yield what there was any of, as figures without a metric."""
    for count in year.counts:
        if count.number and count.what in _NAMES:
            before = None if count.before is None else Quantity(Decimal(count.before))
            yield Counted("", name_of(count), year.year, Quantity(Decimal(count.number)), before)


def name_of(count: Count) -> str:
    """Return what is counted, in words that go with the number."""
    return _NAMES[count.what](count.number) if count.what in _NAMES else count.what


def _named(entries: Selection, facet: str) -> int:
    """Return how many values of a facet entries have that visitors know of."""
    terms = entries.content.terms
    return sum(terms.get(facet, key) is not None for key in entries.counts(facet))


_NAMES: Mapping[str, Callable[[int], str]] = {
    STORIES: lambda number: ngettext("Story", "Stories", number),
    COMMUNITIES: lambda number: ngettext(
        "Community with stories", "Communities with stories", number
    ),
    NEWCOMERS: lambda number: ngettext("New community", "New communities", number),
    AUTHORS: lambda number: ngettext("Author", "Authors", number),
}
