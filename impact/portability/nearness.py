"""Spellings that are near each other, found among thousands without comparing each with each."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from impact.portability.values import differ_by_a_letter

_COMPARED = 20


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


class Names:
    """Names by the three letters in a row that they hold; a name is compared with the likeliest only."""

    # Two letters of a short name that changed places are near enough.
    def __init__(self, likeness: float = 0.8) -> None:
        self.likeness = likeness
        self._names: list[str] = []
        self._by_part: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, name: str) -> None:
        """Keep a name."""
        for part in _parts(name):
            self._by_part[part].append(len(self._names))
        self._names.append(name)

    def like(self, name: str) -> str:
        """Return the name that is most like another one, as `difflib` measures it; empty for none."""
        shared = Counter(number for part in _parts(name) for number in self._by_part.get(part, ()))
        likeliest = [self._names[number] for number, _shared in shared.most_common(_COMPARED)]
        return next(iter(get_close_matches(name, likeliest, 1, self.likeness)), "")


def _parts(name: str) -> set[str]:
    framed = f" {name} "
    return {framed[start : start + 3] for start in range(len(framed) - 2)}
