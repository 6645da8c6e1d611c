"""Bar charts: bars stand on zero, upright where their names have room below, else lying."""

from collections.abc import Sequence

from impact.metrics.charts.data import Bar, Measure, measure_of
from impact.metrics.charts.frame import EDGE, GAP, Frame, Room, names_below, value_axis
from impact.metrics.charts.scales import Scale, ticks
from impact.metrics.charts.shapes import (
    Box,
    Column,
    Drawing,
    Label,
    Rule,
    centred,
    shortened,
    text_width,
)

# The part of its place that an upright bar fills.
_FILL = 0.68
# A lying bar, in parts of the type's size; its name stands above it.
_THICKNESS, _ROW = 0.9, 2.9


def draw_bars(bars: Sequence[Bar], frame: Frame) -> Drawing:
    """Draw bars in the order given. Raises ValueError for values of several units."""
    measure = measure_of(bar.quantity for bar in bars if bar.quantity)
    return _upright(bars, frame, measure) or _lying(bars, frame)


def _upright(bars: Sequence[Bar], frame: Frame, measure: Measure) -> Drawing | None:
    """Draw upright bars; None if names would have to be left out that are no years."""
    axis = value_axis(frame, [bar.quantity.value for bar in bars if bar.quantity], measure)
    place = (axis.plot.right - axis.plot.left) / max(len(bars), 1)
    middles = [axis.plot.left + (number + 0.5) * place for number in range(len(bars))]
    below = names_below(frame, [(x, bar.label) for x, bar in zip(middles, bars, strict=True)])
    in_sequence = all(bar.label.isdigit() for bar in bars)
    if len(below) < len(bars) and not in_sequence:
        return None
    columns = []
    zero, view = axis.plot.bottom, Box(0, 0, frame.width, frame.height)
    room = Room(view, [label.box for label in (*axis.labels, *below)])
    for middle, bar in zip(middles, bars, strict=True):
        if bar.quantity is None:
            continue
        zero, end = axis.scale(bar.quantity.value * 0), axis.scale(bar.quantity.value)
        half = _FILL * place / 2
        columns.append(
            Column(
                Box(middle - half, min(zero, end), middle + half, max(zero, end)),
                bar.quantity.precision != "exact",
                f"{bar.label}: {bar.quantity.spoken}",
            )
        )
        # A label keeps to the place of its bar, so that each stands over its own.
        text = bar.quantity.short
        if text_width(text, frame.size) <= place:
            y = end - 0.4 * frame.size if end <= zero else end + 1.1 * frame.size
            room.place(Label(middle, y, text, "value", frame.size, anchor="middle"))
    return Drawing(
        name=frame.name,
        width=frame.width,
        height=frame.height,
        size=frame.size,
        plot=axis.plot,
        rules=axis.rules,
        columns=tuple(columns),
        labels=(*axis.labels, *below, *room.labels),
    )


def _lying(bars: Sequence[Bar], frame: Frame) -> Drawing:
    """Draw lying bars, each with its name above and its value at its end."""
    size = frame.size
    known = [bar.quantity for bar in bars if bar.quantity]
    steps = ticks((quantity.value for quantity in known), frame.most_ticks)
    room = max((text_width(quantity.short, size) for quantity in known), default=0) + GAP
    low = min((quantity.value for quantity in known), default=steps[0])
    plot = Box(room if low < 0 else EDGE, 0, frame.width - room, len(bars) * _ROW * size)
    scale = Scale(steps[0], steps[-1], plot.left, plot.right)
    zero = scale(steps[0] * 0)
    labels, columns, rules = [], [], []
    for number, bar in enumerate(bars):
        top = number * _ROW * size
        name = shortened(bar.label, size, frame.width - 2 * EDGE)
        labels.append(Label(EDGE, top + size, name, "row", size))
        rules.append(Rule((zero, top + 1.3 * size), (zero, top + 2.5 * size), zero=True))
        if bar.quantity is None:
            continue
        end = scale(bar.quantity.value)
        box = Box(
            min(zero, end), top + 1.45 * size, max(zero, end), top + (1.45 + _THICKNESS) * size
        )
        columns.append(
            Column(box, bar.quantity.precision != "exact", f"{bar.label}: {bar.quantity.spoken}")
        )
        negative = bar.quantity.value < 0
        labels.append(
            Label(
                end - 6 if negative else end + 6,
                centred((box.top + box.bottom) / 2, size),
                bar.quantity.short,
                "value",
                size,
                anchor="end" if negative else "start",
            )
        )
    return Drawing(
        name=frame.name,
        width=frame.width,
        height=plot.bottom,
        size=size,
        plot=plot,
        rules=tuple(rules),
        columns=tuple(columns),
        labels=labels,
    )
