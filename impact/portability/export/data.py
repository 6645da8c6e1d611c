"""What belongs to no page, as data: metrics with their readings, and redirects."""

from typing import Any

from impact.metrics.models import Metric, Reading
from impact.portability.export.front_matter import filled
from impact.portability.export.pages import number
from impact.portability.export.redirects import OldPaths
from impact.portability.export.tree import Tree


def metrics(tree: Tree) -> list[dict[str, Any]]:
    """Return the metrics with their readings. Two queries."""
    found = Metric.objects.order_by("sort_order", "pk").prefetch_related("readings")
    return [
        filled(
            name=metric.name,
            slug=metric.slug,
            unit=metric.unit,
            currency=metric.currency,
            description=metric.description,
            direction=metric.direction,
            headline=metric.headline,
            readings=[
                data for reading in metric.readings.all() if (data := _reading(reading, tree))
            ],
        )
        for metric in found
    ]


def _reading(reading: Reading, tree: Tree) -> dict[str, Any]:
    """Return a reading; nothing where its community stays behind."""
    community = ""
    if reading.community_id:
        community = tree.key_of(reading.community_id).rpartition("/")[2]
        if not community:
            return {}
    return filled(
        value=number(reading.value),
        precision=reading.precision,
        period_start=reading.period_start,
        date=reading.date,
        community=community,
        source=reading.source_url,
        note=reading.note,
    )


def redirects(old_paths: OldPaths) -> list[dict[str, Any]]:
    """Return the redirects that are no aliases of a page."""
    return [
        {"from": old, "to": to, **({} if permanent else {"permanent": False})}
        for old, to, permanent in old_paths.others
    ]
