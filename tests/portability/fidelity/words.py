"""Comparing the words of a source with those of its page, in order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tests.portability.fidelity.seen import Word

# So many words in a row that stand elsewhere on the page were moved there; fewer are a coincidence.
_PHRASE = 4
_NEIGHBOURS = 4


@dataclass(frozen=True)
class Lost:
    """Words that the page lacks, with those that stand before and after them in the source."""

    words: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    def __str__(self) -> str:
        before, words, after = (" ".join(part) for part in (self.before, self.words, self.after))
        return f"{before} [{words}] {after}".strip()


@dataclass
class Comparison:
    """Numbers of words, those left out on purpose by reason, and what is lost."""

    source: int = 0
    in_order: int = 0
    moved: int = 0
    on_purpose: Counter[str] = field(default_factory=Counter)
    lost: list[Lost] = field(default_factory=list)
    added: int = 0

    @property
    def number_lost(self) -> int:
        """How many words are lost."""
        return sum(len(lost.words) for lost in self.lost)

    def add(self, other: "Comparison") -> None:
        """Add the numbers of another comparison."""
        self.source += other.source
        self.in_order += other.in_order
        self.moved += other.moved
        self.on_purpose += other.on_purpose
        self.lost += other.lost
        self.added += other.added


def compare(source: Sequence[Word], page: Sequence[str]) -> Comparison:
    """Compare in order; what stands elsewhere on the page counts as moved."""
    result = Comparison(source=len(source))
    matcher = SequenceMatcher(None, [word.text for word in source], page, autojunk=False)
    missing: list[range] = []
    extra: list[list[str]] = []
    for tag, start, end, page_start, page_end in matcher.get_opcodes():
        if tag == "equal":
            result.in_order += end - start
            continue
        if end > start:
            missing.append(range(start, end))
        if page_end > page_start:
            extra.append(list(page[page_start:page_end]))
    for run in missing:
        for rest in _without_moved(run, source, extra, result):
            _add_missing(rest, source, result)
    result.added = sum(len(run) for run in extra)
    return result


def _without_moved(
    run: range, source: Sequence[Word], extra: list[list[str]], result: Comparison
) -> Iterator[range]:
    """Take the phrases of a run that stand elsewhere out of `extra`; yield what is left of the run."""
    words = [source[number].text for number in run]
    for place, other in enumerate(extra):
        match = SequenceMatcher(None, words, other, autojunk=False).find_longest_match()
        whole = match.size == len(words) == len(other)
        if match.size and (match.size >= _PHRASE or whole):
            result.moved += match.size
            extra[place : place + 1] = [other[: match.b], other[match.b + match.size :]]
            yield from _without_moved(run[: match.a], source, extra, result)
            yield from _without_moved(run[match.a + match.size :], source, extra, result)
            return
    if run:
        yield run


def _add_missing(run: range, source: Sequence[Word], result: Comparison) -> None:
    """Count the words that may be left out; the others are lost, each stretch with its neighbours."""
    stretch: list[int] = []
    for number in [*run, None]:
        if number is not None and not source[number].reason:
            stretch.append(number)
            continue
        if number is not None:
            result.on_purpose[source[number].reason] += 1
        if stretch:
            first, last = stretch[0], stretch[-1] + 1
            result.lost.append(
                Lost(
                    _texts(source[first:last]),
                    _texts(source[max(first - _NEIGHBOURS, 0) : first]),
                    _texts(source[last : last + _NEIGHBOURS]),
                )
            )
            stretch = []


def _texts(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)
