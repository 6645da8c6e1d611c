"""Words in the site's own fonts: which of them can be written, and how they fit into a space.

The fonts hold Latin letters. Other scripts are written with the fonts that `SHARE_FONTS` names; a text that
none of them has is not written at all, so that nobody sees boxes where words should be.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from django.conf import settings
from PIL import ImageFont
from PIL.ImageDraw import ImageDraw
from PIL.ImageFont import FreeTypeFont

# The files of a family, in the order in which they are asked for a letter.
Family = tuple[str, ...]
ELLIPSIS = "…"
# No font has a letter here, so this is what it draws for one that it lacks.
_NO_LETTER = "\uffff"
# Signs that are left out where a font lacks them: emoji, and what joins or colours them.
_UNSEEN = frozenset({"Cc", "Cf"})
_SIGNS = _UNSEEN | {"Cn", "Co", "Cs", "Me", "Mn", "Sk", "So"}
# What joins letters of Persian or Hindi, and parts them, is no letter and changes how they look.
_JOINERS = frozenset("\u200c\u200d")
# Where a line may end between two letters: Chinese, Japanese, Thai and their like write no spaces.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
    r"|[\U00020000-\U0003ffff]"
)


class Face:
    """A family at a size, in pixels, and a weight where it has several."""

    def __init__(self, family: Family, size: int, weight: int | None = None) -> None:
        self.size = size
        self._family = _with_others(family)
        self._weight = weight
        self._fonts: dict[int, FreeTypeFont] = {}

    def width(self, text: str) -> float:
        """Return how long a text is."""
        return sum(font.getlength(run) for run, font in self._runs(text))

    def draw(self, canvas: ImageDraw, at: tuple[float, float], text: str, fill: str) -> None:
        """Write a text from a point on its baseline, at its left end whichever way it is read."""
        left, baseline = at
        runs = list(self._runs(text))
        # Within a run the letters are put in order by the font's shaping.
        for run, font in reversed(runs) if right_to_left(text) else runs:
            canvas.text((left, baseline), run, font=font, fill=fill, anchor="ls")
            left += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[str, FreeTypeFont]]:
        """Yield stretches of a text with the font that has their letters."""
        numbers = [_font_of(self._family, char) for char in text]
        # One font for all of it keeps the order of letters and figures that are read in two directions.
        if len(set(numbers)) > 1 and (whole := _font_of_all(self._family, text)) is not None:
            numbers = [whole] * len(text)
        start, last = 0, next((number for number in numbers if number is not None), 0)
        for place, (char, number) in enumerate(zip(text, numbers, strict=True)):
            if number is None or number == last or char == " " or char in _JOINERS:
                continue
            if place > start:
                yield text[start:place], self._font(last)
            start, last = place, number
        if start < len(text):
            yield text[start:], self._font(last)

    def _font(self, number: int) -> FreeTypeFont:
        if number not in self._fonts:
            self._fonts[number] = _opened(self._family[number], self.size, self._weight)
        return self._fonts[number]


def right_to_left(text: str) -> bool:
    """Return whether a text begins at the right: so says its first letter that has a direction.

    >>> right_to_left("2024: الشعاب"), right_to_left("Reef الشعاب")
    (True, False)
    """
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((each != "L" for each in directions if each in {"L", "R", "AL"}), False)


def writable(text: str, family: Family) -> str:
    """Return a text as it can be written; nothing where a letter of it can't.

    >>> writable("Überblick 🎉 2024", ("serif.woff2",))
    'Überblick 2024'
    >>> writable("珊瑚礁", ("serif.woff2",))
    ''
    """
    family = _with_others(family)
    kept: list[str] = []
    for char in " ".join(unicodedata.normalize("NFC", text).split()):
        kind = unicodedata.category(char)
        seen = kind not in _UNSEEN or (char in _JOINERS and kept[-1:] not in ([], [" "]))
        if char == " " or (seen and _font_of(family, char) is not None):
            kept.append(char)
        elif kind not in _SIGNS:
            return ""
    return " ".join("".join(kept).split())


def fitted(
    text: str,
    family: Family,
    sizes: range,
    width: int,
    height: int,
    leading: float,
    weight: int | None = None,
) -> tuple[Face, list[str]]:
    """Return the largest of the sizes at which a text fits, and its lines, about equally long.

    At the smallest the end is left out where it has to be. `leading` is the height of a line by the size.
    """
    words = _words(text)
    for size in sizes:
        face = Face(family, size, weight)
        most = max(1, int(height / (size * leading)))
        if any(face.width(word) > width for word in words):
            continue
        lines = wrapped(words, face, width)
        if len(lines) <= most:
            return face, _balanced(words, face, width, len(lines))
    return face, _shortened(wrapped(words, face, width), face, width, most)


def _words(text: str) -> list[str]:
    """Return what stays together in a line, with the space that stands before it.

    >>> _words("Reef 珊瑚 map")
    ['Reef', ' 珊', '瑚', ' map']
    """
    parts: list[str] = []
    for word in re.findall(r" ?[^ ]+", text):
        last = 0
        for found in _UNSPACED.finditer(word, 1):
            # Marks and closing punctuation stay with what they follow.
            if found.start() > last and unicodedata.category(found[0])[0] == "L":
                parts.append(word[last : found.start()])
                last = found.start()
        parts.append(word[last:])
    return [part for part in parts if part.strip()]


def wrapped(words: list[str], face: Face, width: float) -> list[str]:
    """Return lines that are as full as they can be; a word that is longer than a line is broken."""
    lines: list[str] = []
    line = ""
    for word in words:
        together = f"{line}{word}" if line else word.lstrip()
        if face.width(together) <= width:
            line = together
            continue
        if line:
            lines.append(line)
        line = word.lstrip()
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


def _with_others(family: Family) -> Family:
    """Return a family with the fonts that are asked for what it lacks."""
    return (*family, *(path for path in settings.SHARE_FONTS if path not in family))


def _opened(name: str, size: int, weight: int | None) -> FreeTypeFont:
    """Open a font anew: one that threads share would lose its place. An absolute path stays what it is."""
    font = ImageFont.truetype(str(settings.BASE_DIR / "static" / "fonts" / name), size)
    if weight is not None:
        # A font that comes in one weight has that.
        with suppress(OSError):
            font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=2000)
def _font_of(family: Family, char: str) -> int | None:
    """Return which font of a family has a letter, if one has."""
    return next((number for number, name in enumerate(family) if _has(name, char)), None)


def _font_of_all(family: Family, text: str) -> int | None:
    """Return the first font of a family that has every letter of a text."""
    needed = set(text) - {" "} - _JOINERS
    found = (n for n, name in enumerate(family) if all(_has(name, char) for char in needed))
    return next(found, None)


@lru_cache(maxsize=4000)
def _has(name: str, char: str) -> bool:
    return char == " " or _drawn(name, char) != _drawn(name, _NO_LETTER)


def _drawn(name: str, char: str) -> tuple[tuple[int, int], bytes]:
    mask = _opened(name, 32, None).getmask(char)
    return mask.size, bytes(mask)
