"""The file of readings that the documentation shows is one that can be imported."""

import re

import pytest

from impact.metrics.exchange.imports import import_readings
from impact.metrics.models import Reading
from impact.pages.amounts import AmountError, read_amount
from impact.settings.env import BASE_DIR
from tests.factories import make_community, make_metric

GUIDE = (BASE_DIR / "docs" / "writers.md").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_example_of_a_file_is_imported() -> None:
    make_metric("People trained", unit="people")
    make_metric("Small grants", unit="currency", currency="GBP")
    make_metric("Volunteer hours", unit="hours")
    make_community("Kalmi Char River School")
    (example,) = re.findall(r"```csv\n(.*?)```", GUIDE, re.DOTALL)
    done = import_readings(example.encode())
    assert [str(problem) for problem in done.problems] == []
    assert [step.value for step in done.steps] == [
        "about 1,120",
        "84",
        "£61,300",
        "at least 22,750 hours",
    ]
    assert Reading.objects.count() == 4


def test_the_numbers_that_it_shows_are_read_as_it_says() -> None:
    (paragraph,) = re.findall(r"^Write a number as.*?(?=\n\n)", GUIDE, re.DOTALL | re.MULTILINE)
    shown = re.findall(r"`([^`]+)`", paragraph)
    read = {}
    for text in shown:
        try:
            amount = read_amount(text)
            read[text] = f"{amount.precision} {amount.value}".strip()
        except AmountError:
            read[text] = "refused"
    assert read == {
        "9100": "9100",
        "~9100": "about 9100",
        "about 40": "about 40",
        "≥ 2000": "at-least 2000",
        "up to 5": "at-most 5",
        "12k": "12000",
        "$2.2M": "2200000",
        "€1,5 Mio.": "1500000",
        "> 2000": "at-least 2000",
        "1.234": "refused",
    }
