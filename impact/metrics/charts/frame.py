"""The frame of a chart with upright values: its sizes, its value axis, and finding room for labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from impact.metrics.charts.data import Measure
from impact.metrics.charts.scales import Scale, ticks
from impact.metrics.charts.shapes import Box, Label, Position, Rule, centred, text_width

# Between a label and what it belongs to, and between a label and the edge of the drawing.
GAP, EDGE = 8.0, 1.0


@dataclass(frozen=True)
class Frame:
    """A size to draw at: units, those of its type, how many ticks and labelled points read well."""

    name: str
    width: float
    height: float
    size: float
    most_ticks: int
    most_labels: int


# Each chart is drawn twice, and the style sheet shows the one whose type comes out readable.
WIDE = Frame("wide", 640, 290, 14, 6, 12)
NARROW = Frame("narrow", 320, 230, 13, 5, 8)
# One of several small ones, side by side.
PANEL = Frame("panel", 300, 160, 13, 4, 2)


@dataclass(frozen=True)
class Axis:
    """The value axis of a frame: its scale, light rules and their labels."""

    scale: Scale
    plot: Box
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...]


def value_axis(
    frame: Frame, values: Iterable[Decimal], measure: Measure, right: float = GAP
) -> Axis:
    """Return the axis of values that always holds zero; `right` is the room kept beside the plot."""
    steps = ticks(values, frame.most_ticks)
    words = [measure.text(step) for step in steps]
    left = max(text_width(text, frame.size) for text in words) + GAP + EDGE
    # Above: a value's label. Below: the years, and a label where a value is negative.
    below = frame.size * (3.3 if steps[0] < 0 else 2)
    plot = Box(left, frame.size * 1.9, frame.width - right, frame.height - below)
    scale = Scale(steps[0], steps[-1], plot.bottom, plot.top)
    return Axis(
        scale=scale,
        plot=plot,
        rules=tuple(
            Rule((plot.left, scale(step)), (plot.right, scale(step)), zero=not step)
            for step in steps
        ),
        labels=tuple(
            Label(
                left - GAP, centred(scale(step), frame.size), text, "tick", frame.size, anchor="end"
            )
            for step, text in zip(steps, words, strict=True)
        ),
    )


def names_below(frame: Frame, spots: Sequence[tuple[float, str]]) -> list[Label]:
    """Return labels below the plot, from left to right; as many as have room, the last one always."""
    baseline = frame.height - 0.5 * frame.size
    placed: list[Label] = []
    for step in range(1, len(spots) + 1):
        placed = [
            _inside(frame, Label(x, baseline, text, "name", frame.size, anchor="middle"))
            for x, text in spots[::-1][::step][::-1]
        ]
        if all(a.box.right + GAP <= b.box.left for a, b in pairwise(placed)):
            break
    return placed


def _inside(frame: Frame, label: Label) -> Label:
    """Move a centred label as far as the edge of the drawing asks."""
    half = text_width(label.text, label.size) / 2 + EDGE
    x = min(max(label.x, half), frame.width - half)
    return Label(x, label.y, label.text, label.kind, label.size, label.anchor, label.series)


class Room:
    """What is taken in a drawing: a label goes where it meets nothing."""

    def __init__(self, view: Box, taken: Iterable[Box]) -> None:
        self.view = view
        self.taken = list(taken)
        self.strokes: list[tuple[Position, Position]] = []
        self.labels: list[Label] = []

    def place(self, *candidates: Label) -> Label | None:
        """Keep the first of several places that is free; None when none is."""
        for label in candidates:
            box = label.box
            if (
                self.view.holds(box)
                and not any(box.overlaps(other) for other in self.taken)
                and not any(box.crossed_by(*stroke) for stroke in self.strokes)
            ):
                self.taken.append(box)
                self.labels.append(label)
                return label
        return None
