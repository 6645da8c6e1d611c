"""The list of all yearly reports."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from home.models import HomePage
from tests.documents import document, queries_of, texts
from tests.factories import make_image, make_metric, make_reading, make_roundup, make_story
from tests.visibility import HIDDEN, hide

pytestmark = pytest.mark.django_db

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
        make_roundup(year)
    assert queries_of(client, URL) == few
