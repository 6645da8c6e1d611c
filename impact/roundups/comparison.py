"""The published years beside each other: what the headline figures were at the end of each.

A closed year says what its record holds, whatever has become of the readings since; the others say what
the readings say now.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from impact.metrics.charts import Point, Series, small_multiples
from impact.metrics.charts.chart import Chart
from impact.metrics.figures import Figure, newest_of_each_year, quantity_of
from impact.metrics.history import comparable
from impact.metrics.models import Reading
from impact.pages.quantities import Quantity
from impact.roundups.archive import ArchiveYear


@dataclass(frozen=True)
class _Value:
    """What a metric was at the end of a year, with the metric's words."""

    metric: int
    slug: str
    name: str
    description: str
    year: int
    quantity: Quantity


def comparison(archive: Sequence[ArchiveYear]) -> Chart | None:
    """Return a small chart for each headline figure of two years or more, up to the newest report.

    Headline figures are those of today, and those that a closed report has as such. None where there is
    nothing to compare. One query; what no report speaks of yet stays out.
    """
    if not archive:
        return None
    closed = {each.year: each.recorded for each in archive if each.recorded is not None}
    headlines = {figure.key for figures in closed.values() for figure in figures if figure.headline}
    now = list(_readings(max(each.year for each in archive), headlines))
    wanted = headlines | {value.metric for value in now}
    then = [value for value in _recorded(closed) if value.metric in wanted]
    # The readings have the names of today, in the editors' order; records know what has been deleted.
    named: dict[int, _Value] = {}
    for value in [*now, *then]:
        named.setdefault(value.metric, value)
    open_now = (value for value in now if value.year not in closed)
    series = comparable(_series(named, [*open_now, *then]))
    return small_multiples(series, title=_("The years compared")) if series else None


def _readings(until: int, headlines: Collection[int]) -> Iterator[_Value]:
    """Yield what the organisation's headline metrics are in each year. One query."""
    wanted = Q(metric__headline=True) | Q(metric__in=headlines)
    readings = Reading.objects.filter(wanted, community__isnull=True, date__year__lte=until)
    for (key, year), row in newest_of_each_year(readings).items():
        words = row.metric.slug, row.metric.name, row.metric.description
        yield _Value(key, *words, year, quantity_of(row))


def _recorded(closed: Mapping[int, Iterable[Figure]]) -> Iterator[_Value]:
    """Yield what each closed report holds of its own year, the newest first."""
    for year in sorted(closed, reverse=True):
        for each in closed[year]:
            yield _Value(each.key, each.metric, each.name, each.description, year, each.quantity)


def _series(named: Mapping[int, _Value], values: Iterable[_Value]) -> Iterator[Series]:
    """Yield a series for each metric; one more for each other unit that it had: no scale has two."""
    found: dict[tuple[int, str, str], list[_Value]] = {}
    for value in values:
        key = value.metric, value.quantity.unit, value.quantity.currency
        found.setdefault(key, []).append(value)
    order = list(named)
    for (metric, _unit, _currency), each in sorted(
        found.items(), key=lambda item: order.index(item[0][0])
    ):
        words = named[metric]
        points = [Point(value.year, value.quantity) for value in each]
        yield Series(words.name, points, slug=words.slug, description=words.description)
