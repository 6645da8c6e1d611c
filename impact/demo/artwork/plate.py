"""The printing press: shapes become masks, masks take ink, and the sheet gets its grain.

Scenes draw in units of a sheet 1500 wide, whatever the size in pixels, and everything random comes from the
picture's own generator, so that a picture comes out the same each time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from random import Random
from typing import Self

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from impact.demo.artwork.palette import Colour, Palette

UNITS = 1500
OVERSAMPLING = 2
Point = tuple[float, float]
Box = tuple[int, int, int, int]


class Pen:
    """Draws shapes in sheet units on a mask; `value` 0 takes away what was drawn. Calls can be chained."""

    def __init__(self, mask: Image.Image, scale: float) -> None:
        self._draw = ImageDraw.Draw(mask)
        self._k = scale

    def polygon(self, points: Iterable[Point], value: int = 255) -> Self:
        """A filled shape."""
        self._draw.polygon([(x * self._k, y * self._k) for x, y in points], fill=value)
        return self

    def line(self, points: Iterable[Point], width: float = 4, value: int = 255) -> Self:
        """A line with round joints and ends."""
        scaled = [(x * self._k, y * self._k) for x, y in points]
        thick = max(1, round(width * self._k))
        self._draw.line(scaled, fill=value, width=thick, joint="curve")
        if thick > 3:
            for x, y in (scaled[0], scaled[-1]):
                r = thick / 2 - 0.5
                self._draw.ellipse((x - r, y - r, x + r, y + r), fill=value)
        return self

    def disc(self, x: float, y: float, r: float, value: int = 255) -> Self:
        """A full circle."""
        return self.oval(x, y, r, r, value)

    def oval(self, x: float, y: float, rx: float, ry: float, value: int = 255) -> Self:
        """An ellipse that isn't turned."""
        k = self._k
        self._draw.ellipse(((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k), fill=value)
        return self

    def ring(self, x: float, y: float, r: float, width: float = 4, value: int = 255) -> Self:
        """A circle's outline."""
        return self.arc(x, y, r, 0, 360, width, value)

    def arc(
        self,
        x: float,
        y: float,
        r: float,
        start: float,
        end: float,
        width: float = 4,
        value: int = 255,
    ) -> Self:
        """Part of a circle's outline; degrees clockwise from three o'clock."""
        k = self._k
        box = ((x - r) * k, (y - r) * k, (x + r) * k, (y + r) * k)
        self._draw.arc(box, start, end, fill=value, width=max(1, round(width * k)))
        return self

    def sector(
        self, x: float, y: float, r: float, start: float, end: float, value: int = 255
    ) -> Self:
        """A slice of a disc."""
        k = self._k
        self._draw.pieslice(
            ((x - r) * k, (y - r) * k, (x + r) * k, (y + r) * k), start, end, fill=value
        )
        return self

    def box(
        self, x0: float, y0: float, x1: float, y1: float, radius: float = 0, value: int = 255
    ) -> Self:
        """A rectangle, with round corners if wanted."""
        k = self._k
        self._draw.rounded_rectangle((x0 * k, y0 * k, x1 * k, y1 * k), radius * k, fill=value)
        return self


# What a drawer returns is of no interest, so that a row of shapes can be written as one expression.
Drawer = Callable[..., object]


@dataclass(frozen=True)
class Shade:
    """A second ink stippled over the first, denser towards `angle`: 0 is the right, 90 the bottom."""

    ink: Colour
    angle: int = 90
    start: float = 0.0
    strength: float = 0.8


@lru_cache(maxsize=8)
def _noise(width: int, height: int, seed: int) -> Image.Image:
    """Even noise, the same for the same seed."""
    data = Random(seed).randbytes(width * height)  # noqa: S311 (grain, not secrets)
    return Image.frombytes("L", (width, height), data)


@lru_cache(maxsize=4)
def _slope(angle: int) -> Image.Image:
    """A grey slope from 0 to 255 in one of four directions."""
    slope = Image.linear_gradient("L")
    turn = {0: 90, 90: 0, 180: 270, 270: 180}[angle]
    return slope.rotate(turn) if turn else slope


class Plate:
    """One picture in the making."""

    def __init__(self, size: tuple[int, int], palette: Palette, seed: str) -> None:
        self.size = size
        self.inks = palette
        self.random = Random(seed)  # noqa: S311 (drawing, not secrets)
        self.scale = size[0] / UNITS
        self.height = size[1] / self.scale
        self.sheet = Image.new("RGB", size, palette.paper)
        self.covered = Image.new("L", size)

    def mask(self, draw: Drawer) -> Image.Image:
        """Return what `draw` drew as a smooth mask of the whole sheet."""
        mask = Image.new("L", self.size)
        if found := self._drawn(draw):
            mask.paste(found[0], found[1])
        return mask

    def _drawn(self, draw: Drawer) -> tuple[Image.Image, Box] | None:
        """Return a smooth mask of no more than what `draw` drew, and where it lies."""
        width, height = self.size
        large = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING))
        draw(Pen(large, self.scale * OVERSAMPLING))
        if (found := large.getbbox()) is None:
            return None
        left, top = found[0] // OVERSAMPLING, found[1] // OVERSAMPLING
        right, bottom = -(-found[2] // OVERSAMPLING), -(-found[3] // OVERSAMPLING)
        box = (left, top, right, bottom)
        left, top, right, bottom = (side * OVERSAMPLING for side in box)
        return large.crop((left, top, right, bottom)).reduce(OVERSAMPLING), box

    def fill(self, ink: Colour, shade: Shade | None = None) -> None:
        """Cover the whole sheet."""
        self.ink(ink, Image.new("L", self.size, 255), shade)

    def draw(
        self, ink: Colour, draw: Drawer, shade: Shade | None = None, opacity: float = 1
    ) -> Image.Image:
        """Print a shape; returns its mask, for shading it again or keeping within it."""
        mask = Image.new("L", self.size)
        if found := self._drawn(draw):
            self._press(ink, *found, shade, opacity)
            mask.paste(found[0], found[1])
        return mask

    def ink(
        self, ink: Colour, mask: Image.Image, shade: Shade | None = None, opacity: float = 1
    ) -> None:
        """Print through a mask of the whole sheet."""
        if box := mask.getbbox():
            self._press(ink, mask.crop(box), box, shade, opacity)

    def _press(
        self, ink: Colour, mask: Image.Image, box: Box, shade: Shade | None, opacity: float
    ) -> None:
        """Print through a mask that lies in a box; small shapes cost little."""
        if opacity < 1:
            mask = mask.point(lambda value: round(value * opacity))
        self.sheet.paste(ink, box, mask)
        self.covered.paste(255, box, mask)
        if shade is not None:
            self.sheet.paste(shade.ink, box, ImageChops.multiply(mask, self._stipple(shade, box)))

    def _stipple(self, shade: Shade, box: Box) -> Image.Image:
        """Dots whose density follows a slope that runs over a box."""
        width, height = self.size
        slope = _slope(shade.angle).resize(
            (box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR
        )
        first, gain = shade.start * 255, shade.strength / max(0.05, 1 - shade.start)
        slope = slope.point(lambda value: max(0, min(255, round((value - first) * gain))))
        dots = ImageChops.subtract(slope, _noise(width, height, 7).crop(box))
        dots = dots.point(lambda value: min(255, value * 12))
        return dots.filter(ImageFilter.GaussianBlur(0.7 * width / 1600))

    def within(self, mask: Image.Image, draw: Drawer, ink: Colour, opacity: float = 1) -> None:
        """Print a shape only where a mask allows it."""
        self.ink(ink, ImageChops.multiply(mask, self.mask(draw)), None, opacity)

    def speckle(self, ink: Colour, mask: Image.Image, density: float) -> None:
        """Scatter fine dots over a mask; `density` 0 to 1."""
        width, height = self.size
        limit = round(density * 255)
        dots = _noise(width, height, 11).point(lambda value: 255 if value < limit else 0)
        self.sheet.paste(
            ink, (0, 0), ImageChops.multiply(mask, dots.filter(ImageFilter.GaussianBlur(0.6)))
        )

    def finish(self) -> Image.Image:
        """Return the sheet with the tooth of the paper."""
        width, height = self.size
        fine = _noise(width, height, 3).filter(ImageFilter.GaussianBlur(0.8))
        coarse = _noise(max(8, width // 6), max(8, height // 6), 5)
        coarse = coarse.filter(ImageFilter.GaussianBlur(1.2)).resize(
            self.size, Image.Resampling.BICUBIC
        )
        tooth = Image.blend(fine, coarse, 0.45).point(
            lambda value: round(128 + (value - 128) * 0.55)
        )
        return ImageChops.soft_light(self.sheet, Image.merge("RGB", (tooth, tooth, tooth)))

    # Lines that nature draws.

    def ridge(
        self, base: float, rise: float, step: int = 12, waves: float = 3, detail: int = 4
    ) -> list[Point]:
        """Return a skyline from left to right: noise of several octaves about `base`."""
        phases = [
            (self.random.uniform(0, 2 * pi), self.random.uniform(0.8, 1.25)) for _ in range(detail)
        ]
        points = []
        for x in range(-step, UNITS + 2 * step, step):
            y = 0.0
            for octave, (phase, stretch) in enumerate(phases):
                turns = x / UNITS * waves * 2**octave * stretch
                y += sin(turns * pi + phase + sin(turns * 1.7 + phase * 3)) / 2.5**octave
            points.append((float(x), base + y * rise))
        return points

    def ground(self, skyline: list[Point]) -> Drawer:
        """Return a drawer of everything below a skyline."""
        bottom = self.height + 20
        return lambda pen: pen.polygon(
            [*skyline, (skyline[-1][0], bottom), (skyline[0][0], bottom)]
        )

    def height_map(self, columns: int, rows: int) -> Image.Image:
        """Return rolling country seen from above, as heights 0 to 255, oversampled."""
        data = bytes(self.random.randrange(256) for _ in range(columns * rows))
        width, height = (side * OVERSAMPLING for side in self.size)
        land = Image.frombytes("L", (columns, rows), data).filter(ImageFilter.GaussianBlur(0.8))
        land = land.resize((width // 4, height // 4), Image.Resampling.BICUBIC)
        land = land.filter(ImageFilter.GaussianBlur(width / 200))
        low, high = land.getextrema()
        span = max(1.0, float(high) - float(low))  # type: ignore[arg-type]
        land = land.point(lambda value: round((value - float(low)) / span * 255))  # type: ignore[arg-type]
        return land.resize((width, height), Image.Resampling.BICUBIC)


def turned(
    points: Iterable[Point], x: float, y: float, degrees: float, scale: float = 1
) -> list[Point]:
    """Return points turned about the origin, scaled, and moved to (x, y)."""
    angle = degrees * pi / 180
    c, s = cos(angle) * scale, sin(angle) * scale
    return [(x + px * c - py * s, y + px * s + py * c) for px, py in points]


def around(x: float, y: float, r: float, degrees: float) -> Point:
    """Return the point on a circle at an angle; 0 is three o'clock, clockwise."""
    return x + r * cos(degrees * pi / 180), y + r * sin(degrees * pi / 180)


def above(skyline: list[Point], x: float) -> float:
    """Return how high a skyline is at `x`."""
    return min(skyline, key=lambda point: abs(point[0] - x))[1]
