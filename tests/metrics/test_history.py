"""What metrics were over the years, read for charts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from impact.metrics.charts import Series
from impact.metrics.history import history
from tests.factories import make_community, make_metric, make_reading

pytestmark = pytest.mark.django_db


def values(series: Series) -> dict[int, str]:
    return {year: quantity.short for year, quantity in series.by_year.items()}


def test_each_year_has_its_newest_reading_and_a_year_without_one_has_none() -> None:
    members = make_metric("Members", description="Who pays a fee.")
    make_reading(members, 40, date(2021, 12, 31), precision="about")
    make_reading(members, 45, date(2023, 6, 30))
    make_reading(members, 52, date(2023, 12, 31))
    make_reading(members, 99, date(2025, 1, 1))
    (found,) = history(until=2024)
    assert (found.name, found.slug, found.description) == ("Members", "members", "Who pays a fee.")
    assert values(found) == {2021: "~40", 2023: "52"}


def test_headlines_of_the_organisation_stand_in_the_editors_order() -> None:
    reef = make_community("Reef")
    quiet = make_metric("Quiet", headline=False)
    first, second = make_metric("Second", sort_order=2), make_metric("First", sort_order=1)
    for metric in (quiet, first, second):
        make_reading(metric, 1, date(2024, 1, 1))
    make_reading(make_metric("Theirs"), 1, date(2024, 1, 1), community=reef)
    assert [series.name for series in history(until=2024)] == ["First", "Second"]


def test_metrics_that_are_asked_for_come_in_that_order() -> None:
    for name in ("One", "Two", "Three"):
        make_reading(make_metric(name, headline=False), 1, date(2024, 1, 1))
    found = history(["two", "one", "no-such"], until=2024)
    assert [series.slug for series in found] == ["two", "one"]
    assert history([], until=2024) == []


def test_a_community_has_all_its_metrics_and_nobody_elses() -> None:
    reef, other = make_community("Reef"), make_community("Other")
    quiet, loud = make_metric("Quiet", headline=False), make_metric("Loud")
    make_reading(quiet, 3, date(2023, 1, 1), community=reef)
    make_reading(loud, 4, date(2024, 1, 1), community=reef)
    make_reading(loud, 5, date(2024, 1, 1), community=other)
    make_reading(loud, 6, date(2024, 1, 1))
    found = history(until=2024, community_id=reef.pk)
    assert [(series.name, values(series)) for series in found] == [
        ("Loud", {2024: "4"}),
        ("Quiet", {2023: "3"}),
    ]


def test_any_number_of_metrics_and_years_takes_one_query() -> None:
    for name in ("One", "Two", "Three"):
        metric = make_metric(name)
        for year in range(2015, 2025):
            make_reading(metric, year, date(year, 12, 31))
    with CaptureQueriesContext(connection) as queries:
        found = history(until=2024)
    assert len(queries) == 1
    assert [len(series.points) for series in found] == [10, 10, 10]
