"""What an organisation chooses for its own colours is kept, or refused with something better."""

import pytest

from impact.branding.colour import Oklch, contrast, for_themes, from_hex, to_hex
from impact.branding.palette import DARK_ROLES, LIGHT_ROLES, palette, refusals
from tests.branding.test_colour import HOSTILE, tokens

DEFAULTS = tokens()
CHOSEN = [
    (accent, HOSTILE[-number], paper)
    for number, accent in enumerate(HOSTILE)
    for paper in ("", "#ffffff", "#f5e9cd", accent)
]


def test_the_style_sheet_has_the_roles_that_a_paper_is_measured_by() -> None:
    for theme, roles in zip(DEFAULTS, (LIGHT_ROLES, DARK_ROLES), strict=True):
        assert {name: theme[name] for name in roles} == roles


@pytest.mark.parametrize(("accent", "highlight", "paper"), CHOSEN)
def test_whatever_is_stored_is_readable_in_both_themes(
    accent: str, highlight: str, paper: str
) -> None:
    chosen = palette(accent, highlight, paper)
    for theme, changed in zip(DEFAULTS, (chosen.light, chosen.dark), strict=True):
        shown: dict[str, Oklch] = {**theme, **changed}
        for ground in ("paper", "surface", "mark"):
            for text in ("ink", "muted"):
                assert contrast(shown[text], shown[ground]) >= 4.5, (text, ground)
        for text, ground in (
            ("accent", "paper"),
            ("accent", "surface"),
            ("on-accent", "accent"),
            ("warn", "surface"),
            ("good", "surface"),
            ("on-highlight", "highlight"),
        ):
            assert contrast(shown[text], shown[ground]) >= 4.5, (text, ground)
        assert contrast(shown["line-strong"], shown["paper"]) >= 3
        for category in HOSTILE:
            light, dark = for_themes(category)
            assert contrast(dark if theme is DEFAULTS[1] else light, shown["paper"]) >= 4.5


@pytest.mark.parametrize(("accent", "highlight", "paper"), CHOSEN)
def test_what_is_suggested_is_taken_and_is_the_same_hue(
    accent: str, highlight: str, paper: str
) -> None:
    given = {"accent": accent, "highlight": highlight, "paper": paper}
    better = {**given, **{name: each.suggestion for name, each in refusals(**given).items()}}
    assert refusals(**better) == {}
    for name, colour in better.items():
        if colour != given[name] and from_hex(colour).chroma > 0.03:
            apart = abs(from_hex(colour).hue - from_hex(given[name]).hue)
            assert min(apart, 360 - apart) < 5


def test_a_colour_that_passes_is_shown_exactly_on_paper() -> None:
    chosen = palette("#a6432a", "#ffd400", "#fff6e5")
    assert refusals("#a6432a", "#ffd400", "#fff6e5") == {}
    assert [to_hex(chosen.light[name]) for name in ("accent", "highlight", "paper")] == [
        "#a6432a",
        "#ffd400",
        "#fff6e5",
    ]
    assert to_hex(chosen.dark["highlight"]) == "#ffd400"


def test_empty_colours_are_the_style_sheets_own() -> None:
    chosen = palette("#0f6e66")
    assert set(chosen.light) == set(chosen.dark) == {"accent", "mark"}
    assert chosen.papers == (to_hex(DEFAULTS[0]["paper"]), to_hex(DEFAULTS[1]["paper"]))
