"""Key figures: what each metric was at the end of a year, and how that compares with the year before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Max, Window
from django.db.models.functions import ExtractYear, RowNumber
from django.utils.translation import gettext as _

from impact.metrics.models import Direction, Reading
from impact.pages.quantities import Quantity


@dataclass(frozen=True)
class Figure:
    """A metric in a year: the newest reading dated within it, and the one of the year before."""

    metric: str
    name: str
    year: int
    quantity: Quantity
    previous: Quantity | None = None
    description: str = ""
    direction: str = Direction.UP
    headline: bool = False
    on: date | None = None
    period_start: date | None = None
    source_url: str = ""
    note: str = ""
    # The metric's primary key, where it has one.
    key: int = 0

    @property
    def previous_year(self) -> int:
        """The year that `previous` is of."""
        return self.year - 1

    @property
    def comparable(self) -> bool:
        """Whether a difference can be told: both values are known, not only bounds of them."""
        return self.previous is not None and not (self.previous.bounded or self.quantity.bounded)

    @property
    def change(self) -> Quantity | None:
        """The difference to the year before; an estimate when either value is one."""
        if self.previous is None or not self.comparable:
            return None
        estimated = self.previous.estimated or self.quantity.estimated
        return Quantity(
            value=self.quantity.value - self.previous.value,
            precision="about" if estimated else "exact",
            unit=self.quantity.unit,
            currency=self.quantity.currency,
        )

    @property
    def percent(self) -> Quantity | None:
        """The difference in whole percent.

        None where a percentage would mislead: of a percentage, of nothing or of a negative value, and
        of a difference so small that it rounds to nothing.
        """
        change, previous = self.change, self.previous
        if change is None or previous is None or previous.value <= 0 or change.unit == "percent":
            return None
        percent = (change.value * 100 / previous.value).quantize(Decimal(1))
        if percent == 0 and change.value:
            return None
        return Quantity(percent, change.precision, "percent")

    @property
    def change_text(self) -> str:
        """The difference as it is written: “+12%”, “about −3”; empty where none can be told."""
        told = self.percent or self.change
        if told is None or not told.value:
            return ""
        sign = "+" if told.value > 0 else "−"
        size = replace(told, value=abs(told.value), precision="exact")
        signed = f"{sign}{size.text}"
        if self.percent is None and told.unit == "percent":
            # The difference between two percentages is no percentage of anything.
            points = replace(size, unit="count").text
            signed = _("%(number)s points") % {"number": f"{sign}{points}"}
        return _("about %(number)s") % {"number": signed} if told.estimated else signed

    @property
    def trend(self) -> str:
        """`up`, `down` or `same` as the year before; empty when that can't be told."""
        if self.change is None:
            return ""
        value = self.change.value
        return "up" if value > 0 else "down" if value < 0 else "same"

    @property
    def good(self) -> bool | None:
        """Whether the change is for the better; None when there is none or it means neither."""
        if self.trend in {"", "same"} or self.direction == Direction.NEITHER:
            return None
        return self.trend == self.direction


def figures_of_years(years: Iterable[int]) -> dict[int, list[Figure]]:
    """Return the whole organisation's figures of each year, headline metrics first. One query."""
    found: dict[int, list[Figure]] = {year: [] for year in years}
    wanted = {*found, *(year - 1 for year in found)}
    readings = Reading.objects.filter(community__isnull=True, date__year__in=wanted)
    rows = newest_of_each_year(readings)
    for (metric, year), row in rows.items():
        if year in found:
            found[year].append(_figure(row, rows.get((metric, year - 1))))
    return found


def figures_of_year(year: int) -> list[Figure]:
    """Return the whole organisation's figures of a year, headline metrics first. One query."""
    return figures_of_years([year])[year]


def figures_of_community(community_id: int) -> list[Figure]:
    """Return a community's figures, each of the newest year that has a reading. One query."""
    return latest_figures(newest_of_each_year(Reading.objects.filter(community_id=community_id)))


def latest_figures(rows: dict[tuple[int, int], Any]) -> list[Figure]:
    """Return a figure for each metric of `newest_of_each_year`, of its newest year."""
    newest: dict[int, int] = {}
    for metric, year in rows:
        newest[metric] = max(year, newest.get(metric, year))
    return [
        _figure(row, rows.get((metric, year - 1)))
        for (metric, year), row in rows.items()
        if newest[metric] == year
    ]


def latest_headlines(until: int) -> list[Figure]:
    """Return the headline figures of the newest year, not after `until`, that has any. Two queries."""
    headlines = Reading.objects.filter(
        community__isnull=True, metric__headline=True, date__year__lte=until
    )
    newest = headlines.aggregate(newest=Max("date"))["newest"]
    if newest is None:
        return []
    return [figure for figure in figures_of_year(newest.year) if figure.headline]


def newest_of_each_year(readings: Any) -> dict[tuple[int, int], Any]:
    """Return the newest reading by metric's key and year, headline metrics first. One query."""
    ranked = readings.annotate(
        year=ExtractYear("date"),
        age=Window(
            RowNumber(),
            partition_by=[F("metric_id"), ExtractYear("date")],
            order_by=[F("date").desc(), F("pk").desc()],
        ),
    ).filter(age=1)
    ordered = ranked.select_related("metric").order_by(
        "-metric__headline", "metric__sort_order", "metric__name", "metric_id"
    )
    return {(row.metric_id, row.year): row for row in ordered}


def _figure(reading: Any, before: Any) -> Figure:
    metric = reading.metric
    return Figure(
        metric=metric.slug,
        name=metric.name,
        year=reading.date.year,
        quantity=quantity_of(reading),
        previous=quantity_of(before) if before else None,
        description=metric.description,
        direction=metric.direction,
        headline=metric.headline,
        on=reading.date,
        period_start=reading.period_start,
        source_url=reading.source_url,
        note=reading.note,
        key=metric.pk,
    )


def quantity_of(reading: Any) -> Quantity:
    """Return what a reading says, in the unit of its metric."""
    metric = reading.metric
    return Quantity(reading.value, reading.precision, metric.unit, metric.currency)
