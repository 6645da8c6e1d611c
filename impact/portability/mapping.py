"""What a map means for the terms of a source: which is merged into which, left out, or changed."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from functools import cached_property

from impact.portability.map_file import AS_TAG, LEAVE_OUT, SAME_AS, MapError, MapFile, Wanted
from impact.portability.nearness import Names
from impact.portability.taxonomies import Facet
from impact.portability.vocabulary import DEFAULT_CATEGORY, SECTIONS, Section, Vocabulary
from impact.taxonomy.normal_form import tag_slug

_FACETS: Map[Section, Facet] = {"authors": "author", "categories": "category", "tags": "tag"}
_ONE: Map[Section, str] = {
    "authors": "author",
    "categories": "category",
    "tags": "tag",
    "communities": "community",
}


@dataclass
class Wishes:
    """What is wanted of the terms of one section, by key; `same_as` leads to the one that is kept."""

    same_as: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    as_tags: set[str] = field(default_factory=set)
    changes: dict[str, dict[str, str]] = field(default_factory=dict)

    def kept(self, key: str) -> str:
        """Return the term that stands for another."""
        return self.same_as.get(key, key)

    def change(self, key: str, name: str) -> str:
        """Return a value that a term is given; empty where it keeps its own."""
        return self.changes.get(key, {}).get(name, "")


@dataclass
class Mapping:
    """All of it; without a map nothing is wanted."""

    authors: Wishes = field(default_factory=Wishes)
    categories: Wishes = field(default_factory=Wishes)
    tags: Wishes = field(default_factory=Wishes)
    communities: Wishes = field(default_factory=Wishes)

    def of(self, section: Section) -> Wishes:
        """Return the wishes of a section."""
        wishes: Wishes = getattr(self, section)
        return wishes

    def moved(self) -> dict[tuple[Facet, str], tuple[Facet, str]]:
        """Return where lists of terms have gone, by facet and slug; an empty slug is the whole gallery."""
        moved: dict[tuple[Facet, str], tuple[Facet, str]] = {}
        for section, facet in _FACETS.items():
            wishes = self.of(section)
            moved |= {(facet, key): (facet, to) for key, to in wishes.same_as.items()}
            moved |= {(facet, key): (facet, "") for key in wishes.left_out}
            moved |= {(facet, key): ("tag", self._tag_slug(key)) for key in wishes.as_tags}
        for key in (*self.tags.changes, *self.tags.same_as):
            moved["tag", key] = ("tag", self._tag_slug(key))
        return moved

    def _tag_slug(self, key: str) -> str:
        return "" if key in self.tags.left_out else self.tag(self.tags.kept(key))[0]

    def tag(self, key: str) -> tuple[str, str]:
        """Return slug and name of a tag that was renamed: a tag's slug is its name's normal form."""
        name = self.tags.change(key, "name")
        return (tag_slug(name), name) if name else (key, "")


def resolve(file: MapFile, vocabulary: Vocabulary) -> Mapping:
    """Return what a map means. Raises `MapError` with all that is wrong with it."""
    mapping = Mapping()
    for section in SECTIONS:
        _Resolver(file, vocabulary, section, mapping.of(section)).run()
    if file.problems:
        raise MapError(file.problems)
    return mapping


class _Resolver:
    """One section, checked against the terms that the source has."""

    def __init__(
        self, file: MapFile, vocabulary: Vocabulary, section: Section, wishes: Wishes
    ) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.section = section
        self.wishes = wishes
        self.wanted: dict[str, Wanted] = {}

    def run(self) -> None:
        for wanted in self.file.wanted:
            if wanted.section == self.section and (key := self._key(wanted.name, wanted.line)):
                if first := self.wanted.get(key):
                    text = f"“{wanted.name}” is “{first.name}” of line {first.line}"
                    self.file.problem(wanted.line, f"{text}; say both there")
                else:
                    self.wanted[key] = wanted
        for key, wanted in self.wanted.items():
            self._take(key, wanted)
        self._follow()
        for key, wanted in self.wanted.items():
            self._check(key, wanted)

    def _key(self, name: str, line: int) -> str:
        if key := self.vocabulary.find(self.section, name):
            return key
        near = self._names.like(name)
        hint = f"; perhaps “{near}”" if near else ""
        self.file.problem(line, f"the source has no {_ONE[self.section]} “{name}”{hint}")
        return ""

    @cached_property
    def _names(self) -> Names:
        """What the terms are called: a map of another source may have thousands that are not here."""
        names = Names(0.75)
        for term in self.vocabulary.terms[self.section].values():
            names.add(term.name)
        return names

    def _take(self, key: str, wanted: Wanted) -> None:
        values = dict(wanted.values)
        if target := values.pop(SAME_AS, ""):
            if kept := self._key(target, wanted.lines[SAME_AS]):
                self.wishes.same_as[key] = kept
        elif values.pop(LEAVE_OUT, ""):
            self.wishes.left_out.add(key)
        elif values.pop(AS_TAG, ""):
            self.wishes.as_tags.add(key)
        elif values:
            self.wishes.changes[key] = values
            return
        for name in values:
            text = f"“{name}” has no effect on “{wanted.name}”, which is merged or left out"
            self.file.problem(wanted.lines[name], text)

    def _follow(self) -> None:
        """Let every merged term lead to the one that is kept at the end; circles have none."""
        direct = dict(self.wishes.same_as)
        circles: set[str] = set()
        for key in direct:
            path = [key]
            while (to := direct.get(path[-1])) and to not in path:
                path.append(to)
            self.wishes.same_as[key] = path[-1]
            if to and to not in circles:
                circle = path[path.index(to) :]
                circles.update(circle)
                names = " → ".join(f"“{self._name(one)}”" for one in (*circle, to))
                text = f"the same as each other in a circle, so that none is kept: {names}"
                self.file.problem(self.wanted[to].lines[SAME_AS], text)

    def _check(self, key: str, wanted: Wanted) -> None:
        gone = self.wishes.left_out | self.wishes.as_tags
        if self.wishes.kept(key) in gone and key not in gone:
            name = self._name(self.wishes.kept(key))
            text = f"“{wanted.name}” would be the same as “{name}”, which is left out"
            self.file.problem(wanted.lines[SAME_AS], text)
        if key in gone and self.section == "categories" and key == tag_slug(DEFAULT_CATEGORY):
            text = f"“{wanted.name}” stays: posts without a category are filed under it"
            self.file.problem(wanted.line, text)
        name = self.wishes.change(key, "name") or self.wishes.change(key, "title")
        other = self.vocabulary.find(self.section, name) if name else ""
        if other and self.wishes.kept(other) != key:
            text = f"“{name}” is another {_ONE[self.section]}; to merge them say “{SAME_AS}”"
            self.file.problem(wanted.line, text)

    def _name(self, key: str) -> str:
        return self.vocabulary.name(self.section, key)
