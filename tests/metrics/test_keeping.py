"""How editors keep the figures."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
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
    reef = make_community("Reef")
    readings = [
        reading("2023-12-31"),
        reading("2024-12-31", "40"),
        reading("2024-12-31", "3", reef.pk),
    ]
    editor.post(reverse(f"{METRIC}:add"), metric_data(readings))
    metric = Metric.objects.get()
    assert metric.headline
    assert sorted(r.value for r in metric.readings.all()) == [3, 12, 40]


@pytest.mark.parametrize("with_community", [True, False])
def test_two_readings_of_a_day_are_refused_with_a_message(
    editor: Client, with_community: bool
) -> None:
    community = make_community("Reef").pk if with_community else ""
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
