"""Spellings a letter apart, found among thousands without comparing each with each."""

from collections import defaultdict
from collections.abc import Iterator

from impact.portability.values import differ_by_a_letter


class Spellings:
    """Texts by what is left of them without any one letter.

    Two texts that are one insertion, deletion or replacement apart have one of these in common, so a
    text is compared with those few only. It takes a text's length in entries to keep it.
    """

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._by_rest: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, text: str) -> None:
        """Keep a text, once."""
        if text not in self._texts:
            self._texts[text] = len(self._texts)
            for rest in _rests(text):
                self._by_rest[rest].append(text)

    def near(self, text: str) -> list[str]:
        """Return the texts kept that differ by a letter, in the order in which they came."""
        candidates = {other for rest in _rests(text) for other in self._by_rest.get(rest, ())}
        near = (other for other in candidates if differ_by_a_letter(text, other))
        return sorted(near, key=self._texts.__getitem__)


def _rests(text: str) -> Iterator[str]:
    yield from {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}
