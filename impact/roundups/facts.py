"""What a year held, as plain data: what an open roundup counts anew and a closed one keeps.

Entries, categories, communities and tags are known by their primary keys, so that links follow them;
their words are those of the day on which the facts were gathered.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from impact.metrics.figures import Figure
from impact.pages.quantities import Quantity

CATEGORY, TAG, OTHERS = "category", "tag", "others"
# What is counted of a year, in the order in which a report says it.
STORIES, COMMUNITIES, NEWCOMERS, AUTHORS = "stories", "communities", "newcomers", "authors"


@dataclass(frozen=True)
class Named:
    """A category, community or tag as the report names it."""

    key: int
    slug: str
    name: str
    colour: str = ""


@dataclass(frozen=True)
class Entry:
    """An entry that the report shows."""

    key: int
    kind: str
    slug: str
    title: str
    summary: str
    date: date
    category: Named | None = None
    communities: tuple[Named, ...] = ()
    image: int | None = None
    publisher: str = ""
    language: str = ""


@dataclass(frozen=True)
class Section:
    """Entries of the year under one heading: how many there are, and which of them are shown, in order.

    `kind` is category, tag or others; `about` says which one, and is empty for all others.
    """

    block: str
    kind: str
    count: int
    shown: tuple[int, ...] = ()
    about: Named | None = None
    description: str = ""


@dataclass(frozen=True)
class Community:
    """A community, what it is and where it works, and how many entries of the year are about it."""

    named: Named
    count: int
    kind: str = ""
    region: str = ""


@dataclass(frozen=True)
class Month:
    """A month: how many entries it has, and the best of them."""

    number: int
    count: int
    shown: tuple[int, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What some stories report together; `apart` says that others of its name can't be added to it."""

    name: str
    quantity: Quantity
    stories: tuple[int, ...] = ()
    metric: str = ""
    apart: bool = False


@dataclass(frozen=True)
class Count:
    """How many there were of something, and how many in the year before; None where there is no telling."""

    what: str
    number: int
    before: int | None = None


@dataclass(frozen=True)
class YearValue:
    """What a metric was at the end of a year."""

    year: int
    quantity: Quantity


@dataclass(frozen=True)
class History:
    """A metric over the years up to the report's, the oldest first."""

    metric: Named
    values: tuple[YearValue, ...]
    headline: bool = False
    description: str = ""


@dataclass(frozen=True)
class Year:
    """Everything that a report says of its year by itself.

    `keys` are all entries of the year; `entries` those that stand somewhere in the report.
    """

    year: int
    keys: tuple[int, ...] = ()
    entries: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    communities: tuple[Community, ...] = ()
    newcomers: tuple[Named, ...] = ()
    supporters: tuple[Named, ...] = ()
    months: tuple[Month, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    highlights: tuple[int, ...] = ()
    histories: tuple[History, ...] = ()
    counts: tuple[Count, ...] = ()
    authors: tuple[Named, ...] = ()

    @property
    def total(self) -> int:
        """How many entries the year has."""
        return len(self.keys)

    def drawn(self, metric: int | None) -> tuple[History, ...]:
        """Return the histories in a chart of a metric, or of all headline metrics.

        One value alone is a figure, no history.
        """
        histories = (each for each in self.histories if len(each.values) > 1)
        if metric is None:
            return tuple(each for each in histories if each.headline)
        return tuple(each for each in histories if each.metric.key == metric)

    @cached_property
    def entry(self) -> dict[int, Entry]:
        """The entries that are shown, by their keys."""
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def section(self) -> dict[str, Section]:
        """The sections by the blocks that they belong to."""
        return {section.block: section for section in self.sections}
