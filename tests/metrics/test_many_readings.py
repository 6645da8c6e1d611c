"""The table of a metric with more readings than it shows."""

from collections.abc import Iterable
from datetime import date, timedelta
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
from impact.metrics.readings_table import ReadingFormSet
from tests.factories import make_community, make_metric, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.long]

METRIC = "wagtailsnippets_metrics_metric"
NEWEST = date(2024, 12, 31)
ROWS = 12
Rows = list[dict[str, Any]]


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


@pytest.fixture
def short_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody waits for the drawing of many rows."""
    monkeypatch.setattr(ReadingFormSet, "rows", ROWS)


def metric_of(number: int) -> Metric:
    """A metric with a reading a day, numbered from the newest."""
    metric = make_metric("Members", unit="people")
    Reading.objects.bulk_create(
        Reading(metric=metric, value=n, date=NEWEST - timedelta(days=n), note=f"No. {n}")
        for n in range(number)
    )
    return metric


def address(metric: Metric) -> str:
    return reverse(f"{METRIC}:edit", args=[metric.pk])


def rows_of(response: Any) -> Rows:
    """The rows of the form as a browser would send them."""
    return [
        {name: "" if (value := row[name].value()) is None else value for name in row.fields}
        | {"DELETE": ""}
        for row in response.context["form"].formsets["readings"].initial_forms
    ]


def send(editor: Client, metric: Metric, rows: Rows, new: Iterable[dict[str, Any]] = ()) -> Any:
    fields = {
        "name": "Members", "slug": metric.slug, "unit": "people", "currency": "",
        "description": "", "direction": "up",
    }  # fmt: skip
    added = [
        {"precision": "exact", "community": "", "period_start": "", "source_url": "", "note": ""}
        | row
        for row in new
    ]
    formset = inline_formset([*rows, *added], initial=len(rows))
    return editor.post(address(metric), nested_form_data({**fields, "readings": formset}))


def others(*dates: date) -> list[Any]:
    return list(Reading.objects.exclude(date__in=dates).order_by("pk").values_list())


def test_statements_do_not_depend_on_how_many_readings_there_are(editor: Client) -> None:
    counted = {}
    for number in (10, 2000):
        metric = metric_of(number)
        editor.get(address(metric))
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(address(metric))
        rows = rows_of(page)
        rows[3]["value"] = "~777"
        with CaptureQueriesContext(connection) as more:
            assert send(editor, metric, rows).status_code == 302
        counted[number] = (len(queries), len(more))
        assert Reading.objects.filter(value=777, precision="about").count() == 1
        metric.delete()
    assert counted[10] == counted[2000]


@pytest.mark.usefixtures("short_table")
def test_the_newest_are_shown_and_the_others_are_on_further_pages(editor: Client) -> None:
    metric = metric_of(ROWS + 5)
    first = editor.get(address(metric))
    assert [row["note"] for row in rows_of(first)] == [f"No. {n}" for n in range(ROWS)]
    assert f"Readings 1 to {ROWS} of {ROWS + 5}, the newest first." in first.content.decode()
    older = editor.get(address(metric), {"page": 2})
    assert [row["note"] for row in rows_of(older)] == [f"No. {n}" for n in range(ROWS, ROWS + 5)]
    assert reverse(f"{METRIC}:import_readings") in older.content.decode()


@pytest.mark.usefixtures("short_table")
def test_few_readings_have_no_pages(editor: Client) -> None:
    page = editor.get(address(metric_of(3))).content.decode()
    assert "the newest first. What is not" not in page
    assert "Older readings" not in page


@pytest.mark.parametrize("shown", [1, 2])
@pytest.mark.usefixtures("short_table")
def test_one_changed_row_leaves_all_others_as_they_are(editor: Client, shown: int) -> None:
    metric = metric_of(ROWS + 50)
    rows = rows_of(editor.get(address(metric), {"page": shown}))
    rows[7]["value"] = "~9100"
    day = rows[7]["date"]
    before = others(day)
    with CaptureQueriesContext(connection) as queries:
        assert send(editor, metric, rows).status_code == 302
    assert (
        Reading.objects.values_list("value", "precision").get(date=day)
        == (9100, "about")
    )  # fmt: skip
    assert others(day) == before
    written = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "metrics_reading"')]
    assert len(written) == 1


@pytest.mark.usefixtures("short_table")
def test_rows_are_added_and_deleted_beside_those_that_are_not_shown(editor: Client) -> None:
    metric = metric_of(ROWS + 5)
    rows = rows_of(editor.get(address(metric)))
    rows[0]["DELETE"] = "on"
    # The day that has just become free.
    send(editor, metric, rows, [{"date": "2024-12-31", "value": "5"}])
    assert Reading.objects.count() == ROWS + 5
    newest = Reading.objects.get(date=NEWEST)
    assert (newest.value, newest.note) == (5, "")


@pytest.mark.usefixtures("short_table")
def test_an_error_in_a_row_keeps_what_was_typed_in_all(editor: Client) -> None:
    metric = metric_of(ROWS + 5)
    rows = rows_of(editor.get(address(metric), {"page": 2}))
    rows[1]["value"], rows[2]["note"] = "forty", "Counted again"
    before = others()
    response = send(editor, metric, rows, [{"date": "2025-12-31", "value": "~60"}])
    formset = response.context["form"].formsets["readings"]
    assert [list(errors) for errors in formset.errors] == [[], ["value"], [], [], [], []]
    page = response.content.decode()
    assert 'value="forty"' in page
    assert 'value="Counted again"' in page
    assert 'value="~60"' in page
    assert others() == before


@pytest.mark.usefixtures("short_table")
def test_a_day_that_a_reading_elsewhere_has_is_refused(editor: Client) -> None:
    metric = metric_of(ROWS + 5)
    rows = rows_of(editor.get(address(metric)))
    hidden = (NEWEST - timedelta(days=ROWS + 1)).isoformat()
    rows[0]["date"] = hidden
    shown = {"date": rows[4]["date"].isoformat(), "value": "5"}
    formset = send(editor, metric, rows, [shown]).context["form"].formsets["readings"]
    assert formset.errors[0]["date"] == [
        "There is another reading for this day, which is not among these rows."
    ]
    assert formset.errors[-1]["date"] == ["There is another reading for this day."]
    assert Reading.objects.get(note="No. 0").date == NEWEST


@pytest.mark.usefixtures("short_table")
def test_a_row_whose_reading_is_gone_says_so(editor: Client) -> None:
    metric = metric_of(3)
    rows = rows_of(editor.get(address(metric)))
    Reading.objects.get(note="No. 1").delete()
    response = send(editor, metric, rows)
    assert response.context["form"].formsets["readings"].errors[1] == {
        "__all__": ["Somebody has deleted this reading. Delete the row, or add it anew."]
    }
    rows[1]["DELETE"] = "on"
    assert send(editor, metric, rows).status_code == 302
    assert Reading.objects.count() == 2


@pytest.mark.usefixtures("short_table")
def test_what_was_changed_meanwhile_stays_where_the_editor_left_it_alone(editor: Client) -> None:
    metric, reef = metric_of(5), make_community("Reef")
    rows = rows_of(editor.get(address(metric)))
    Reading.objects.filter(note="No. 1").update(value=500, community=reef)
    Reading.objects.filter(note="No. 2").update(date=date(2025, 12, 31))
    rows[3]["value"] = "~9100"
    assert send(editor, metric, rows).status_code == 302
    values = dict(Reading.objects.values_list("note", "value"))
    assert (values["No. 1"], values["No. 3"]) == (500, 9100)
    assert Reading.objects.get(note="No. 1").community == reef
    assert Reading.objects.get(note="No. 2").date == date(2025, 12, 31)


@pytest.mark.usefixtures("short_table")
def test_what_two_have_changed_is_asked_about_once(editor: Client) -> None:
    metric = metric_of(5)
    rows = rows_of(editor.get(address(metric)))
    Reading.objects.filter(note="No. 1").update(value=500, precision="about")
    Reading.objects.filter(note="No. 2").update(value=600)
    rows[1]["value"] = "77"
    response = send(editor, metric, rows)
    formset = response.context["form"].formsets["readings"]
    said = (
        "Somebody has changed this reading meanwhile: about 500, 2024-12-30. "
        "Save again to replace it."
    )
    assert [dict(errors) for errors in formset.errors] == [{}, {"__all__": [said]}, {}, {}, {}]
    assert Reading.objects.get(note="No. 1").value == 500
    again = rows_of(response)
    assert again[1]["value"] == "77"
    assert send(editor, metric, again).status_code == 302
    values = dict(Reading.objects.values_list("note", "value"))
    assert (values["No. 1"], values["No. 2"]) == (77, 600)


@pytest.mark.usefixtures("short_table")
def test_readings_of_another_metric_are_out_of_reach(editor: Client) -> None:
    metric, other = metric_of(2), make_metric("Visits", unit="people")
    foreign = Reading.objects.create(metric=other, value=1, date=NEWEST)
    rows = rows_of(editor.get(address(metric)))
    rows[0] |= {"id": foreign.pk, "value": "666"}
    assert send(editor, metric, rows).status_code == 200
    foreign.refresh_from_db()
    assert (foreign.value, foreign.metric) == (1, other)


@pytest.mark.usefixtures("short_table")
def test_what_a_metric_refers_to_is_noted_for_all_of_its_readings(editor: Client) -> None:
    metric, reef = metric_of(ROWS + 1), make_community("Reef")
    Reading.objects.filter(note=f"No. {ROWS}").update(community=reef)
    rows = rows_of(editor.get(address(metric)))
    rows[0]["community"] = "Reef"
    send(editor, metric, rows)
    assert ReferenceIndex.get_references_to(reef).count() == 2
