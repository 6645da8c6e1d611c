"""What a chart is made from: series of yearly values, and named bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from impact.pages.quantities import Quantity

# A date of the year 24 instead of 2024 must not make a table of two thousand empty rows.
MOST_YEARS = 60


@dataclass(frozen=True)
class Point:
    """A value in a year; None where there is no figure, which leaves a gap."""

    year: int
    quantity: Quantity | None = None


@dataclass(frozen=True)
class Series:
    """Values of one thing over the years, in any order; all of one unit."""

    name: str
    points: Sequence[Point] = ()
    slug: str = ""
    description: str = ""

    @property
    def known(self) -> list[Point]:
        """The points that have a value, oldest first."""
        points = (point for point in self.points if point.quantity is not None)
        return sorted(points, key=lambda point: point.year)

    @property
    def by_year(self) -> dict[int, Quantity]:
        """The value of each year that has one."""
        return {p.year: p.quantity for p in self.points if p.quantity is not None}

    @property
    def quantities(self) -> list[Quantity]:
        """The values, oldest first."""
        return [point.quantity for point in self.known if point.quantity is not None]


@dataclass(frozen=True)
class Bar:
    """A named value; None where there is no figure, which leaves the place empty."""

    label: str
    quantity: Quantity | None = None


@dataclass(frozen=True)
class Measure:
    """What the values of a scale are numbers of."""

    unit: str = "count"
    currency: str = ""

    def text(self, value: Decimal) -> str:
        """Write a value of a scale."""
        return Quantity(value, "exact", self.unit, self.currency).short


def measure_of(quantities: Iterable[Quantity]) -> Measure:
    """Return what values have in common.

    Raises ValueError for values of several units: one scale would compare what can't be compared.
    """
    found = {Measure(quantity.unit, quantity.currency) for quantity in quantities}
    if len(found) > 1:
        raise ValueError("values of several units on one scale")
    return found.pop() if found else Measure()


def years_of(series: Sequence[Series]) -> list[int]:
    """Return every year from the first to the last that any point names, also those without a value.

    Years too many to be meant are only those with a point.
    """
    named = sorted({point.year for each in series for point in each.points})
    if not named or named[-1] - named[0] >= MOST_YEARS:
        return named
    return list(range(named[0], named[-1] + 1))
