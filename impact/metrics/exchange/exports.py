"""Readings as a CSV file that spreadsheets open, and that imports as what it was."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from impact.metrics.exchange.columns import COLUMNS, guarded, one_line
from impact.metrics.models import Reading
from impact.pages.amounts import writable

# Without it, Excel takes the file for one of another age.
BYTE_ORDER_MARK = "\ufeff"


def export_readings(metric: str = "") -> str:
    """Return all readings, or those of the metric with a slug, newest first. One statement."""
    found = Reading.objects.select_related("metric", "community").order_by(
        "metric__sort_order", "metric__slug", "-date", "community__slug", "pk"
    )
    if metric:
        found = found.filter(metric__slug=metric)
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(reading) for reading in found.iterator(chunk_size=2000))
    return target.getvalue()


def _cells(reading: Any) -> Iterator[str]:
    cells = {
        "metric": guarded(reading.metric.slug),
        "period_start": reading.period_start.isoformat() if reading.period_start else "",
        "date": reading.date.isoformat(),
        "value": writable(reading.value),
        "precision": reading.precision,
        "currency": reading.metric.currency,
        "community": guarded(reading.community.slug) if reading.community else "",
        "source": guarded(one_line(reading.source_url)),
        "note": guarded(one_line(reading.note)),
    }
    return (cells[name] for name in COLUMNS)
