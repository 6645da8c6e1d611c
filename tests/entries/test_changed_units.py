"""A metric whose unit is changed after stories have reported outcomes for it."""

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from impact.entries.models import StoryOutcome
from impact.entries.outcome_sums import outcome_sums
from impact.gallery.models import GalleryPage
from impact.metrics.models import Metric
from impact.metrics.units import NAMED, odd_outcomes
from tests.factories import (
    add_outcome,
    make_community,
    make_metric,
    make_reading,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


@pytest.fixture
def metric(gallery: GalleryPage) -> Metric:
    """A metric with an outcome of 20 people."""
    found = make_metric("People trained", unit="people")
    add_outcome(make_story("Before"), 20, metric=found, unit="people")
    return found


def edit(editor: Client, metric: Metric, **changes: Any) -> Any:
    fields = {
        "name": metric.name, "slug": metric.slug, "unit": metric.unit, "currency": metric.currency,
        "description": "", "direction": "up",
    }  # fmt: skip
    data = nested_form_data({**fields, **changes, "readings": inline_formset([])})
    return editor.post(address(metric), data)


def address(metric: Metric) -> str:
    return reverse("wagtailsnippets_metrics_metric:edit", args=[metric.pk])


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def counted_otherwise(metric: Metric, unit: str) -> Metric:
    Metric.objects.filter(pk=metric.pk).update(unit=unit)
    metric.refresh_from_db()
    return metric


def test_outcomes_of_two_units_are_never_added_and_each_sum_says_so(metric: Metric) -> None:
    counted_otherwise(metric, "count")
    add_outcome(make_story("After"), 3, metric=metric, unit="count")
    stories = list(StoryOutcome.objects.values_list("page_id", flat=True))
    found = outcome_sums(stories)
    assert [(each.quantity.value, each.quantity.unit, each.apart) for each in found] == [
        (3, "count", True),
        (20, "people", True),
    ]
    StoryOutcome.objects.update(unit="count")
    assert [(each.quantity.spoken, each.apart) for each in outcome_sums(stories)] == [("23", False)]


def test_a_community_reads_that_sums_of_two_units_stand_apart(
    client: Client, metric: Metric
) -> None:
    reef = make_community("Reef")
    for unit, value in (("people", 20), ("count", 3)):
        story = make_story(f"In {unit}", communities=[reef])
        add_outcome(story, value, metric=metric, unit=unit)
    page = client.get(reef.url).content.decode()
    assert page.count("counted in another unit, and can’t be added to it.") == 2


def test_whoever_changes_the_unit_is_told_what_stays_behind(editor: Client, metric: Metric) -> None:
    make_reading(metric, 40, date(2024, 12, 31))
    response = edit(editor, metric, unit="hours")
    assert response.status_code == 302
    readings, outcomes, _saved = told(response)
    assert "The unit is now: Hours. 1 reading is read in it, not converted." in readings
    assert "1 outcome of a story keeps its old unit and is not added to the others" in outcomes
    assert StoryOutcome.objects.get().unit == "people"


def test_nobody_is_told_of_units_while_they_stay(editor: Client, metric: Metric) -> None:
    response = edit(editor, metric, name="People taught")
    assert len(told(response)) == 1
    assert "counted in another unit" not in editor.get(address(metric)).content.decode()


def test_the_form_names_the_stories_that_have_the_old_unit(editor: Client, metric: Metric) -> None:
    counted_otherwise(metric, "hours")
    add_outcome(make_story("After"), 3, metric=metric, unit="hours")
    page = editor.get(address(metric)).content.decode()
    assert "An outcome that adds to this metric is counted in another unit: People." in page
    before = StoryOutcome.objects.get(unit="people").page
    assert f'<a href="/admin/pages/{before.pk}/edit/">Before</a>' in page
    assert ">After</a>" not in page


def test_many_stories_are_counted_and_cost_one_statement(metric: Metric) -> None:
    for number in range(NAMED + 2):
        story = make_story(f"Story {number:02}")
        for value in (1, 2):
            add_outcome(
                story, value, f"thing {value}", metric=metric, unit="currency", currency="EUR"
            )
    with CaptureQueriesContext(connection) as queries:
        odd = odd_outcomes(metric)
    assert len(queries) == 1
    assert (odd.number, odd.units, len(odd.named), odd.others) == (
        2 * (NAMED + 2),
        ("EUR",),
        NAMED,
        2,
    )
