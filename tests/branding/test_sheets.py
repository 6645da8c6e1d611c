"""What the style sheets agree on: colours are tokens, and sides are those of reading."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
# Documents of their own: a frame on another site, and the editor with Wagtail's tokens.
APART = {"embed.css", "admin.css"}
SHEETS = sorted(path for path in CSS.glob("*.css") if path.name not in APART)

COLOUR = re.compile(r"oklch\(|oklab\(|rgba?\(|hsla?\(|#[0-9a-fA-F]{3,8}\b")
SIDE = re.compile(
    r"(?:^|[\s;{])(?:"
    r"(?:(?:scroll-)?(?:margin|padding)|border|inset)-(?:left|right|top|bottom)\s*:"
    r"|(?:left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b)"
)
# The margins of printed pages are outside of the document and its tokens.
PAGE_MARGIN = re.compile(r"@(?:top|bottom|left|right)-[\w-]+ \{[^}]*\}")


def declarations(path: Path) -> list[str]:
    """The lines of a sheet that say how something looks."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    return [
        line
        for line in PAGE_MARGIN.sub("", text).splitlines()
        if not re.search(r"@(?:media|container)", line)
    ]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_colours_stand_in_tokens_alone(path: Path) -> None:
    lines = [re.sub(r"--[\w-]+:[^;}]*", "", line) for line in declarations(path)]
    assert [line.strip() for line in lines if COLOUR.search(line)] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sides_follow_the_direction_of_reading(path: Path) -> None:
    assert [line.strip() for line in declarations(path) if SIDE.search(line)] == []
