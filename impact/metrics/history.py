"""What metrics were over the years, as series for charts."""

from collections.abc import Collection, Iterable
from typing import Any

from impact.metrics.charts import Point, Series
from impact.metrics.figures import newest_of_each_year, quantity_of
from impact.metrics.models import Reading


def history(
    metrics: Collection[str] | None = None, *, until: int, community_id: int | None = None
) -> list[Series]:
    """Return a series for each metric: the newest reading of each year up to `until`. One query.

    `metrics` are slugs, whose order is kept; without them, the organisation's headline metrics, or all
    of a community, in the editors' order. A year without a reading has no point.
    """
    readings = Reading.objects.filter(community_id=community_id, date__year__lte=until)
    if metrics is not None:
        readings = readings.filter(metric__slug__in=metrics)
    elif community_id is None:
        readings = readings.filter(metric__headline=True)
    found = {each.slug: each for each in series_of(newest_of_each_year(readings))}
    return [found[slug] for slug in metrics or found if slug in found]


def series_of(rows: dict[tuple[int, int], Any]) -> list[Series]:
    """Return a series for each metric of `newest_of_each_year`."""
    found: dict[int, list[tuple[int, Any]]] = {}
    for (metric, year), reading in rows.items():
        found.setdefault(metric, []).append((year, reading))
    return [_series(readings) for readings in found.values()]


def comparable(series: Iterable[Series]) -> list[Series]:
    """Return the series that tell of a change: those with values of two years or more."""
    return [each for each in series if len(each.known) > 1]


def _series(readings: list[tuple[int, Any]]) -> Series:
    metric = readings[0][1].metric
    points = [Point(year, quantity_of(reading)) for year, reading in sorted(readings, key=_year)]
    return Series(metric.name, points, slug=metric.slug, description=metric.description)


def _year(item: tuple[int, Any]) -> int:
    return item[0]
