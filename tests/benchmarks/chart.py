"""Draws how milliseconds grow with entries, both by powers of ten, as an SVG for the documentation."""

import math
from collections.abc import Sequence
from html import escape
from itertools import pairwise

from tests.benchmarks.ratios import Found

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 60, 250, 24, 44
# What is shown, what it is called, and its colour; readable on light and dark.
LINES = (
    ("plain listing", "plain Wagtail listing, no counts", "#b4532a"),
    ("counts, SQL", "all counts by SQL (design B)", "#8a6d1f"),
    ("publish", "publishing a story", "#7a5cc0"),
    ("gallery", "filtered gallery, not kept", "#0f7f74"),
    ("feed", "feed of 50 entries", "#3f7fd0"),
    ("empty page", "Wagtail's empty page", "#7f8894"),
    ("search", "search with counts", "#c2477f"),
    ("counts", "all counts by the index", "#4f9a3a"),
)
_HEAD = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"
  font-family="sans-serif" font-size="12" fill="#7f8894">
<title>Milliseconds by number of entries</title>"""
# Between two names at the end of lines.
STEP = 16


def draw(found: Found) -> str:
    """Return the picture."""
    lines = [line for line in LINES if (line[0], found.small) in found.times]
    values = [found.ms(name, size) for name, _label, _colour in lines for size in found.sizes]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(found.small), math.log10(found.large)

    def x(size: int) -> float:
        share = (math.log10(size) - first) / (last - first or 1)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(ms: float) -> float:
        return TOP + (high - math.log10(ms)) / (high - low or 1) * (HEIGHT - TOP - BOTTOM)

    parts = [
        _HEAD,
        *(_grid(y(10.0**power), f"{10.0**power:g} ms") for power in range(low, high + 1)),
        *(_text(x(size), HEIGHT - BOTTOM + 20, f"{size:,}", "middle") for size in found.sizes),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "entries", "middle"),
    ]
    ends = spread([y(found.ms(name, found.large)) for name, _label, _colour in lines])
    for (name, label, colour), end in zip(lines, ends, strict=True):
        points = [(x(size), y(found.ms(name, size))) for size in found.sizes]
        parts.append(_line(points, colour))
        text = f"{label}, {found.ms(name, found.large):.3g} ms"
        parts.append(_text(WIDTH - RIGHT + 12, end + 4, text, "start", colour))
    return "\n".join([*parts, "</svg>", ""])


def spread(heights: Sequence[float], step: float = STEP) -> list[float]:
    """Return heights moved down as far as needed for labels not to touch.

    >>> spread([10, 50, 12], 16)
    [10, 50, 26]
    """
    moved = list(heights)
    order = sorted(range(len(moved)), key=moved.__getitem__)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + step)
    return moved


def _grid(height: float, label: str) -> str:
    end = WIDTH - RIGHT
    line = f'<path d="M{LEFT} {height:.1f}H{end}" stroke="#7f8894" stroke-opacity=".35"/>'
    return line + _text(LEFT - 8, height + 4, label, "end")


def _line(points: Sequence[tuple[float, float]], colour: str) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "") -> str:
    fill = f' fill="{colour}"' if colour else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{fill}>{escape(text)}</text>'
