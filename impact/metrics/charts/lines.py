"""Line charts: where the points and lines of yearly series lie."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from impact.metrics.charts.data import Series, measure_of, years_of
from impact.metrics.charts.frame import GAP, Axis, Frame, names_below, value_axis
from impact.metrics.charts.line_labels import label_ends, label_points, name_ends, room_for_names
from impact.metrics.charts.shapes import Drawing, Line, Mark, Position, Rule, text_width

# Points keep off the axis by this much, and the notches of years are this long.
_INSET, _NOTCH = 10.0, 5.0


def draw_lines(
    series: Sequence[Series],
    frame: Frame,
    *,
    years: Sequence[int] = (),
    values: Sequence[Decimal] = (),
) -> Drawing:
    """Draw series over the years. `years` and `values` widen both axes, for charts that are compared.

    A line runs only through years that follow each other: a gap stays one. Several lines are named where
    they end; if their names have no room, in a key. Raises ValueError for series of several units.
    """
    shown = [each for each in series if each.known]
    years = sorted({*years, *years_of(shown)})
    quantities = [quantity for each in shown for quantity in each.quantities]
    names = room_for_names(shown, frame) if len(shown) > 1 else None
    room = names or max((text_width(q.short, frame.size) for q in quantities), default=0)
    amounts = [*values, *(quantity.value for quantity in quantities)]
    axis = value_axis(frame, amounts, measure_of(quantities), room + 2 * GAP)
    spots = _spots(years, axis)
    lines = tuple(_line(number, each, axis, spots) for number, each in enumerate(shown))
    marks = tuple(
        mark
        for number, each in enumerate(shown)
        for mark in _marks(number, each, axis, spots, named=len(shown) > 1)
    )
    fixed = [
        *axis.labels,
        *names_below(frame, [(x, str(year)) for year, x in spots.items()]),
    ]
    if names is not None:
        placed = name_ends(shown, axis, frame)
    elif len(shown) > 1:
        placed = label_ends(shown, axis, frame, spots, marks, fixed)
    else:
        placed = label_points(shown, axis, frame, spots, marks, lines, fixed)
    return Drawing(
        name=frame.name,
        width=frame.width,
        height=frame.height,
        size=frame.size,
        plot=axis.plot,
        rules=(*axis.rules, *_notches(spots, axis)),
        lines=lines,
        marks=marks,
        labels=(*fixed, *placed),
        keyed=len(shown) > 1 and names is None,
    )


def _spots(years: Sequence[int], axis: Axis) -> dict[int, float]:
    """Return where each year lies."""
    left, right = axis.plot.left + _INSET, axis.plot.right - _INSET
    if len(years) == 1:
        return {years[0]: (left + right) / 2}
    span = years[-1] - years[0] if years else 1
    return {year: left + (year - years[0]) / span * (right - left) for year in years}


def _notches(spots: dict[int, float], axis: Axis) -> Iterator[Rule]:
    bottom = axis.plot.bottom
    for x in spots.values():
        yield Rule((x, bottom), (x, bottom + _NOTCH))


def _line(number: int, series: Series, axis: Axis, spots: dict[int, float]) -> Line:
    pieces: list[list[Position]] = []
    before: int | None = None
    for year, quantity in sorted(series.by_year.items()):
        if before is None or year != before + 1:
            pieces.append([])
        pieces[-1].append((spots[year], axis.scale(quantity.value)))
        before = year
    return Line(number, tuple(tuple(piece) for piece in pieces))


def _marks(
    number: int, series: Series, axis: Axis, spots: dict[int, float], *, named: bool
) -> Iterator[Mark]:
    for year, quantity in sorted(series.by_year.items()):
        words = f"{year}: {quantity.spoken}"
        yield Mark(
            x=spots[year],
            y=axis.scale(quantity.value),
            series=number,
            hollow=quantity.precision != "exact",
            words=f"{series.name}, {words}" if named else words,
        )
