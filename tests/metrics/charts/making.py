"""Series and bars for tests, made by hand or by Hypothesis."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from impact.metrics.charts import Bar, Point, Series
from impact.pages.quantities import Quantity

PRECISIONS = ("exact", "about", "at-least", "at-most")


def quantity(value: Any, precision: str = "exact", unit: str = "count") -> Quantity:
    return Quantity(
        Decimal(str(value)), precision, unit, currency="USD" if unit == "currency" else ""
    )


def series(
    values: Sequence[Any], name: str = "Members", *, start: int = 2020, **how: str
) -> Series:
    """A series from a year on; None is a year without a figure."""
    return Series(
        name,
        [
            Point(start + number, None if value is None else quantity(value, **how))
            for number, value in enumerate(values)
        ],
    )


def bars(*values: Any, **how: str) -> list[Bar]:
    """Bars of the years from 2001 on."""
    return [
        Bar(str(2001 + number), None if value is None else quantity(value, **how))
        for number, value in enumerate(values)
    ]


amounts = st.one_of(
    st.integers(-(10**15), 10**15).map(Decimal),
    st.decimals(-1000, 1000, places=4, allow_nan=False, allow_infinity=False),
    st.sampled_from([Decimal(0), Decimal("0.0001"), Decimal(10) ** 12, -(Decimal(10) ** 12)]),
)
units = st.sampled_from(["count", "people", "currency", "percent", "hours"])
names = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), max_codepoint=0x4FFF),
    min_size=1,
    max_size=40,
).filter(str.strip)


@st.composite
def made_series(draw: st.DrawFn, unit: str) -> Series:
    """Up to thirty years of any values, some of them missing, with any precision."""
    points = draw(
        st.lists(
            st.tuples(
                st.integers(1995, 2026),
                st.none() | st.tuples(amounts, st.sampled_from(PRECISIONS)),
            ),
            min_size=1,
            max_size=30,
            unique_by=lambda point: point[0],
        )
    )
    return Series(
        draw(names),
        [Point(year, value and quantity(*value, unit=unit)) for year, value in points],
    )


@st.composite
def several_series(draw: st.DrawFn) -> list[Series]:
    """Up to nine series of one unit."""
    unit = draw(units)
    return draw(st.lists(made_series(unit), min_size=1, max_size=9))


@st.composite
def made_bars(draw: st.DrawFn) -> list[Bar]:
    """Up to fifteen bars of one unit, named by years or by anything."""
    unit = draw(units)
    values = draw(
        st.lists(
            st.none() | st.tuples(amounts, st.sampled_from(PRECISIONS)), min_size=1, max_size=15
        )
    )
    labels = (
        [str(2000 + number) for number in range(len(values))]
        if draw(st.booleans())
        else [draw(names) for _ in values]
    )
    return [
        Bar(label, value and quantity(*value, unit=unit))
        for label, value in zip(labels, values, strict=True)
    ]
