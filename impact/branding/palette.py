"""The colours of a site in both themes, from those that the organisation chooses. Pure.

On paper a colour is shown exactly as it was chosen, as long as what it is paired with stays readable; one
that is not gives way to the nearest that is. The dark theme keeps hue and strength and sets the lightness
itself. The style sheet's own roles (ink, borders of fields …) stand here again because a chosen paper has
to carry them; a test compares the two.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from impact.branding.colour import (
    DARK,
    HEX,
    NO_COLOUR,
    PAPER_DARK,
    PAPER_LIGHT,
    Oklch,
    contrast,
    fit,
    from_hex,
    to_hex,
)

Roles = dict[str, Oklch]

TEXT, SIGN = 4.5, 3.0
# How far below (in the dark: above) the paper these stand, in lightness.
SURFACE, LINE, MARK = 0.023, 0.1, 0.05
DARK_SURFACE, DARK_LINE, DARK_MARK = 0.04, 0.135, 0.1
# A tint of paper, no more: deep neutrals stay neutral.
DARK_CHROMA, MARK_CHROMA = 0.02, 0.025

INK = Oklch(0.24, 0.018, 265)
LIGHT_ROLES: Roles = {
    "ink": INK,
    "muted": Oklch(0.475, 0.016, 265),
    "line-strong": Oklch(0.62, 0.014, 265),
    "on-accent": Oklch(0.99, 0.004, 85),
    "good": Oklch(0.47, 0.1, 150),
    "warn": Oklch(0.5, 0.11, 65),
}
DARK_ROLES: Roles = {
    "ink": Oklch(0.93, 0.008, 85),
    "muted": Oklch(0.735, 0.012, 85),
    "line-strong": Oklch(0.58, 0.014, 260),
    "on-accent": Oklch(0.2, 0.02, 260),
    "good": Oklch(0.8, 0.12, 150),
    "warn": Oklch(0.82, 0.12, 75),
}


class Pair(NamedTuple):
    """Two colours that are seen together, and the contrast that WCAG asks of them."""

    name: str | Promise
    one: Oklch
    other: Oklch
    needed: float

    @property
    def ratio(self) -> float:
        """The contrast that they have."""
        return contrast(self.one, self.other)

    @property
    def passes(self) -> bool:
        """Whether that is enough."""
        return self.ratio >= self.needed


@dataclass(frozen=True)
class Refusal:
    """Why a colour can't be taken: its worst pair, and the nearest colour for which all pairs pass."""

    pair: Pair
    suggestion: str
    # Whether it would do as the highlight, which stands behind dark text.
    as_highlight: bool = False


@dataclass(frozen=True)
class Palette:
    """Roles of both themes that differ from the style sheet's own."""

    light: Roles
    dark: Roles

    @property
    def papers(self) -> tuple[str, str]:
        """Both papers as `#rrggbb`."""
        return (
            to_hex(self.light.get("paper", PAPER_LIGHT)),
            to_hex(self.dark.get("paper", PAPER_DARK)),
        )


def palette(accent: str, highlight: str = "", paper: str = "") -> Palette:
    """Return the colours of a site; empty ones are the style sheet's own, unreadable ones give way."""
    light, dark = _paper_roles(_kept(paper, paper_pairs)) if HEX.fullmatch(paper) else ({}, {})
    ground = light.get("paper", PAPER_LIGHT)
    given = accent if HEX.fullmatch(accent) else NO_COLOUR
    shown = _kept(given, lambda colour: accent_pairs(colour, ground))
    light |= {"accent": shown, "mark": _mark(shown, ground.lightness - MARK)}
    in_dark = fit(Oklch(DARK, *_hue(from_hex(given))))
    dark |= {"accent": in_dark, "mark": _mark(in_dark, PAPER_DARK.lightness + DARK_MARK)}
    if HEX.fullmatch(highlight):
        # The same in both themes, as a marker is, with dark words on it.
        both = {"highlight": _kept(highlight, highlight_pairs), "on-highlight": INK}
        light |= both
        dark |= both
    return Palette(light, dark)


def refusals(accent: str, highlight: str = "", paper: str = "") -> dict[str, Refusal]:
    """Return what stands against colours, by the names of their fields; nothing against what is none."""
    found: dict[str, Refusal] = {}
    if HEX.fullmatch(paper):
        _refuse(found, "paper", paper, paper_pairs)
    ground = _kept(paper, paper_pairs) if HEX.fullmatch(paper) else PAPER_LIGHT
    if HEX.fullmatch(accent):
        _refuse(found, "accent", accent, lambda colour: accent_pairs(colour, ground))
    if HEX.fullmatch(highlight):
        _refuse(found, "highlight", highlight, highlight_pairs)
    return found


def accent_pairs(accent: Oklch, paper: Oklch) -> Iterator[Pair]:
    """Give what the accent stands on, and what stands on it."""
    surface, _hairline = _beside(paper)
    in_dark = fit(Oklch(DARK, *_hue(accent)))
    dark = _dark_paper(paper)
    yield Pair(_("links on the paper"), accent, paper, TEXT)
    yield Pair(_("links in the footer"), accent, surface, TEXT)
    yield Pair(_("the words on a button"), LIGHT_ROLES["on-accent"], accent, TEXT)
    yield Pair(_("links in the dark theme"), in_dark, dark, TEXT)
    yield Pair(_("the words on a button in the dark theme"), DARK_ROLES["on-accent"], in_dark, TEXT)


def highlight_pairs(highlight: Oklch) -> Iterator[Pair]:
    """Give what stands on the highlight, in both themes."""
    yield Pair(_("dark text on the highlight"), INK, highlight, TEXT)


def paper_pairs(paper: Oklch) -> Iterator[Pair]:
    """Give what every page has on its paper, whatever the organisation chooses."""
    surface, _hairline = _beside(paper)
    dark = _dark_paper(paper)
    for roles, ground, other in (
        (LIGHT_ROLES, paper, surface),
        (DARK_ROLES, dark, _lighter(dark, DARK_SURFACE)),
    ):
        in_dark = roles is DARK_ROLES
        yield Pair(
            _("secondary text on the dark paper") if in_dark else _("secondary text on the paper"),
            roles["muted"],
            ground,
            TEXT,
        )
        yield Pair(
            _("warnings in a notice in the dark theme") if in_dark else _("warnings in a notice"),
            roles["warn"],
            other,
            TEXT,
        )
        yield Pair(
            _("the borders of fields on the dark paper")
            if in_dark
            else _("the borders of fields on the paper"),
            roles["line-strong"],
            ground,
            SIGN,
        )


def _refuse(
    found: dict[str, Refusal], field: str, colour: str, pairs: Callable[[Oklch], Iterator[Pair]]
) -> None:
    failing = [pair for pair in pairs(from_hex(colour)) if not pair.passes]
    if failing:
        worst = min(failing, key=lambda pair: pair.ratio / pair.needed)
        marks = field == "accent" and all(pair.passes for pair in highlight_pairs(from_hex(colour)))
        found[field] = Refusal(worst, to_hex(_kept(colour, pairs)), as_highlight=marks)


def _kept(colour: str, pairs: Callable[[Oklch], Iterator[Pair]]) -> Oklch:
    """Return a colour itself if all its pairs pass, else the nearest in lightness for which they do."""
    given = from_hex(colour)
    if all(pair.passes for pair in pairs(given)):
        return given
    for step in range(1, 201):
        for lightness in (given.lightness - step * 0.005, given.lightness + step * 0.005):
            if 0 <= lightness <= 1:
                # As the eight bits of a form say it, so that what is suggested is taken.
                near = from_hex(to_hex(fit(Oklch(lightness, *_hue(given)))))
                if all(pair.passes for pair in pairs(near)):
                    return near
    return given


def _hue(colour: Oklch) -> tuple[float, float]:
    return colour.chroma, colour.hue


def _mark(accent: Oklch, lightness: float) -> Oklch:
    """Return the tint behind what is chosen, at a lightness on which all text passes."""
    return fit(Oklch(lightness, min(accent.chroma * 0.25, MARK_CHROMA), accent.hue))


def _paper_roles(paper: Oklch) -> tuple[Roles, Roles]:
    surface, line = _beside(paper)
    dark = _dark_paper(paper)
    return (
        {"paper": paper, "surface": surface, "line": line},
        {
            "paper": dark,
            "surface": _lighter(dark, DARK_SURFACE),
            "line": _lighter(dark, DARK_LINE),
        },
    )


def _beside(paper: Oklch) -> tuple[Oklch, Oklch]:
    """Return the surface and the hairlines of a light paper."""
    return _lighter(paper, -SURFACE), _lighter(paper, -LINE)


def _dark_paper(paper: Oklch) -> Oklch:
    """Return the paper of the dark theme: our own beside our own, else one with the same hue."""
    if paper == PAPER_LIGHT:
        return PAPER_DARK
    return Oklch(PAPER_DARK.lightness, min(paper.chroma, DARK_CHROMA), paper.hue)


def _lighter(colour: Oklch, by: float) -> Oklch:
    return fit(Oklch(colour.lightness + by, *_hue(colour)))
