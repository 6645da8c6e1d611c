"""How editors keep the figures."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from impact.gallery.models import GalleryPage
from impact.metrics.models import Metric, Reading
from tests.factories import make_community, make_metric, make_reading, make_user

pytestmark = pytest.mark.django_db

METRIC = "wagtailsnippets_metrics_metric"


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


def reading(on: str, value: str = "12", community: Any = "") -> dict[str, Any]:
    return {
        "date": on,
        "value": value,
        "precision": "about",
        "community": community,
        "period_start": "",
        "source_url": "",
        "note": "",
    }


def metric_data(readings: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    fields = {
        "name": "Members",
        "slug": "members",
        "unit": "people",
        "currency": "",
        "description": "",
        "direction": "up",
        "headline": "on",
    }
    return nested_form_data({**fields, **changes, "readings": inline_formset(readings)})


def test_a_metric_is_created_with_its_readings(editor: Client) -> None:
    make_community("Reef")
    readings = [
        reading("2023-12-31"),
        reading("2024-12-31", "40"),
        reading("2024-12-31", "3", "Reef"),
    ]
    editor.post(reverse(f"{METRIC}:add"), metric_data(readings))
    metric = Metric.objects.get()
    assert metric.headline
    assert sorted(r.value for r in metric.readings.all()) == [3, 12, 40]


@pytest.mark.parametrize("with_community", [True, False])
def test_two_readings_of_a_day_are_refused_with_a_message(
    editor: Client, with_community: bool
) -> None:
    community = make_community("Reef").slug if with_community else ""
    readings = [reading("2024-12-31", "1", community), reading("2024-12-31", "2", community)]
    response = editor.post(reverse(f"{METRIC}:add"), metric_data(readings))
    formset = response.context["form"].formsets["readings"]
    assert formset.forms[1].errors["date"] == ["There is another reading for this day."]
    assert not Metric.objects.exists()


def test_two_readings_may_exchange_their_days(editor: Client) -> None:
    metric = make_metric("Members", unit="people")
    old = make_reading(metric, 1, date(2023, 12, 31))
    new = make_reading(metric, 2, date(2024, 12, 31))
    rows = [
        {**reading("2024-12-31", "1"), "id": old.pk},
        {**reading("2023-12-31", "2"), "id": new.pk},
    ]
    data = metric_data([]) | nested_form_data({"readings": inline_formset(rows, initial=2)})
    editor.post(reverse(f"{METRIC}:edit", args=[metric.pk]), data)
    values = dict(Reading.objects.values_list("date", "value"))
    assert values == {date(2024, 12, 31): 1, date(2023, 12, 31): 2}


def test_a_period_that_ends_before_it_begins_is_refused(editor: Client) -> None:
    row = {**reading("2024-01-31"), "period_start": "2024-12-01"}
    response = editor.post(reverse(f"{METRIC}:add"), metric_data([row]))
    assert "period_start" in response.context["form"].formsets["readings"].errors[0]


@pytest.mark.parametrize(
    ("unit", "currency"), [("currency", ""), ("people", "EUR"), ("currency", "€")]
)
def test_a_currency_has_a_code_and_nothing_else_has(
    editor: Client, unit: str, currency: str
) -> None:
    data = metric_data([], unit=unit, currency=currency)
    response = editor.post(reverse(f"{METRIC}:add"), data)
    assert "currency" in response.context["form"].errors


def test_the_list_says_when_a_metric_was_last_read(editor: Client) -> None:
    metric = make_metric("Members")
    make_reading(metric, 1, date(2023, 12, 31))
    make_reading(metric, 2, date(2024, 12, 31))
    response = editor.get(reverse(f"{METRIC}:list"))
    assert [m.last_reading for m in response.context["object_list"]] == [date(2024, 12, 31)]


def row_errors(response: Any, row: int = 0) -> dict[str, list[str]]:
    return dict(response.context["form"].formsets["readings"].errors[row])


@pytest.mark.parametrize(
    ("text", "chosen", "value", "precision"),
    [
        ("~9100", "exact", "9100", "about"),
        (">2,000", "exact", "2000", "at-least"),
        ("≤ 5", "at-most", "5", "at-most"),
        ("12,5", "about", "12.5", "about"),
        ("40", "exact", "40", "exact"),
    ],
)
def test_a_value_may_say_how_exact_it_is(
    editor: Client, text: str, chosen: str, value: str, precision: str
) -> None:
    row = {**reading("2024-12-31", text), "precision": chosen}
    editor.post(reverse(f"{METRIC}:add"), metric_data([row]))
    kept = Reading.objects.get()
    assert (kept.value, kept.precision) == (Decimal(value), precision)


def test_a_text_that_contradicts_the_chosen_precision_is_refused(editor: Client) -> None:
    row = {**reading("2024-12-31", "~9100"), "precision": "at-least"}
    response = editor.post(reverse(f"{METRIC}:add"), metric_data([row]))
    assert row_errors(response)["value"] == ["The number says “about”, the precision “at least”."]


@pytest.mark.parametrize("text", ["€40", "40%", "1.234", "forty"])
def test_a_value_of_another_unit_or_of_two_meanings_is_refused_at_its_row(
    editor: Client, text: str
) -> None:
    rows = [reading("2024-12-31"), reading("2023-12-31", text)]
    response = editor.post(reverse(f"{METRIC}:add"), metric_data(rows))
    assert list(row_errors(response, 1)) == ["value"]
    assert not row_errors(response, 0)


def test_a_community_is_named_by_its_title_and_one_of_several_alike_by_its_slug(
    editor: Client,
) -> None:
    reef, _coast = make_community("Reef"), make_community("Coast")
    other = make_community("Coast", slug="coast-2")
    rows = [reading("2024-12-31", community="reef"), reading("2024-12-31", community="coast-2")]
    editor.post(reverse(f"{METRIC}:add"), metric_data(rows))
    assert set(Reading.objects.values_list("community", flat=True)) == {reef.pk, other.pk}
    response = editor.post(
        reverse(f"{METRIC}:add"), metric_data([reading("2024-12-31", community="Nobody")])
    )
    assert row_errors(response)["community"] == ["There is no community of this name."]


def test_a_table_that_is_sent_back_as_it_came_changes_nothing(editor: Client) -> None:
    metric = make_metric("Members", unit="people")
    for value in ("1.234", "9100", "-0.5"):
        make_reading(
            metric, Decimal(value), date(2020, 1, 1 + Reading.objects.count()), precision="about",
            community=make_community("Reef", slug=f"reef-{Reading.objects.count()}"),
        )  # fmt: skip
    before = sorted(Reading.objects.values_list())
    form = editor.get(reverse(f"{METRIC}:edit", args=[metric.pk])).context["form"]
    rows = [
        {name: row[name].value() or "" for name in row.fields if name != "DELETE"}
        for row in form.formsets["readings"].forms
    ]
    assert [row["value"] for row in rows] == ["-0.5", "9100", "1.2340"]
    data = metric_data([]) | nested_form_data({"readings": inline_formset(rows, initial=3)})
    response = editor.post(reverse(f"{METRIC}:edit", args=[metric.pk]), data)
    assert response.status_code == 302
    assert sorted(Reading.objects.values_list()) == before


def test_the_newest_reading_stands_first_and_rows_cost_no_statements(editor: Client) -> None:
    metric, reef = make_metric("Members"), make_community("Reef")
    address = reverse(f"{METRIC}:edit", args=[metric.pk])
    editor.get(address)
    counted = []
    for day in (1, 20):
        for number in range(day):
            make_reading(metric, number, date(2000 + day, 1, 1 + number), community=reef)
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(address)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    days = [form.instance.date for form in page.context["form"].formsets["readings"].forms]
    assert days == sorted(days, reverse=True)


def test_what_a_metric_refers_to_is_noted_when_it_is_saved(editor: Client) -> None:
    reef = make_community("Reef")
    rows = [reading("2024-12-31", community="Reef")]
    editor.post(reverse(f"{METRIC}:add"), metric_data(rows))
    assert ReferenceIndex.get_references_to(reef).count() == 1
