"""What a metric was in a year, and how that compares."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from impact.metrics.figures import (
    Figure,
    figures_of_community,
    figures_of_year,
    figures_of_years,
    latest_headlines,
)
from impact.pages.quantities import Quantity
from tests.factories import make_community, make_metric, make_reading

pytestmark = pytest.mark.django_db


def figure(value: Any, previous: Any = None, **fields: Any) -> Figure:
    """A figure of 2024 without a database."""
    unit = fields.pop("unit", "count")
    precision, before = fields.pop("precisions", ("exact", "exact"))
    return Figure(
        metric="members",
        name="Members",
        year=2024,
        quantity=Quantity(Decimal(value), precision, unit),
        previous=None if previous is None else Quantity(Decimal(previous), before, unit),
        **fields,
    )


def test_the_newest_reading_of_the_year_counts() -> None:
    members = make_metric("Members")
    for value, day in [
        (10, date(2023, 12, 31)),
        (11, date(2024, 1, 1)),
        (25, date(2024, 12, 31)),
        (20, date(2024, 6, 30)),
        (99, date(2025, 1, 1)),
    ]:
        make_reading(members, value, day)
    (found,) = figures_of_year(2024)
    assert (found.quantity.plain, found.previous and found.previous.plain) == ("25", "10")
    assert found.on == date(2024, 12, 31)


def test_a_period_belongs_to_the_year_in_which_it_ends() -> None:
    grants = make_metric("Grants")
    make_reading(grants, 5, date(2024, 6, 30), period_start=date(2023, 7, 1))
    assert figures_of_year(2023) == []
    assert figures_of_year(2024)[0].quantity.plain == "5"


def test_a_year_without_a_reading_has_no_figure_and_no_invented_zero() -> None:
    members = make_metric("Members")
    make_reading(members, 10, date(2022, 5, 1))
    make_reading(members, 30, date(2024, 5, 1))
    assert figures_of_year(2023) == []
    (found,) = figures_of_year(2024)
    assert found.previous is None
    assert found.change is None
    assert found.trend == ""


def test_readings_of_a_community_are_not_the_organisations() -> None:
    members, reef = make_metric("Members"), make_community("Reef")
    make_reading(members, 3, date(2024, 5, 1), community=reef)
    assert figures_of_year(2024) == []
    assert [f.quantity.plain for f in figures_of_community(reef.pk)] == ["3"]


def test_a_community_shows_the_newest_year_of_each_metric() -> None:
    reef, other = make_community("Reef"), make_community("Other")
    divers, grants = make_metric("Divers", sort_order=1), make_metric("Grants", sort_order=2)
    make_reading(divers, 3, date(2022, 5, 1), community=reef)
    make_reading(divers, 4, date(2023, 5, 1), community=reef)
    make_reading(grants, 1, date(2024, 5, 1), community=reef)
    make_reading(grants, 9, date(2024, 6, 1), community=other)
    found = [
        (f.metric, f.year, f.quantity.plain, bool(f.previous))
        for f in figures_of_community(reef.pk)
    ]
    assert found == [("divers", 2023, "4", True), ("grants", 2024, "1", False)]


def test_headlines_come_first_then_the_editors_order() -> None:
    for number, (name, headline) in enumerate([("Quiet", False), ("Loud", True), ("Louder", True)]):
        metric = make_metric(name, headline=headline, sort_order=number)
        make_reading(metric, 1, date(2024, 1, 1))
    assert [f.name for f in figures_of_year(2024)] == ["Loud", "Louder", "Quiet"]


def test_latest_headlines_are_of_the_newest_year_that_has_any() -> None:
    loud, quiet = make_metric("Loud"), make_metric("Quiet", headline=False)
    make_reading(loud, 1, date(2022, 1, 1))
    make_reading(loud, 2, date(2030, 1, 1))
    make_reading(quiet, 3, date(2024, 1, 1))
    assert [(f.name, f.year) for f in latest_headlines(until=2026)] == [("Loud", 2022)]
    assert latest_headlines(until=2000) == []


def test_precision_unit_and_source_are_kept() -> None:
    money = make_metric("Grants", unit="currency", currency="USD", description="What we gave.")
    make_reading(
        money,
        Decimal("2200000"),
        date(2024, 1, 1),
        precision="about",
        source_url="https://example.org/",
    )
    (found,) = figures_of_year(2024)
    assert (found.quantity.precision, found.quantity.text) == ("about", "~$2.2M")
    assert (found.description, found.source_url) == ("What we gave.", "https://example.org/")


def test_many_years_and_metrics_take_one_query() -> None:
    for name in ("One", "Two", "Three"):
        metric = make_metric(name)
        for year in range(2019, 2025):
            for month in (1, 6, 12):
                make_reading(metric, year * 100 + month, date(year, month, 1))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = figures_of_years(range(2020, 2025))
    assert len(queries) == 1
    assert {year: [f.quantity.plain for f in figures] for year, figures in found.items()} == {
        year: [f"{year}12"] * 3 for year in range(2020, 2025)
    }
    assert found[2020][0].previous is not None


def test_change_and_percent_of_exact_values() -> None:
    grown = figure("125", "100")
    assert grown.change is not None
    assert grown.percent is not None
    assert (grown.change.plain, grown.percent.plain, grown.trend) == ("25", "25", "up")
    assert grown.good is True


def test_change_of_an_estimate_is_an_estimate() -> None:
    grown = figure("9100", "7000", precisions=("about", "exact"))
    assert grown.change is not None
    assert grown.percent is not None
    assert (grown.change.precision, grown.percent.text) == ("about", "~30%")


@pytest.mark.parametrize("bound", ["at-least", "at-most"])
def test_a_bound_has_no_change(bound: str) -> None:
    for precisions in ((bound, "exact"), ("exact", bound)):
        found = figure("200", "100", precisions=precisions)
        assert (found.change, found.percent, found.trend, found.good) == (None, None, "", None)
        assert found.previous is not None


@pytest.mark.parametrize(
    ("value", "previous", "unit"),
    [
        ("5", "0", "count"),
        ("5", "-5", "count"),
        ("42", "40", "percent"),
        ("10001", "10000", "count"),
    ],
)
def test_no_percent_where_it_would_mislead(value: str, previous: str, unit: str) -> None:
    found = figure(value, previous, unit=unit)
    assert found.change is not None
    assert found.percent is None


def test_fewer_can_be_better() -> None:
    assert figure("3", "5", direction="down").good is True
    assert figure("3", "5", direction="up").good is False
    assert figure("3", "5", direction="neither").good is None
    assert figure("5", "5").good is None
    assert figure("5", "5").trend == "same"
