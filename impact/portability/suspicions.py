"""Which terms of a source are probably, or perhaps, the same; pure, and near linear in their number."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from impact.portability.media_blocks import host_of
from impact.portability.nearness import Spellings
from impact.portability.values import name_key
from impact.portability.vocabulary import Section, Term, Vocabulary

# Below this many letters two names that differ by one are as likely two.
_LONG_ENOUGH = 8
_LONGEST_TITLE = 12


@dataclass(frozen=True)
class Suspicion:
    """That a term is the same as another one, and why; `sure` is what a proposal merges by itself."""

    same_as: Term
    why: str
    sure: bool


class _Finder(Protocol):
    """Knows terms, and tells which of them another may be the same as."""

    def near(self, term: Term) -> Iterator[Suspicion]: ...

    def add(self, term: Term) -> None: ...


def suspect(vocabulary: Vocabulary, section: Section) -> dict[str, Suspicion]:
    """Return which other one each term of a section may be, by key.

    What is more certain or more used is kept, and nothing is the same as a term that is merged itself.
    """
    terms = sorted(
        vocabulary.terms[section].values(),
        key=lambda term: (not term.has_page, -term.posts, term.name),
    )
    finder = _FINDERS[section]()
    found: dict[str, Suspicion] = {}
    for term in terms:
        suspicions = sorted(finder.near(term), key=lambda suspicion: not suspicion.sure)
        if suspicions:
            first = suspicions[0]
            before = found.get(first.same_as.key)
            kept = before.same_as if before and before.sure else first.same_as
            found[term.key] = Suspicion(kept, first.why, first.sure)
        finder.add(term)
    return found


def tags_named_as_categories(vocabulary: Vocabulary) -> dict[str, Term]:
    """Return for tags the category that has their name, but for a plural or a hyphen, by key."""
    categories = vocabulary.terms["categories"].values()
    by_stem = {stem_of(category.key): category for category in categories if category.posts}
    stems = ((key, stem_of(key)) for key in vocabulary.terms["tags"])
    return {key: by_stem[stem] for key, stem in stems if stem in by_stem}


def stem_of(slug: str) -> str:
    """Return what a slug shares with its plural and with its spelling without hyphens.

    >>> {stem_of(slug) for slug in ("open-hubs", "openhub", "open-hub")}
    {'openhub'}
    """
    return "".join(_singular(word) for word in slug.split("-"))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    plural = word.endswith("s") and not word.endswith("ss") and len(word) > 3
    return word[:-1] if plural else word


class _Authors:
    def __init__(self) -> None:
        self.spellings = Spellings()
        self.by_key: dict[str, Term] = {}
        self.by_family: dict[tuple[str, str], Term] = {}

    def near(self, term: Term) -> Iterator[Suspicion]:
        key = name_key(term.name)
        for near in self.spellings.near(key):
            other = self.by_key[near]
            long = min(len(key), len(near)) >= _LONG_ENOUGH
            yield Suspicion(
                other, "a letter apart", long and not (term.has_page and other.has_page)
            )
        family = _family(term)
        if family and (relative := self.by_family.get(family)):
            yield Suspicion(relative, "the same surname, a first name that begins alike", False)

    def add(self, term: Term) -> None:
        key = name_key(term.name)
        self.spellings.add(key)
        self.by_key.setdefault(key, term)
        if family := _family(term):
            self.by_family.setdefault(family, term)


def _family(term: Term) -> tuple[str, str] | None:
    """The surname, and the letter with which the first name begins."""
    words = [key for word in term.name.split() if (key := name_key(word))]
    return (words[-1], words[0][0]) if len(words) > 1 else None


class _Tags:
    def __init__(self) -> None:
        self.spellings = Spellings()
        self.by_key: dict[str, Term] = {}
        self.by_stem: dict[str, Term] = {}

    def near(self, term: Term) -> Iterator[Suspicion]:
        if other := self.by_stem.get(stem_of(term.key)):
            yield Suspicion(other, "but for a plural or a hyphen", True)
        # A year is a letter apart from the next.
        if len(term.key) >= _LONG_ENOUGH and not any(c.isdigit() for c in term.key):
            for near in self.spellings.near(term.key):
                yield Suspicion(self.by_key[near], "a letter apart", False)

    def add(self, term: Term) -> None:
        self.by_stem.setdefault(stem_of(term.key), term)
        self.spellings.add(term.key)
        self.by_key[term.key] = term


class _Communities:
    def __init__(self) -> None:
        self.by_title: dict[tuple[str, ...], Term] = {}
        self.by_part: dict[tuple[str, ...], Term] = {}

    def near(self, term: Term) -> Iterator[Suspicion]:
        title = _words(term)
        if other := self.by_title.get(title):
            yield Suspicion(other, "the same title", not _differ(term.website, other.website))
        for part in _parts(title):
            if other := self.by_title.get(part):
                yield Suspicion(other, f"“{other.name}” is part of the title", False)
        if other := self.by_part.get(title):
            yield Suspicion(other, f"the title is part of “{other.name}”", False)

    def add(self, term: Term) -> None:
        title = _words(term)
        if title:
            self.by_title.setdefault(title, term)
        for part in _parts(title):
            self.by_part.setdefault(part, term)


def _differ(one: str, other: str) -> bool:
    """Whether two communities have websites of their own: then a title was rather copied."""
    return bool(one and other) and host_of(one) != host_of(other)


def _words(term: Term) -> tuple[str, ...]:
    words = [key for word in term.name.split() if (key := name_key(word))]
    return tuple(words[:_LONGEST_TITLE])


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the runs of words in a title, except all of them; the longest first."""
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            yield words[start : start + length]


_FINDERS: Mapping[Section, Callable[[], _Finder]] = {
    "authors": _Authors,
    "categories": _Tags,
    "tags": _Tags,
    "communities": _Communities,
}
