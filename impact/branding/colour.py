"""Colours at lightnesses that stay readable: from sRGB to OKLCH and back. Pure.

Of a category's colour the organisation chooses hue and strength; the lightness is ours, one for paper and
one for the dark theme, so that text in the colour passes AA on both. palette.py has the organisation's own.
Formulas: Björn Ottosson, “A perceptual color space for image processing” (2020); contrast: WCAG 2.2.
"""

import re
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Oklch:
    """Lightness 0 to 1, chroma 0 to about 0.4, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    @property
    def css(self) -> str:
        """The colour as CSS writes it."""
        return f"oklch({self.lightness:.3f} {self.chroma:.4f} {self.hue:.1f})"


# The papers that text stands on; base.css has the same values.
PAPER_LIGHT = Oklch(0.985, 0.006, 85)
PAPER_DARK = Oklch(0.205, 0.012, 260)
LIGHT, DARK = 0.47, 0.8
MAX_CHROMA = 0.17
HEX = re.compile(r"#[0-9a-fA-F]{6}")
# Forms refuse what is no colour; one that came another way must not take the whole site down.
NO_COLOUR = "#777777"


def for_themes(colour: str) -> tuple[Oklch, Oklch]:
    """Return a hex colour for the light and for the dark theme; what is none becomes a grey."""
    given = from_hex(colour if HEX.fullmatch(colour) else NO_COLOUR)
    strength = min(given.chroma, MAX_CHROMA)
    light, dark = (fit(Oklch(lightness, strength, given.hue)) for lightness in (LIGHT, DARK))
    return light, dark


def from_hex(colour: str) -> Oklch:
    """Return `#rrggbb` in OKLCH."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)


def to_linear_rgb(colour: Oklch) -> RGB:
    """Return linear sRGB; outside 0 to 1 a screen can't show it."""
    a = colour.chroma * cos(radians(colour.hue))
    b = colour.chroma * sin(radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def to_hex(colour: Oklch) -> str:
    """Return the colour as `#rrggbb`, for places that know no OKLCH."""
    return "#" + "".join(f"{round(255 * _gamma(part)):02x}" for part in to_linear_rgb(colour))


def contrast(one: Oklch, other: Oklch) -> float:
    """Return the contrast ratio of WCAG, 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def fit(colour: Oklch) -> Oklch:
    """Return a colour as strong as it is given, or as a screen can show it."""
    if _shown(colour):
        return colour
    low, high = 0.0, colour.chroma
    for _ in range(20):
        middle = (low + high) / 2
        if _shown(Oklch(colour.lightness, middle, colour.hue)):
            low = middle
        else:
            high = middle
    return Oklch(colour.lightness, low, colour.hue)


def _luminance(colour: Oklch) -> float:
    red, green, blue = (min(1.0, max(0.0, part)) for part in to_linear_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shown(colour: Oklch) -> bool:
    return all(-0.0001 <= part <= 1.0001 for part in to_linear_rgb(colour))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
