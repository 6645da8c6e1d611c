"""What is named without an address gets one."""

import pytest
from django.db import models

from impact.metrics.models import Metric
from impact.people.models import Author
from impact.taxonomy.models import Category

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Category, Author, Metric])
def test_a_name_gives_the_address(model: type[models.Model]) -> None:
    made = model._default_manager.create(name="Größe und Maß")
    assert made.slug == "größe-und-maß"
    made.name = "Renamed"
    made.save()
    assert made.slug == "größe-und-maß"


def test_two_of_a_name_have_two_addresses() -> None:
    assert [Author.objects.create(name="Ana Ruiz").slug for _ in range(3)] == [
        "ana-ruiz",
        "ana-ruiz-2",
        "ana-ruiz-3",
    ]


def test_an_address_that_is_given_stays() -> None:
    assert Author.objects.create(name="Ana Ruiz", slug="ana").slug == "ana"


def test_a_name_without_letters_has_an_address() -> None:
    assert Author.objects.create(name="!!!").slug == "author"
