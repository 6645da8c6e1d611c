"""What the lists of the old site lead to: sections, and the pages of authors, categories and tags; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.text import slugify

from impact.portability.front_matter import FrontMatterError, parse
from impact.portability.links import GALLERY
from impact.portability.messages import Log
from impact.portability.old_addresses import AddressBook, Claim, Goal, read_aliases
from impact.portability.source import Source
from impact.portability.taxonomies import Facet
from impact.portability.values import read_list
from impact.taxonomy.normal_form import tag_slug


@dataclass
class OldLists:
    """The terms that posts name, each as it was spelled, and where its list is now."""

    source: Source
    terms: dict[tuple[Facet, str], Goal] = field(default_factory=dict)
    sections: dict[str, Goal] = field(default_factory=dict)

    def section(self, name: str, goal: Goal) -> None:
        """Let a section of the old site, as `blog`, lead to a list here."""
        self.sections.setdefault(name, goal)

    def term(self, facet: Facet, name: str, goal: Goal) -> None:
        """Let the list of a term, spelled so, lead to a list here."""
        self.terms[facet, name] = goal

    def perhaps(self, facet: Facet, name: str, goal: Goal) -> None:
        """Let the list of a term lead somewhere unless a post says better."""
        self.terms.setdefault((facet, name), goal)

    def claim(self, book: AddressBook, log: Log) -> None:
        """Enter all of them, under every name that a list may have had."""
        for name, goal in self.sections.items():
            book.filed(Claim.LIST, name, goal)
            for alias in self._aliases(name, log):
                book.filed(Claim.ALIAS, alias, goal)
        facets = self.source.taxonomies.facets
        for root in facets:
            book.filed(self._rank(root), root, Goal(GALLERY))
        for (facet, name), goal in self.terms.items():
            for root in (root for root, its in facets.items() if its == facet):
                book.filed(self._rank(root), self.source.permalinks.term(root, name), goal)
                for spelled in _spellings(name):
                    book.filed(Claim.SPELLING, f"{root}/{spelled}", goal)

    def _rank(self, root: str) -> Claim:
        """The names that the site itself used come before those that other sites use."""
        used = {plural.lower() for plural in self.source.config.mapping("taxonomies").values()}
        return Claim.LIST if root in (used or {"categories", "tags"}) else Claim.SPELLING

    def _aliases(self, section: str, log: Log) -> Iterator[str]:
        """Yield the further addresses that a section's own page names."""
        path = self.source.content / section / "_index.md"
        if self.source.resources.inside(path) is None:
            return
        about = log.about(path.relative_to(self.source.root).as_posix())
        try:
            parsed = parse(path.read_text(encoding="utf-8"))
        except (FrontMatterError, UnicodeDecodeError, OSError) as error:
            about.warning("unreadable", str(error), getattr(error, "line", 0))
            return
        yield from read_aliases(
            read_list(parsed.data.get("aliases")),
            f"{section}/",
            self.source.base_url,
            about,
            parsed.line_of("aliases"),
        )


def _spellings(name: str) -> Iterable[str]:
    """How else an address may have spelled a term."""
    return filter(None, dict.fromkeys((tag_slug(name), slugify(name))))
