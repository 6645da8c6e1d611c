"""Outcomes of stories that add to a metric, but were written when it was counted in another unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from impact.metrics.models import Metric, Unit

# Stories that are named; the others are counted.
NAMED = 10


@dataclass(frozen=True)
class OddOutcomes:
    """How many outcomes have other units, and which; the stories that report them, by key and title."""

    number: int
    units: tuple[str, ...]
    stories: tuple[tuple[int, str], ...]

    @property
    def named(self) -> tuple[tuple[int, str], ...]:
        """The first stories, to be led to."""
        return self.stories[:NAMED]

    @property
    def others(self) -> int:
        """How many more stories there are."""
        return len(self.stories[NAMED:])


def odd_outcomes(metric: Metric) -> OddOutcomes:
    """Return the outcomes that have another unit or currency than their metric. One query."""
    # By the relation alone: what stories are is not known here.
    found: Iterable[Any] = (
        metric.outcomes.exclude(unit=metric.unit, currency=metric.currency)
        .order_by("page__title", "page_id", "pk")
        .values_list("page_id", "page__title", "unit", "currency")
    )
    rows = list(found)
    return OddOutcomes(
        number=len(rows),
        units=tuple(sorted({unit_name(unit, currency) for *_story, unit, currency in rows})),
        stories=tuple(dict.fromkeys((key, title) for key, title, _unit, _currency in rows)),
    )


def unit_name(unit: str, currency: str) -> str:
    """Return what a value is counted in: a currency by its code, any other unit by its name."""
    return currency or str(Unit(unit).label)
