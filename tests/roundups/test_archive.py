"""The list of all yearly reports."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from home.models import HomePage
from impact.metrics.models import Metric
from impact.roundups.closing import close_year, reopen_year
from impact.roundups.models import RoundupPage
from tests.documents import document, queries_of, texts
from tests.factories import make_image, make_metric, make_reading, make_roundup, make_story
from tests.visibility import HIDDEN, hide

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

URL = "/roundups/"


def years(page: Any) -> list[str]:
    return [one.get("data-year") for one in page.xpath("//*[@data-year]")]


def test_years_stand_newest_first_with_what_they_held(client: Client, home: HomePage) -> None:
    members = make_metric("Members")
    make_reading(members, 9100, date(2024, 12, 31), precision="about")
    make_reading(members, 50, date(2023, 12, 31))
    make_reading(make_metric("Quiet", headline=False), 3, date(2024, 12, 31))
    make_story(date=date(2024, 1, 1))
    make_story(date=date(2024, 2, 1))
    for year in (2023, 2024):
        make_roundup(year, title=f"Year {year}", summary=f"It was {year}.", lead_image=make_image())
    page = document(client, URL)
    assert years(page) == ["2024", "2023"]
    newest, oldest = texts(page.xpath("//*[@data-year]"))
    for words in ("Year 2024", "It was 2024.", "2 stories", "Members", "about 9,100"):
        assert words in newest
    assert "Quiet" not in newest
    assert "0 stories" in oldest
    assert "50" in oldest


def test_no_report_yet(client: Client, home: HomePage) -> None:
    assert "No report yet" in document(client, URL).text_content()


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_report_is_not_listed(client: Client, home: HomePage, how: str) -> None:
    make_roundup(2023)
    hide(make_roundup(2024, title="Secret"), how)
    page = document(client, URL)
    assert years(page) == ["2023"]
    assert "Secret" not in page.text_content()


def test_headline_figures_of_the_reported_years_are_compared(
    client: Client, home: HomePage
) -> None:
    members, grants = make_metric("Members"), make_metric("Grants", sort_order=1)
    quiet = make_metric("Quiet", headline=False)
    for metric in (members, quiet):
        for year in (2022, 2023, 2025):
            make_reading(metric, year, date(year, 12, 31))
    make_reading(grants, 1, date(2023, 12, 31))
    make_roundup(2023)
    page = document(client, URL)
    assert page.xpath("//*[@data-series]/@data-series") == ["members"]
    rows = [texts(row.xpath("./*")) for row in page.xpath("//figure//tbody/tr")]
    # 2025 has no report yet, and one year is no comparison.
    assert rows == [["2022", "2,022"], ["2023", "2,023"]]


def compared(client: Client) -> dict[str, dict[str, str]]:
    """The table of the comparison: the values of each metric by year, as they are written."""
    [table] = document(client, URL).xpath("//figure//table")
    _year, *names = texts(table.xpath("./thead//th"))
    rows = [texts(row.xpath("./*")) for row in table.xpath("./tbody/tr")]
    return {name: {row[0]: row[at] for row in rows} for at, name in enumerate(names, 1)}


def test_a_closed_year_is_compared_as_its_record_has_it(client: Client, home: HomePage) -> None:
    members = make_metric("Members")
    readings = {year: make_reading(members, year, date(year, 12, 31)) for year in range(2022, 2026)}
    for year in (2023, 2024, 2025):
        make_roundup(year)
    close_year(RoundupPage.objects.get(year=2023))
    close_year(RoundupPage.objects.get(year=2024))
    for year, reading in readings.items():
        reading.value = year - 2000
        reading.save()
    reopen_year(RoundupPage.objects.get(year=2023))
    # 2022 has no report, 2025 an open one, and 2023 one that is open again.
    then_and_now = {"2022": "22", "2023": "23", "2024": "2,024", "2025": "25"}
    assert compared(client) == {"Members": then_and_now}
    [panel] = document(client, URL).xpath("//*[@data-series='members']")
    marks = texts(panel.xpath(".//*[contains(@class, 'chart-mark')]"))
    assert marks == [f"{year}: {value}" for year, value in then_and_now.items()]


def test_a_record_keeps_what_has_been_deleted_renamed_or_added(
    client: Client, home: HomePage
) -> None:
    gone, kept, late = make_metric("Gone"), make_metric("Kept", sort_order=1), make_metric("Late")
    for year in (2023, 2024):
        make_roundup(year)
        make_reading(gone, year, date(year, 12, 31))
        make_reading(kept, year * 2, date(year, 12, 31))
        close_year(RoundupPage.objects.get(year=year))
    gone.delete()
    kept.name, kept.headline = "Kept well", False
    kept.save()
    for year in (2023, 2024):
        make_reading(late, 5, date(year, 12, 31))
    # No year that is closed had anything of the last one.
    assert compared(client) == {
        "Kept well": {"2023": "4,046", "2024": "4,048"},
        "Gone": {"2023": "2,023", "2024": "2,024"},
    }


def test_a_metric_whose_unit_changed_has_a_chart_for_each(client: Client, home: HomePage) -> None:
    grants = make_metric("Grants", unit="currency", currency="USD")
    for year in (2021, 2022):
        make_roundup(year)
        make_reading(grants, 100, date(year, 12, 31))
        close_year(RoundupPage.objects.get(year=year))
    Metric.objects.update(currency="EUR")
    for year in (2023, 2024):
        make_reading(grants, 90, date(year, 12, 31))
    make_roundup(2024)
    panels = texts(document(client, URL).xpath("//*[@data-series='grants']/p"))
    assert sorted(panels) == ["Grants US dollars", "Grants euros"]


def test_nothing_is_compared_without_two_years(client: Client, home: HomePage) -> None:
    make_reading(make_metric("Members"), 5, date(2024, 12, 31))
    make_roundup(2024)
    assert document(client, URL).xpath("//figure") == []


def test_queries_do_not_grow_with_years_and_figures(client: Client, home: HomePage) -> None:
    members = make_metric("Members")
    for year in (2022, 2023):
        make_roundup(year)
        make_reading(members, year, date(year, 12, 31))
    few = queries_of(client, URL)
    for number in range(4):
        metric = make_metric(f"Metric {number}")
        for year in range(2010, 2020):
            make_reading(metric, year, date(year, 12, 31))
    for year in range(2010, 2020):
        close_year(make_roundup(year))
    assert queries_of(client, URL) == few
