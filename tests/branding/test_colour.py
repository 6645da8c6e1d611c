"""Colours that an organisation chooses stay readable."""

import re
from pathlib import Path

import pytest

from impact.branding.colour import (
    PAPER_DARK,
    PAPER_LIGHT,
    Oklch,
    contrast,
    for_themes,
    from_hex,
    to_hex,
    to_linear_rgb,
)

HOSTILE = [
    "#ffff00",
    "#000000",
    "#ffffff",
    "#00ff00",
    "#ff0000",
    "#0000ff",
    "#00ffff",
    "#ff00ff",
    "#7f7f7f",
    "#fefefe",
    "#0f6e66",
]


def tokens(sheet: str = "base", until: str = "base") -> tuple[dict[str, Oklch], dict[str, Oklch]]:
    """The colours that a sheet gives its roles, on paper and in the dark; its tokens end at a layer."""
    text = (Path(__file__).parents[2] / f"static/css/{sheet}.css").read_text()
    layer = text[text.index("@layer tokens {") : text.index(f"@layer {until} {{")]
    light, dark = layer.split("@media screen and (prefers-color-scheme: dark)")
    found = []
    for part in (light, dark):
        values = re.findall(r"--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);", part)
        found.append({name: Oklch(float(x), float(y), float(z)) for name, x, y, z in values})
    return found[0], {**found[0], **found[1]}


def test_black_and_white_have_the_contrast_that_wcag_says() -> None:
    assert contrast(from_hex("#000000"), from_hex("#ffffff")) == pytest.approx(21, abs=0.01)
    assert contrast(from_hex("#777777"), from_hex("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", HOSTILE)
def test_a_colour_survives_the_way_to_oklch_and_back(colour: str) -> None:
    assert to_hex(from_hex(colour)) == colour


@pytest.mark.parametrize("colour", HOSTILE)
def test_any_accent_is_readable_on_paper_and_in_the_dark(colour: str) -> None:
    light, dark = tokens()
    on_paper, on_dark = for_themes(colour)
    for accent, theme in ((on_paper, light), (on_dark, dark)):
        assert contrast(accent, theme["paper"]) >= 4.5
        assert contrast(accent, theme["surface"]) >= 4.5
        assert contrast(theme["on-accent"], accent) >= 4.5


@pytest.mark.parametrize("colour", HOSTILE)
def test_a_screen_can_show_the_colour_as_it_was_computed(colour: str) -> None:
    for shown in for_themes(colour):
        assert all(-0.001 <= part <= 1.001 for part in to_linear_rgb(shown))


@pytest.mark.parametrize("colour", ["#ff0000", "#00ff00", "#0000ff", "#d69e2e"])
def test_the_hue_is_the_organisations(colour: str) -> None:
    for shown in for_themes(colour):
        assert shown.hue == from_hex(colour).hue
        assert shown.chroma > 0.05


def test_the_style_sheet_has_the_papers_that_contrast_is_measured_against() -> None:
    light, dark = tokens()
    assert light["paper"] == PAPER_LIGHT
    assert dark["paper"] == PAPER_DARK


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("ground", ["paper", "surface"])
@pytest.mark.parametrize("role", ["ink", "muted", "good", "warn"])
def test_every_role_of_text_passes_aa(theme: int, ground: str, role: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours[role], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1])
def test_the_borders_of_form_fields_are_seen(theme: int) -> None:
    colours = tokens()[theme]
    assert contrast(colours["line-strong"], colours["paper"]) >= 3


@pytest.mark.parametrize("text", ["", "red", "#zzzzzz", "#fff", "#123456}body{", "#12345６"])
def test_what_is_no_colour_becomes_a_grey(text: str) -> None:
    assert for_themes(text) == for_themes("#777777")
