"""The terms of a source: its authors, categories, tags and communities, and how posts use them."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from impact.portability.values import name_key
from impact.taxonomy.normal_form import tag_slug

Section = Literal["authors", "categories", "tags", "communities"]

# What all spellings of one term share.
_NORMAL: Mapping[Section, Callable[[str], str]] = {
    "authors": lambda text: name_key(text.replace("-", " ")),
    "categories": lambda text: tag_slug(text)[:80],
    "tags": tag_slug,
    "communities": lambda text: text.strip("/ ").casefold(),
}
# Files the posts that name no category.
DEFAULT_CATEGORY = "General"
SECTIONS: tuple[Section, ...] = ("authors", "categories", "tags", "communities")


@dataclass
class Term:
    """One of them; `key` is the slug, or of a community the key of its page.

    `spellings` counts the posts by how they write it. `has_page` says that the source has a page of its
    own about it: an author's profile, a community's page. `website` is a community's.
    """

    key: str
    name: str
    posts: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    has_page: bool = False
    website: str = ""


@dataclass
class Vocabulary:
    """All terms by section and key, in the order in which they were met."""

    terms: dict[Section, dict[str, Term]] = field(
        default_factory=lambda: {section: {} for section in SECTIONS}
    )
    _by_spelling: dict[Section, dict[str, str]] = field(
        default_factory=lambda: {section: {} for section in SECTIONS}
    )

    def add(self, section: Section, key: str, name: str, *spellings: str) -> Term:
        """Return the term of a key, adding it when it is new; the spellings are understood as well."""
        term = self.terms[section].setdefault(key, Term(key, name))
        for spelling in (name, *spellings):
            self._by_spelling[section].setdefault(_NORMAL[section](spelling), key)
        return term

    def used(self, section: Section, key: str, spelling: str) -> None:
        """Count a post that uses a term under a spelling."""
        term = self.add(section, key, spelling)
        term.posts += 1
        term.spellings[spelling] += 1

    def find(self, section: Section, text: str) -> str:
        """Return the key of a term by any of its spellings; empty for none."""
        if section == "communities" and text in self.terms[section]:
            # Not another one's title.
            return text
        return self._by_spelling[section].get(_NORMAL[section](text), "")

    def name(self, section: Section, key: str) -> str:
        """Return what a term is called."""
        return self.terms[section][key].name
