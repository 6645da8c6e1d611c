"""Words in the site's own fonts: which of them can be written, and how they fit into a space.

The fonts hold Latin letters. A text in another script is not written at all, so that nobody sees boxes
where words should be.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from PIL import ImageFont
from PIL.ImageDraw import ImageDraw
from PIL.ImageFont import FreeTypeFont

# In the order in which they are asked for a letter.
SERIF = ("serif.woff2", "serif-ext.woff2")
SANS = ("sans.woff2", "sans-ext.woff2")
ELLIPSIS = "…"
# No font has a letter here, so this is what it draws for one that it lacks.
_NO_LETTER = "\uffff"
# Signs that are left out where a font lacks them: emoji, and what joins or colours them.
_UNSEEN = frozenset({"Cc", "Cf"})
_SIGNS = _UNSEEN | {"Cn", "Co", "Cs", "Me", "Mn", "Sk", "So"}


class Face:
    """A family at a size, in pixels, and a weight where it has several."""

    def __init__(self, family: tuple[str, ...], size: int, weight: int | None = None) -> None:
        self.size = size
        self._family = family
        self._fonts = [_opened(name, size, weight) for name in family]

    def width(self, text: str) -> float:
        """Return how long a text is."""
        return sum(font.getlength(run) for run, font in self._runs(text))

    def draw(self, canvas: ImageDraw, at: tuple[float, float], text: str, fill: str) -> None:
        """Write a text from a point on its baseline."""
        left, baseline = at
        for run, font in self._runs(text):
            canvas.text((left, baseline), run, font=font, fill=fill, anchor="ls")
            left += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[str, FreeTypeFont]]:
        """Yield stretches of a text with the font that has their letters."""
        start, last = 0, 0
        for place, char in enumerate(text):
            number = last if char == " " else _font_of(self._family, char) or 0
            if number != last:
                if place > start:
                    yield text[start:place], self._fonts[last]
                start, last = place, number
        if start < len(text):
            yield text[start:], self._fonts[last]


def writable(text: str, family: tuple[str, ...]) -> str:
    """Return a text as it can be written; nothing where a letter of it can't.

    >>> writable("Überblick 🎉 2024", SERIF)
    'Überblick 2024'
    >>> writable("珊瑚礁", SERIF)
    ''
    """
    kept = []
    for char in " ".join(unicodedata.normalize("NFC", text).split()):
        kind = unicodedata.category(char)
        if char == " " or (kind not in _UNSEEN and _font_of(family, char) is not None):
            kept.append(char)
        elif kind not in _SIGNS:
            return ""
    return " ".join("".join(kept).split())


def fitted(
    text: str, family: tuple[str, ...], sizes: range, width: int, height: int, leading: float
) -> tuple[Face, list[str]]:
    """Return the largest of the sizes at which a text fits, and its lines, about equally long.

    At the smallest the end is left out where it has to be. `leading` is the height of a line by the size.
    """
    words = text.split()
    for size in sizes:
        face = Face(family, size)
        most = max(1, int(height / (size * leading)))
        if any(face.width(word) > width for word in words):
            continue
        lines = wrapped(words, face, width)
        if len(lines) <= most:
            return face, _balanced(words, face, width, len(lines))
    return face, _shortened(wrapped(words, face, width), face, width, most)


def wrapped(words: list[str], face: Face, width: float) -> list[str]:
    """Return lines that are as full as they can be; a word that is longer than a line is broken."""
    lines: list[str] = []
    line = ""
    for word in words:
        together = f"{line} {word}" if line else word
        if face.width(together) <= width:
            line = together
            continue
        if line:
            lines.append(line)
        line = word
        while face.width(line) > width and len(line) > 1:
            # Wider with each letter: the first that is too many is found by halves.
            end = max(
                1, bisect_right(range(1, len(line)), width, key=lambda n: face.width(line[:n]))
            )
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line] if line else lines


def _balanced(words: list[str], face: Face, width: int, number: int) -> list[str]:
    """Return as many lines in the narrowest space that holds them."""
    low, high = width // 2, width
    while high - low > 4:
        middle = (low + high) // 2
        if len(wrapped(words, face, middle)) <= number and all(
            face.width(word) <= middle for word in words
        ):
            high = middle
        else:
            low = middle
    return wrapped(words, face, high)


def _shortened(lines: list[str], face: Face, width: int, most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and face.width(f"{last}{ELLIPSIS}") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' ,;:.–—-')}{ELLIPSIS}"]


def _opened(name: str, size: int, weight: int | None) -> FreeTypeFont:
    """Open a font anew: one that threads share would lose its place."""
    font = ImageFont.truetype(str(settings.BASE_DIR / "static" / "fonts" / name), size)
    if weight is not None:
        font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=2000)
def _font_of(family: tuple[str, ...], char: str) -> int | None:
    """Return which font of a family has a letter, if one has."""
    for number, name in enumerate(family):
        if _drawn(name, char) != _drawn(name, _NO_LETTER):
            return number
    return None


def _drawn(name: str, char: str) -> tuple[tuple[int, int], bytes]:
    mask = _opened(name, 32, None).getmask(char)
    return mask.size, bytes(mask)
