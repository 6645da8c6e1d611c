"""What stories report, added up: a sum for each metric, and for each thing counted in one unit.

Only what is alike is added: one metric, or the same words, in one unit and currency, and known in one way.
An exact number may be added to any other; the sum is then known as that one is. Two numbers that are
inexact in different ways ("at least 5" and "at most 3", or "about 20") have no sum that says what is
known, so each way has its own; and so has each unit of a metric whose unit was changed. Percentages are of
different wholes and are never added.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from impact.pages.addresses import Addresses
from impact.pages.quantities import Quantity
from impact.pages.visibility import public

# More keys than these are not named in the statement: databases limit how many they take.
_KEYS_NAMED = 5000


@dataclass(frozen=True)
class ReportingStory:
    """A story that a sum rests on."""

    pk: int
    title: str
    url: str
    date: date
    language: str = ""


@dataclass(frozen=True)
class AddedMetric:
    """A metric that outcomes add to; `place` is where it stands among the metrics."""

    slug: str
    name: str
    place: tuple[Any, ...] = ()


@dataclass(frozen=True)
class ReportedOutcome:
    """A number that a story reports. Written twice in one story, it is still one."""

    story: ReportingStory
    what: str
    quantity: Quantity
    metric: AddedMetric | None = None


@dataclass(frozen=True)
class OutcomeSum:
    """What some stories report together.

    `name` is the metric's, or what is counted in the words of most stories. `metric` is the metric's
    slug, empty where there is none. `apart` says that others of the same name could not be added to it.
    `stories` holds each story once, the newest first; `outcomes` is how many numbers were added.
    """

    name: str
    quantity: Quantity
    stories: tuple[ReportingStory, ...]
    outcomes: int
    metric: str = ""
    apart: bool = False


def sums(outcomes: Iterable[ReportedOutcome]) -> list[OutcomeSum]:
    """Return the sums: metrics in their order, then what most stories report. Their order is no matter."""
    alike: dict[Hashable, set[ReportedOutcome]] = defaultdict(set)
    for outcome in outcomes:
        alike[_kind(outcome)].add(outcome)
    # Sorted by all that tells two sums apart, so that equal content always reads the same.
    placed = sorted(
        ((_place(group, total), total) for group in alike.values() for total in _sums_of(group)),
        key=lambda pair: pair[0],
    )
    return list(_told_apart([total for _place_of, total in placed]))


def _told_apart(totals: Collection[OutcomeSum]) -> Iterator[OutcomeSum]:
    """Yield the sums; those of a metric that was counted in several units say that there are others."""
    units: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for total in totals:
        units[total.metric].add((total.quantity.unit, total.quantity.currency))
    for total in totals:
        several = bool(total.metric) and len(units[total.metric]) > 1
        yield replace(total, apart=True) if several else total


def outcome_sums(stories: Collection[int], request: HttpRequest | None = None) -> list[OutcomeSum]:
    """Return the sums of what the public ones among some stories, given by key, report. One statement."""
    return sums(_reported(stories, request)) if stories else []


def _kind(outcome: ReportedOutcome) -> Hashable:
    """Return what outcomes must share to be added."""
    if outcome.quantity.unit == "percent":
        return outcome
    counted = outcome.metric.slug if outcome.metric else plain_words(outcome.what)
    return outcome.metric is not None, counted, outcome.quantity.unit, outcome.quantity.currency


def plain_words(what: str) -> str:
    """Return what is counted as it is compared: capitals and spaces make no difference."""
    return " ".join(what.casefold().split())


def _sums_of(group: set[ReportedOutcome]) -> Iterator[OutcomeSum]:
    """Yield one sum, or one for each precision where there are several inexact ones."""
    by_precision: dict[str, set[ReportedOutcome]] = defaultdict(set)
    for outcome in group:
        by_precision[outcome.quantity.precision].add(outcome)
    inexact = by_precision.keys() - {"exact"}
    if len(inexact) <= 1:
        yield _sum(group, next(iter(inexact), "exact"))
        return
    for precision, some in by_precision.items():
        yield _sum(some, precision, apart=True)


def _sum(group: set[ReportedOutcome], precision: str, *, apart: bool = False) -> OutcomeSum:
    first = next(iter(group))
    stories = {outcome.story.pk: outcome.story for outcome in group}
    newest_first = sorted(stories.values(), key=lambda story: (story.date, story.pk), reverse=True)
    named = first.metric is not None and first.quantity.unit != "percent"
    return OutcomeSum(
        name=first.metric.name if first.metric and named else _wording(group),
        quantity=Quantity(
            sum((outcome.quantity.value for outcome in group), Decimal(0)),
            precision,
            first.quantity.unit,
            first.quantity.currency,
        ),
        stories=tuple(newest_first),
        outcomes=len(group),
        metric=first.metric.slug if first.metric else "",
        apart=apart,
    )


def _wording(group: set[ReportedOutcome]) -> str:
    """Return the words that most stories use; the first by alphabet among equals."""
    counted = Counter(" ".join(outcome.what.split()) for outcome in group)
    return min(counted, key=lambda words: (-counted[words], words))


def _place(group: set[ReportedOutcome], total: OutcomeSum) -> tuple[Any, ...]:
    metric = next(iter(group)).metric
    quantity = total.quantity
    return (
        (0, *metric.place) if metric else (1, -len({outcome.story.pk for outcome in group})),
        total.name.casefold(),
        total.name,
        quantity.unit,
        quantity.currency,
        quantity.precision,
        quantity.value,
        total.stories[0].pk,
    )


def _reported(stories: Collection[int], request: HttpRequest | None) -> Iterator[ReportedOutcome]:
    from impact.entries.models import StoryOutcome

    wanted = set(stories)
    found = StoryOutcome.objects.filter(public("page__"))
    if len(wanted) <= _KEYS_NAMED:
        found = found.filter(page_id__in=wanted)
    addresses = Addresses(request)
    for row in found.order_by().values(
        "page_id", "page__title", "page__url_path", "page__date", "page__language",
        "what", "value", "precision", "unit", "currency",
        "metric__slug", "metric__name", "metric__headline", "metric__sort_order",
    ):  # fmt: skip
        if row["page_id"] not in wanted:
            continue
        yield ReportedOutcome(
            story=ReportingStory(
                pk=row["page_id"],
                title=row["page__title"],
                url=addresses.of(row["page__url_path"]),
                date=row["page__date"],
                language=row["page__language"],
            ),
            what=row["what"],
            quantity=Quantity(row["value"], row["precision"], row["unit"], row["currency"]),
            metric=_metric(row),
        )


def _metric(row: Mapping[str, Any]) -> AddedMetric | None:
    if row["metric__slug"] is None:
        return None
    order = row["metric__sort_order"]
    place = (not row["metric__headline"], order is not None, order or 0, row["metric__name"])
    return AddedMetric(row["metric__slug"], row["metric__name"], place)
