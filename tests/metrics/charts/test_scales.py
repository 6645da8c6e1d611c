"""Round numbers on an axis."""

from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from impact.metrics.charts.data import Measure, measure_of
from impact.metrics.charts.scales import Scale, ticks
from tests.metrics.charts.making import amounts, quantity, units


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], "0 1"),
        ([0], "0 1"),
        ([3, 17], "0 5 10 15 20"),
        ([1, 2], "0 1 2"),
        ([120], "0 25 50 75 100 125"),
        (["0.0003"], "0 0.0001 0.0002 0.0003"),
        ([-4, 9], "-5 0 5 10"),
        ([-3], "-3 -2 -1 0"),
        ([47.5, 60], "0 20 40 60"),
        (["1e12"], "0 200000000000 400000000000 600000000000 800000000000 1000000000000"),
    ],
)
def test_ticks_are_round_numbers(values: list[object], expected: str) -> None:
    found = ticks([Decimal(str(value)) for value in values], 6)
    assert " ".join(str(tick) for tick in found) == expected


@given(st.lists(amounts, max_size=9), st.integers(3, 8))
def test_ticks_cover_the_data_and_zero_evenly(values: list[Decimal], most: int) -> None:
    found = ticks(values, most)
    assert 2 <= len(found) <= most
    assert found[0] <= min([*values, Decimal(0)])
    assert found[-1] >= max([*values, Decimal(0)])
    assert 0 in found
    assert len({after - before for before, after in pairwise(found)}) == 1


@given(st.lists(st.integers(-50, 50).map(Decimal), max_size=5), st.integers(3, 8))
def test_whole_numbers_are_never_divided(values: list[Decimal], most: int) -> None:
    assert all(tick == tick.to_integral_value() for tick in ticks(values, most))


@given(st.lists(amounts, max_size=5), units, st.sampled_from(["en", "de"]))
def test_no_two_ticks_are_written_the_same(values: list[Decimal], unit: str, language: str) -> None:
    measure = measure_of([quantity(1, unit=unit)])
    with translation.override(language):
        written = [measure.text(tick) for tick in ticks(values, 6)]
    assert len(set(written)) == len(written)


def test_a_scale_is_straight() -> None:
    scale = Scale(Decimal(-10), Decimal(30), 200, 0)
    assert [scale(Decimal(value)) for value in (-10, 0, 10, 30)] == [200, 150, 100, 0]


@pytest.mark.parametrize(
    ("language", "unit", "value", "text"),
    [
        ("en", "count", "12500", "12,500"),
        ("de", "count", "12500", "12.500"),
        ("en", "count", "1250000", "1.25M"),
        ("de", "count", "1250000", "1,25 Mio."),
        ("en", "currency", "2500000", "$2.5M"),
        ("de", "currency", "2500000", "2,5 Mio. $"),
        ("en", "percent", "47.5", "47.5%"),
        ("de", "percent", "47.5", "47,5 %"),
        ("en", "hours", "1250", "1,250"),
        ("de", "hours", "0.25", "0,25"),
    ],
)
def test_numbers_of_an_axis_follow_the_language(
    language: str, unit: str, value: str, text: str
) -> None:
    measure = Measure(unit, "USD" if unit == "currency" else "")
    with translation.override(language):
        assert measure.text(Decimal(value)).replace("\xa0", " ") == text


def test_several_units_have_no_common_scale() -> None:
    with pytest.raises(ValueError, match="several units"):
        measure_of([quantity(1), quantity(1, unit="hours")])
