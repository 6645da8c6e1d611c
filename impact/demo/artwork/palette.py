"""The inks: a warm paper, a dark ink, four tones of a category's hue and two spot colours."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


def colour(code: str) -> Colour:
    """Return the parts of `#rrggbb`."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return `one` with `share` (0 to 1) of `other` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Palette:
    """The inks of one picture, from light to dark, and two that stand out."""

    paper: Colour
    pale: Colour
    light: Colour
    mid: Colour
    deep: Colour
    ink: Colour
    spot: Colour
    glow: Colour


def _palette(codes: str) -> Palette:
    return Palette(colour("#f4ecdd"), *(colour(code) for code in codes.split()))


PALETTES = {
    "water": _palette("#dbe7e2 #a3c6c8 #4b91a5 #1d5c78 #15273a #e0643a #f0c474"),
    "air": _palette("#f5e1c0 #edbf80 #d98b40 #9d5126 #33242b #c9472e #f9ebcd"),
    "sky": _palette("#d9d3e4 #a59ec8 #605b9f #343169 #181a36 #f1b64c #e9805c"),
    "land": _palette("#e6e7c6 #bac481 #7f9446 #486130 #1e2b25 #d9593b #f1c766"),
    "tools": _palette("#d7e6dc #97c2b2 #419080 #205e58 #16302f #e29a3c #d9593b"),
    "people": _palette("#f4dcd3 #e5aa9e #c55d63 #87324a #2d1c2f #2f7f86 #f0c168"),
}
