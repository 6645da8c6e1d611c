"""Where the words of a search stand in a text: the passage to quote, with the words marked.

The text stays as it was written: what is compared is a copy of it, letter by letter as the words are folded.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from impact.catalogue.fulltext import Sought, folded

# About three lines of a card, in characters; and how far before a word a sentence may begin.
LENGTH = 200
BEFORE = 70
# Where a word that many have stands often, the first places are enough to choose from.
PLACES = 200

# Where a word stands, and which of those that were looked for it is.
Place = tuple[int, int, int]


@lru_cache(maxsize=64)
def _pattern(sought: Sought) -> re.Pattern[str]:
    """Return what finds any form of each word; group n is the n-th word."""
    words = ("|".join(map(re.escape, sorted(forms, key=len, reverse=True))) for forms in sought)
    groups = "|".join(f"({alternatives})" for alternatives in words)
    return re.compile(rf"(?<![^\W_])(?:{groups})(?![^\W_])")


class _Folds(dict[int, str]):
    """What each letter is folded to."""

    def __missing__(self, letter: int) -> str:
        self[letter] = folded(chr(letter))
        return self[letter]


_folds = _Folds()


def places(text: str, sought: Sought) -> list[Place]:
    """Return where the words that were looked for stand in a text: start, end, number of the word."""
    found = []
    for match in _pattern(sought).finditer(text.translate(_folds)):
        found.append((match.start(), match.end(), match.lastindex or 0))
        if len(found) == PLACES:
            break
    if not found or all(len(_folds[ord(letter)]) == 1 for letter in set(text)):
        return found
    # Some letters are folded to none or to several: "ß", or an accent that stands for itself.
    origin = [n for n, letter in enumerate(text) for _ in _folds[ord(letter)]]
    return [(origin[start], origin[end - 1] + 1, word) for start, end, word in found]


def marked(text: str, found: Sequence[Place]) -> SafeString:
    """Return a text as markup, the words at some places marked."""
    parts, done = [], 0
    for start, end, _word in found:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    # Every part of the text is escaped above.
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308


def passage(text: str, sought: Sought) -> SafeString:
    """Return the part of a text that holds most of the words, marked; nothing where it holds none."""
    found = places(text, sought)
    if not found:
        return SafeString("")
    first = max(range(len(found)), key=lambda n: (_held(found, n), -n))
    start = _beginning(text, found[first][0])
    end = _end(text, start + LENGTH)
    inside = [(a - start, b - start, word) for a, b, word in found if a >= start and b <= end]
    quoted = marked(text[start:end], inside)
    # Points say that something is left out.
    return SafeString(f"{'… ' if start else ''}{quoted}{' …' if end < len(text) else ''}")


def _held(found: Sequence[Place], first: int) -> int:
    """Return how many different words stand in a passage that begins about at a place."""
    reach = found[first][0] + LENGTH - BEFORE
    return len({word for start, _end, word in found[first : first + 20] if start < reach})


def _beginning(text: str, place: int) -> int:
    """Return where to begin for a word at a place: with its sentence, or else with some word."""
    if place <= BEFORE:
        return 0
    before = text[place - BEFORE : place]
    sentence = max(before.rfind(mark) for mark in (". ", "! ", "? ", ": "))
    if sentence >= 0:
        return place - BEFORE + sentence + 2
    return place - BEFORE + before.find(" ") + 1


def _end(text: str, place: int) -> int:
    """Return where to end before a place: after a whole word, if there are spaces at all."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - 40, place + 1)
    return space if space > 0 else place
