"""What stories report is added up only where it is alike, and says on which stories it rests."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from impact.entries import outcome_sums as module
from impact.entries.outcome_sums import (
    AddedMetric,
    OutcomeSum,
    ReportedOutcome,
    ReportingStory,
    outcome_sums,
    sums,
)
from impact.pages.quantities import Quantity
from tests.factories import add_outcome, make_metric, make_story

TRAINED = AddedMetric("trained", "People trained", (1,))
GRANTS = AddedMetric("grants", "Grants", (2,))


def story(pk: int) -> ReportingStory:
    return ReportingStory(pk, f"Story {pk}", f"/impact/story-{pk}/", date(2024, 1, pk))


def reported(
    value: Any, precision: str = "exact", *, by: int = 1, **fields: Any
) -> ReportedOutcome:
    quantity = Quantity(
        Decimal(value), precision, fields.pop("unit", "count"), fields.pop("currency", "")
    )
    return ReportedOutcome(story(by), fields.pop("what", "wells"), quantity, **fields)


def written(found: list[OutcomeSum]) -> list[tuple[str, str]]:
    return [(total.name, total.quantity.spoken) for total in found]


@pytest.mark.parametrize(
    ("precisions", "expected"),
    [
        (("exact", "exact"), ["30"]),
        (("exact", "about"), ["about 30"]),
        (("about", "about"), ["about 30"]),
        (("exact", "at-least"), ["at least 30"]),
        (("at-least", "at-least"), ["at least 30"]),
        (("at-most", "exact"), ["at most 30"]),
        (("at-least", "at-most"), ["at least 10", "at most 20"]),
        (("about", "at-least"), ["about 10", "at least 20"]),
        (("at-most", "about"), ["about 20", "at most 10"]),
    ],
)
def test_a_sum_says_no_more_than_is_known(precisions: Any, expected: list[str]) -> None:
    found = sums([reported(10, precisions[0], by=1), reported(20, precisions[1], by=2)])
    assert [total.quantity.spoken for total in found] == expected
    assert [total.apart for total in found] == [len(expected) > 1] * len(expected)


def test_where_ways_of_knowing_differ_exact_numbers_stand_for_themselves() -> None:
    found = sums([reported(10), reported(5, "at-least", by=2), reported(3, "at-most", by=3)])
    assert [total.quantity.spoken for total in found] == ["at least 5", "at most 3", "10"]


def test_different_units_and_currencies_are_not_added() -> None:
    money = {"unit": "currency", "what": "saved"}
    found = sums(
        [
            reported(1, currency="EUR", **money),
            reported(2, currency="USD", by=2, **money),
            reported(3, what="saved", unit="hours", by=3),
            reported(4, what="saved", by=4),
        ]
    )
    assert sorted(total.quantity.spoken for total in found) == ["$2", "3 hours", "4", "€1"]


def test_percentages_are_never_added() -> None:
    share = AddedMetric("share", "Share", (1,))
    found = sums(
        [reported(v, unit="percent", by=v, what="of wells", metric=share) for v in (20, 25)]
    )
    assert written(found) == [("of wells", "20%"), ("of wells", "25%")]


def test_the_same_words_are_one_thing_however_they_are_typed() -> None:
    found = sums(
        [
            reported(1, what="Wells  dug"),
            reported(2, what="wells dug", by=2),
            reported(3, what="wells dug", by=3),
        ]
    )
    assert written(found) == [("wells dug", "6")]


def test_an_outcome_of_a_metric_is_not_added_to_one_without() -> None:
    found = sums([reported(1, metric=TRAINED), reported(2)])
    assert [(total.metric, total.quantity.plain) for total in found] == [
        ("trained", "1"),
        ("", "2"),
    ]


def test_two_outcomes_of_a_story_are_added_and_the_story_counts_once() -> None:
    (found,) = sums(
        [
            reported(4, what="women", metric=TRAINED),
            reported(5, what="men", metric=TRAINED),
            reported(1, what="people", metric=TRAINED, by=2),
        ]
    )
    assert (found.name, found.quantity.plain, found.outcomes) == ("People trained", "10", 3)
    assert [each.pk for each in found.stories] == [2, 1]


def test_an_outcome_written_twice_in_a_story_is_one() -> None:
    (found,) = sums([reported(4), reported("4.0000"), reported(4, by=2)])
    assert (found.quantity.plain, found.outcomes) == ("8", 2)


def test_metrics_come_first_in_their_order_then_what_most_stories_report() -> None:
    found = sums(
        [
            reported(1, what="rare"),
            *(reported(1, what="often", by=n) for n in (1, 2)),
            reported(1, metric=GRANTS),
            reported(1, metric=TRAINED),
        ]
    )
    assert [total.name for total in found] == ["People trained", "Grants", "often", "rare"]


OUTCOMES = st.lists(
    st.builds(
        reported,
        st.integers(-50, 50),
        st.sampled_from(["exact", "about", "at-least", "at-most"]),
        by=st.integers(1, 4),
        what=st.sampled_from(["wells", "Wells", "loans"]),
        unit=st.sampled_from(["count", "hours", "percent"]),
        metric=st.sampled_from([None, TRAINED, GRANTS]),
    ),
    max_size=14,
)


@given(OUTCOMES, st.randoms())
def test_the_order_of_outcomes_is_no_matter(outcomes: list[ReportedOutcome], random: Any) -> None:
    before = sums(outcomes)
    random.shuffle(outcomes)
    assert sums(outcomes) == before


@given(OUTCOMES)
def test_sums_equal_those_of_plain_counting(outcomes: list[ReportedOutcome]) -> None:
    """Each distinct number is in exactly one sum, with none of another kind or other precision."""
    values: dict[Any, Decimal] = defaultdict(Decimal)
    stories: dict[Any, set[int]] = defaultdict(set)
    ways: dict[Any, set[str]] = defaultdict(set)
    distinct = list(dict.fromkeys(outcomes))
    for one in distinct:
        ways[_alike(one)].add(one.quantity.precision)
    for one in distinct:
        key = _alike(one)
        inexact = ways[key] - {"exact"}
        way = one.quantity.precision if len(inexact) > 1 else "".join(inexact) or "exact"
        values[key, way] += one.quantity.value
        stories[key, way].add(one.story.pk)
    expected = Counter(
        (key[2], way, value, frozenset(stories[key, way])) for (key, way), value in values.items()
    )
    found = sums(outcomes)
    assert expected == Counter(
        (
            t.quantity.unit,
            t.quantity.precision,
            t.quantity.value,
            frozenset(s.pk for s in t.stories),
        )
        for t in found
    )
    assert sum(total.outcomes for total in found) == len(distinct)
    assert all(len({s.pk for s in total.stories}) == len(total.stories) for total in found)


def _alike(one: ReportedOutcome) -> tuple[Any, ...]:
    share = one if one.quantity.unit == "percent" else None
    name = one.metric.slug if one.metric else one.what.lower()
    return (bool(one.metric), name, one.quantity.unit, share)


@pytest.mark.django_db
def test_only_public_stories_among_those_asked_for_count() -> None:
    metric = make_metric("People trained", unit="people")
    kept, draft, private, other = (
        make_story("Kept"),
        make_story("Draft", live=False),
        make_story("Private"),
        make_story("Other"),
    )
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for page in (kept, draft, private, other):
        add_outcome(page, 10, unit="people", metric=metric)
    (found,) = outcome_sums([kept.pk, draft.pk, private.pk])
    assert (found.name, found.metric, found.quantity.spoken) == (
        "People trained",
        "people-trained",
        "10",
    )
    assert [(s.pk, s.title, s.url) for s in found.stories] == [(kept.pk, "Kept", kept.get_url())]


@pytest.mark.django_db
@pytest.mark.parametrize("named", [0, 5000])
def test_any_number_of_stories_takes_one_statement(
    named: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEYS_NAMED", named)
    pages = [make_story() for _ in range(4)]
    for page in pages:
        add_outcome(page, 1, metric=make_metric(f"Metric {page.pk}"))
        add_outcome(page, 1)
    assert outcome_sums([]) == []
    outcome_sums([pages[0].pk])  # Wagtail learns where its sites begin.
    for some in (pages[:1], pages[:3]):
        with CaptureQueriesContext(connection) as queries:
            found = outcome_sums([page.pk for page in some])
        assert len(queries) == 1
        assert sum(total.outcomes for total in found) == 2 * len(some)
