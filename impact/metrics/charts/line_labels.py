"""What a line chart says at its points and at the ends of its lines, without one label on another."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from impact.metrics.charts.data import Series
from impact.metrics.charts.frame import GAP, Axis, Frame, Room
from impact.metrics.charts.shapes import Box, Label, Line, Mark, centred, text_width
from impact.pages.quantities import Quantity

# From a point to the edge of its label.
_OFF = 6.0
_LEADING, _BETWEEN = 1.12, 0.4
# The part of the width that the names of lines may take.
_NAMES_SHARE = 0.36


def label_points(
    series: Sequence[Series],
    axis: Axis,
    frame: Frame,
    spots: dict[int, float],
    marks: Sequence[Mark],
    lines: Sequence[Line],
    fixed: Sequence[Label],
) -> list[Label]:
    """Return the values of the only series: the last one always, others where they meet nothing."""
    room = _room(frame, marks, fixed)
    # Over the axis a value would read as one of its ticks.
    room.view = replace(room.view, left=axis.plot.left)
    room.strokes = [stroke for line in lines for piece in line.pieces for stroke in pairwise(piece)]
    for each in series:
        values = sorted(each.by_year.items())
        for number, (year, quantity) in enumerate(_told(values, frame.most_labels)):
            x, y = spots[year], axis.scale(quantity.value)
            room.place(*_around(x, y, quantity.short, frame.size, beside=not number))
    return room.labels


def label_ends(
    series: Sequence[Series],
    axis: Axis,
    frame: Frame,
    spots: dict[int, float],
    marks: Sequence[Mark],
    fixed: Sequence[Label],
) -> list[Label]:
    """Return the last values of several series, where they have room; a key names the lines."""
    room = _room(frame, marks, fixed)
    for number, each in enumerate(series):
        year, quantity = max(each.by_year.items())
        y = centred(axis.scale(quantity.value), frame.size)
        room.place(Label(spots[year] + GAP, y, quantity.short, "value", frame.size, series=number))
    return room.labels


def room_for_names(series: Sequence[Series], frame: Frame) -> float | None:
    """Return how wide names and last values of several series are; None if they don't fit whole."""
    words = [text for each in series for text in (each.name, _end(each, series))]
    widest = max(text_width(text, frame.size) for text in words)
    fit = len(series) * _end_height(frame) <= _end_bottom(frame)
    return widest if fit and widest <= _NAMES_SHARE * frame.width else None


def name_ends(series: Sequence[Series], axis: Axis, frame: Frame) -> list[Label]:
    """Return name and last value of each series beside the plot, moved apart; they must fit."""
    height = _end_height(frame)
    wanted = sorted(
        (axis.scale(each.quantities[-1].value) - height / 2, number)
        for number, each in enumerate(series)
    )
    tops = _spread([top for top, _ in wanted], height, _end_bottom(frame))
    x = axis.plot.right + GAP
    return [
        Label(x, top + offset * frame.size, text, kind, frame.size, series=number)
        for top, (_, number) in zip(tops, wanted, strict=True)
        for offset, text, kind in (
            (0.9, series[number].name, "series"),
            (0.9 + _LEADING, _end(series[number], series), "value"),
        )
    ]


def _end(one: Series, series: Sequence[Series]) -> str:
    """Return the last value of a series, with its year if others go on."""
    last = one.known[-1]
    value = one.quantities[-1].short
    return (
        f"{value} ({last.year})"
        if any(each.known[-1].year > last.year for each in series)
        else value
    )


def _end_height(frame: Frame) -> float:
    """Two lines, a name and a value, and the gap below."""
    return (2 * _LEADING + _BETWEEN) * frame.size


def _end_bottom(frame: Frame) -> float:
    """Below stand the years."""
    return frame.height - 1.3 * frame.size


def _spread(tops: Sequence[float], height: float, bottom: float) -> list[float]:
    """Move boxes of a height, from top to bottom, apart within 0 and `bottom`; they must fit."""
    placed: list[float] = []
    for top in tops:
        placed.append(max(top, 0, placed[-1] + height if placed else 0))
    limit = bottom
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], limit - height)
        limit = placed[number]
    return placed


def _room(frame: Frame, marks: Sequence[Mark], fixed: Sequence[Label]) -> Room:
    view = Box(0, 0, frame.width, frame.height)
    return Room(view, [*(mark.box for mark in marks), *(label.box for label in fixed)])


def _told(values: Sequence[tuple[int, Quantity]], most: int) -> list[tuple[int, Quantity]]:
    """Return at most so many values to label: newest, oldest, highest and lowest, and all if they fit."""
    by_size = sorted(values, key=lambda item: item[1].value)
    telling = [values[-1], values[0], by_size[-1], by_size[0]]
    others = reversed(values) if len(values) <= most else ()
    return list(dict([*telling, *others]).items())[:most]


def _around(x: float, y: float, text: str, size: float, *, beside: bool) -> Iterator[Label]:
    """Give the places of a label around its point, best first."""
    if beside:
        yield Label(x + GAP, centred(y, size), text, "last", size)
    above, below = y - _OFF - 0.25 * size, y + _OFF + 0.8 * size
    kind = "last" if beside else "value"
    for height in (above, below):
        yield Label(x, height, text, kind, size, anchor="middle")
    yield Label(x, above, text, kind, size, anchor="end")
    yield Label(x, above, text, kind, size, anchor="start")
    # Beside a steep line, before falling onto the rules below.
    yield Label(x + GAP, centred(y, size), text, kind, size)
    yield Label(x, below, text, kind, size, anchor="end")
    yield Label(x, below, text, kind, size, anchor="start")
