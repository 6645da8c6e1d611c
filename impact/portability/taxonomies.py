"""Which keys of the front matter hold authors, categories and tags: a site may have renamed them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Facet = Literal["author", "category", "tag"]

# The names that Hugo and its themes use, always understood and always first; then what else sites
# call the same, where their configuration names it as a taxonomy.
_STANDARD: dict[Facet, tuple[str, ...]] = {
    "author": ("authors", "author"),
    "category": ("categories", "category"),
    "tag": ("tags", "tag"),
}
_SYNONYMS: dict[Facet, frozenset[str]] = {
    "author": frozenset(
        {"writer", "writers", "contributor", "contributors", "people", "person", "byline"}
    ),
    "category": frozenset(
        {"topic", "topics", "theme", "themes", "subject", "subjects", "channel", "channels"}
    ),
    "tag": frozenset({"keyword", "keywords", "label", "labels", "hashtag", "hashtags"}),
}


@dataclass(frozen=True)
class Taxonomies:
    """Keys of the front matter by what they hold, the first that a post has counting.

    `facets` has what the lists of terms are about by the first part of their addresses; `others` are
    the keys of taxonomies that play none of the three parts.
    """

    authors: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    facets: Mapping[str, Facet]
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, configured: Mapping[str, str]) -> "Taxonomies":
        """Give each taxonomy of a configuration (singular to plural) its part.

        >>> Taxonomies.of({"topic": "topics", "label": "labels"}).categories
        ('categories', 'category', 'topics')
        """
        keys = {facet: list(names) for facet, names in _STANDARD.items()}
        facets: dict[str, Facet] = {name: f for f, names in _STANDARD.items() for name in names}
        left = {singular: plural.lower() for singular, plural in configured.items() if plural}
        taken: set[Facet] = set()
        for known in (_STANDARD, _SYNONYMS):
            for singular, plural in list(left.items()):
                names = {singular, plural}
                facet = next((f for f, ours in known.items() if names & set(ours)), None)
                if facet is None or facet in taken:
                    continue
                taken.add(facet)
                del left[singular]
                facets |= dict.fromkeys(names, facet)
                if plural not in keys[facet]:
                    keys[facet].append(plural)
        return cls(
            tuple(keys["author"]),
            tuple(keys["category"]),
            tuple(keys["tag"]),
            facets,
            tuple(left.values()),
        )
