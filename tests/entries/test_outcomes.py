"""Reporting numbers in a story."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from impact.entries.models import StoryOutcome
from impact.gallery.models import GalleryPage
from tests.entries.forms import story_data
from tests.factories import make_metric, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


def outcome(value: str, **changes: Any) -> dict[str, Any]:
    fields = {
        "value": value,
        "precision": "exact",
        "unit": "",
        "currency": "",
        "what": "farmers trained",
        "evidence_url": "",
        "metric": "",
    }
    return {**fields, **changes}


def post(client: Client, *outcomes: dict[str, Any]) -> list[dict[str, list[str]]]:
    """Save a draft with outcomes and return the errors of each."""
    gallery = GalleryPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["entries", "storypage", gallery.pk])
    data = story_data(outcomes=inline_formset(list(outcomes)), **{"action-publish": "1"})
    response = client.post(address, data)
    if response.status_code == 302:
        return []
    formset = response.context["form"].formsets["outcomes"]
    return [{name: list(texts) for name, texts in errors.items()} for errors in formset.errors]


def saved() -> tuple[Any, ...]:
    (found,) = StoryOutcome.objects.values_list("value", "precision", "unit", "currency")
    return found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"value": "300"}, (300, "exact", "count", "")),
        ({"value": "~300"}, (300, "about", "count", "")),
        ({"value": "> 2,000", "unit": "people"}, (2000, "at-least", "people", "")),
        ({"value": "97%"}, (97, "exact", "percent", "")),
        ({"value": "€1,5 Mio."}, (1_500_000, "exact", "currency", "EUR")),
        ({"value": "$2.2M", "currency": "USD"}, (2_200_000, "exact", "currency", "USD")),
        ({"value": "5", "unit": "currency", "currency": "GBP"}, (5, "exact", "currency", "GBP")),
    ],
)
def test_an_outcome_takes_from_its_number_what_is_not_chosen(
    editor: Client, fields: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    assert post(editor, outcome(**fields)) == []
    assert saved() == (Decimal(expected[0]), *expected[1:])


def test_an_outcome_of_a_metric_has_its_unit_and_currency(editor: Client) -> None:
    grants = make_metric("Grants", unit="currency", currency="GBP")
    assert post(editor, outcome("£64k", metric=grants.pk)) == []
    assert saved() == (64_000, "exact", "currency", "GBP")
    assert StoryOutcome.objects.get().metric == grants


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"value": "forty"}, "value"),
        ({"value": "1.234"}, "value"),
        ({"value": "~5", "precision": "at-most"}, "value"),
        ({"value": "5%", "unit": "people"}, "value"),
        ({"value": "$5"}, "currency"),
        ({"value": "€5", "currency": "USD"}, "value"),
        ({"value": "5", "unit": "currency"}, "currency"),
        ({"value": "5", "currency": "EUR"}, "currency"),
        ({"value": "5", "unit": "currency", "currency": "ZZZ"}, "currency"),
        ({"value": "5", "evidence_url": "here"}, "evidence_url"),
        ({"value": "5", "what": ""}, "what"),
    ],
)
def test_what_contradicts_itself_or_could_be_two_things_is_refused_where_it_stands(
    editor: Client, fields: dict[str, Any], wrong: str
) -> None:
    (found,) = post(editor, outcome(**fields))
    assert list(found) == [wrong]


def test_a_unit_that_is_not_the_metrics_is_refused(editor: Client) -> None:
    metric = make_metric("Hours", unit="hours")
    (found,) = post(editor, outcome("5", unit="people", metric=metric.pk))
    assert found == {"metric": ["This metric is counted in another unit: Hours."]}


def test_a_story_reports_a_thing_once(editor: Client) -> None:
    found = post(editor, outcome("120"), outcome("~ 120", what="Farmers  trained"))
    assert found == [{}, {"what": ["The story reports this twice. Say it once."]}]
    assert post(editor, outcome("120"), outcome("5", unit="hours")) == []
