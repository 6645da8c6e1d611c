"""What the community index is asked for, as a value object with one canonical spelling; pure."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from impact.filters.gallery import clean

FACETS = ("kind", "region")
MAX_SEARCH_LENGTH = 100
# There are fewer kinds and regions than this; what comes after it is noise.
MAX_VALUES = 20
MAX_VALUE_LENGTH = 20


def fold(text: str) -> str:
    """Return text as it is compared: without accents, case or doubled spaces.

    >>> fold("  São  PAULO ")
    'sao paulo'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@dataclass(frozen=True)
class CommunityFilter:
    """Kinds and regions are alternatives within themselves; `q` holds words of the name."""

    kind: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    q: str = ""

    @classmethod
    def from_query(cls, query: Any) -> "CommunityFilter":
        """Read a `QueryDict`; unknown keys, empty values and repetitions disappear."""
        words = (clean(text, MAX_SEARCH_LENGTH) for text in query.getlist("q"))
        return cls(
            kind=_values(query.getlist("kind")),
            region=_values(query.getlist("region")),
            q=next(filter(None, words), ""),
        )

    def query(self) -> str:
        """Return the canonical query string, without `?`."""
        pairs = [(key, value) for key in FACETS for value in getattr(self, key)]
        return urlencode(sorted([*pairs, *([("q", self.q)] if self.q else [])]))

    def toggled(self, key: str, value: str) -> "CommunityFilter":
        """Return the filter with a value of a facet the other way round."""
        values: tuple[str, ...] = getattr(self, key)
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        changes: dict[str, Any] = {key: tuple(sorted(changed))}
        return replace(self, **changes)

    def without_search(self) -> "CommunityFilter":
        """Return the filter without the words of a name."""
        return replace(self, q="")

    @property
    def narrows(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.kind or self.region or self.q)

    @property
    def indexable(self) -> bool:
        """Whether search engines may list it: no search, at most one chosen value."""
        return not self.q and len(self.kind) + len(self.region) <= 1

    def admits(self, kind: str, region: str, name: str, ignoring: str = "") -> bool:
        """Return whether a community meets the filter, but for what it says of one key."""
        return (
            (ignoring == "kind" or not self.kind or kind in self.kind)
            and (ignoring == "region" or not self.region or region in self.region)
            and all(word in fold(name) for word in fold(self.q).split())
        )


def _values(values: Iterable[str]) -> tuple[str, ...]:
    cleaned = {text for value in values if (text := clean(value, MAX_VALUE_LENGTH))}
    return tuple(sorted(cleaned)[:MAX_VALUES])
