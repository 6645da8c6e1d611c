"""What a chart is drawn with: boxes, labels, markers, lines and bars, in units of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Position = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

# Widths of characters in parts of the type's size: on the wide side, so that a label in a fallback
# typeface still fits its place.
_NARROW = frozenset(" .,:;'’|!()[]ijlIftr\u00a0\u202f")
_NARROW_WIDTH, _DIGIT_WIDTH, _LETTER_WIDTH, _CAPITAL_WIDTH, _WIDE_WIDTH = (
    0.36,
    0.56,
    0.58,
    0.72,
    1.05,
)
_WIDE_FROM = "\u1100"
_ASCENT, _DESCENT = 0.8, 0.25


def text_width(text: str, size: float) -> float:
    """Return how much room a text takes at most in type of a size."""
    return size * sum(_character_width(character) for character in text)


def _character_width(character: str) -> float:
    if character in _NARROW:
        return _NARROW_WIDTH
    if character.isdigit():
        return _DIGIT_WIDTH
    if character >= _WIDE_FROM and character not in "–—‘’“”…":
        return _WIDE_WIDTH
    if character in "mwMW%@~€£¥…—" or character.isupper():
        return 0.88 if character in "mwMW%@…—" else _CAPITAL_WIDTH
    return _LETTER_WIDTH


def shortened(text: str, size: float, room: float) -> str:
    """Return a text that fits into a room, cut with an ellipsis where it must be."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


@dataclass(frozen=True)
class Box:
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Return whether two boxes share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Return whether another box lies within this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def crossed_by(self, start: Position, end: Position) -> bool:
        """Return whether a straight line between two positions touches the box."""
        enter, leave = 0.0, 1.0
        for low, high, origin, delta in (
            (self.left, self.right, start[0], end[0] - start[0]),
            (self.top, self.bottom, start[1], end[1] - start[1]),
        ):
            if not delta:
                if not low <= origin <= high:
                    return False
                continue
            first, last = sorted(((low - origin) / delta, (high - origin) / delta))
            enter, leave = max(enter, first), min(leave, last)
        return enter <= leave


@dataclass(frozen=True)
class Label:
    """A line of text; `x` is its start, middle or end, `y` its baseline. `kind` names its style."""

    x: float
    y: float
    text: str
    kind: str
    size: float
    anchor: Anchor = "start"
    series: int | None = None

    @property
    def hue(self) -> int | None:
        """The number of its colour, if it speaks of a line."""
        return None if self.series is None else self.series % HUES

    @property
    def box(self) -> Box:
        """The room it takes at most."""
        width = text_width(self.text, self.size)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - _ASCENT * self.size, left + width, self.y + _DESCENT * self.size)


def centred(y: float, size: float) -> float:
    """Return the baseline of text whose figures stand level with a height."""
    return y + 0.34 * size


@dataclass(frozen=True)
class Rule:
    """A straight line of the frame: a light one at a tick, or the baseline."""

    start: Position
    end: Position
    zero: bool = False

    @property
    def path(self) -> str:
        """It as a path."""
        return f"M{_at(*self.start)}L{_at(*self.end)}"


# Colour, dash and shape come round together only after sixty lines.
HUES, DASHES = 6, 4
_SHAPES = ("circle", "square", "diamond", "triangle", "wedge")
_RADIUS = 4.2


@dataclass(frozen=True)
class Mark:
    """A value's marker: a shape for each series, hollow when the value is not exact."""

    x: float
    y: float
    series: int
    hollow: bool
    words: str

    @property
    def hue(self) -> int:
        """The number of its colour."""
        return self.series % HUES

    @property
    def shape(self) -> str:
        """The name of its shape."""
        return _SHAPES[self.series % len(_SHAPES)]

    @property
    def path(self) -> str:
        """Its outline."""
        r = _RADIUS
        corners: list[Position]
        match self.shape:
            case "circle":
                return (
                    f"M{_at(self.x - r, self.y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
                )
            case "square":
                corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
                r *= 0.88
            case "diamond":
                corners = [(0, -1), (1, 0), (0, 1), (-1, 0)]
                r *= 1.25
            case "triangle":
                corners = [(0, -1.15), (1.1, 0.85), (-1.1, 0.85)]
            case _:
                corners = [(0, 1.15), (1.1, -0.85), (-1.1, -0.85)]
        return _polygon([(self.x + dx * r, self.y + dy * r) for dx, dy in corners])

    @property
    def box(self) -> Box:
        """The room it takes."""
        r = _RADIUS + 1
        return Box(self.x - r, self.y - r, self.x + r, self.y + r)


@dataclass(frozen=True)
class Line:
    """A series: its pieces are the years without a gap between them."""

    series: int
    pieces: tuple[tuple[Position, ...], ...]

    @property
    def path(self) -> str:
        """Its pieces as one path; a piece of one point is only a mark."""
        return "".join(f"M{'L'.join(_at(*spot) for spot in piece)}" for piece in self.pieces)

    @property
    def dash(self) -> int:
        """The number of its dash pattern."""
        return self.series % DASHES

    @property
    def hue(self) -> int:
        """The number of its colour."""
        return self.series % HUES


@dataclass(frozen=True)
class Column:
    """A bar, upright or lying; hollow when its value is not exact."""

    box: Box
    hollow: bool
    words: str

    @property
    def path(self) -> str:
        """Its outline."""
        box = self.box
        return _polygon(
            [
                (box.left, box.top),
                (box.right, box.top),
                (box.right, box.bottom),
                (box.left, box.bottom),
            ]
        )


@dataclass(frozen=True)
class Drawing:
    """A chart drawn for one width. `size` is that of its type; `keyed`: lines are named in a key above."""

    name: str
    width: float
    height: float
    size: float
    plot: Box
    rules: tuple[Rule, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    columns: tuple[Column, ...] = ()
    labels: Sequence[Label] = field(default_factory=tuple)
    keyed: bool = False

    @property
    def view(self) -> Box:
        """Everything that can be seen."""
        return Box(0, 0, self.width, self.height)

    @property
    def view_box(self) -> str:
        """The same as SVG writes it."""
        return f"0 0 {_short(self.width)} {_short(self.height)}"


def _at(x: float, y: float) -> str:
    return f"{_short(x)} {_short(y)}"


def _short(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _polygon(corners: Sequence[Position]) -> str:
    return f"M{'L'.join(_at(*corner) for corner in corners)}z"
