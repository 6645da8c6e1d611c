"""The tables and the chart say what was measured, and notice what is missed."""

import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.benchmarks import chart
from tests.benchmarks.__main__ import MEASURES
from tests.benchmarks.rates import read_wrk
from tests.benchmarks.ratios import RATIOS, Found, growth_table, ratio_table

SIZES = (1000, 100_000)


@pytest.fixture
def found() -> Found:
    """Measurements of a site that grows by nothing, with one round that was disturbed."""
    return Found(
        SIZES,
        times={(name, size): [2.0, 90.0, 2.0] for name in MEASURES for size in SIZES},
        statements={(name, size): 3 for name in MEASURES for size in SIZES},
        memory={1000: 80.0, 100_000: 120.0},
        rates={"kept gallery": [70.0], "constant view": [100.0]},
    )


def value(found: Found, name: str) -> float:
    return next(ratio for ratio in RATIOS if ratio.name.startswith(name)).value(found)


def test_ratios_are_of_medians(found: Found) -> None:
    assert value(found, "publishing") == 1
    assert value(found, "filtered gallery") == 0
    assert value(found, "memory") == 40
    assert value(found, "kept gallery") == 0.7


def test_what_a_larger_collection_adds_is_told_in_empty_pages(found: Found) -> None:
    found.times["gallery", 100_000] = [5.0]
    assert value(found, "filtered gallery") == 1.5


@pytest.mark.parametrize("sign", ["≤", "=", "≥"])
def test_a_ratio_beside_its_limit_is_missed(found: Found, sign: str) -> None:
    ratio = replace(RATIOS[0], sign=sign, limit=1.0)
    beside = {"≤": 1.01, "=": 1.01, "≥": 0.99}[sign]
    assert replace(ratio, value=lambda found: 1.0).holds(found) is True
    assert replace(ratio, value=lambda found: beside).holds(found) is False
    assert replace(ratio, value=lambda found: math.nan).holds(found) is None


def test_the_table_names_what_is_missed_and_what_was_not_measured(found: Found) -> None:
    found.times["publish", 100_000] = [9.0]
    lines = {
        line.split(",")[0].split(":")[0].strip(): line for line in ratio_table(found).split("\n")
    }
    assert "MISSED" in lines["publishing one story"]
    assert "4.50" in lines["publishing one story"]
    assert "not measured" in lines["nginx proxy_cache"]
    assert "×4.50" in growth_table(found)


def test_the_chart_is_an_image_with_a_line_for_each_measure(found: Found) -> None:
    root = ElementTree.fromstring(chart.draw(found))  # noqa: S314
    lines = root.findall("{http://www.w3.org/2000/svg}path[@fill='none']")
    assert len(lines) == len(chart.LINES)
    assert "plain Wagtail listing, no counts, 2 ms" in [element.text for element in root.iter()]


def test_a_rate_with_failed_requests_is_none() -> None:
    good = "Requests/sec:   1234.5\n"
    assert read_wrk(good) == 1234.5
    for bad in (f"{good}  Non-2xx or 3xx responses: 3", f"{good}  Socket errors: read 1", ""):
        with pytest.raises(SystemExit):
            read_wrk(bad)
