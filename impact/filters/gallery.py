"""`GalleryFilter`: the gallery's query string as a value object with one canonical spelling; pure.

Unknown keys, empty values and repetitions disappear here. What remains is kept even where nothing in
the database answers to it: whether a category exists is not for this module to know.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import quote_plus, urlencode

# In the order in which the gallery shows them.
FACETS = ("year", "category", "community", "tag", "author", "kind")
DATES = ("since", "until")
NEWEST, OLDEST, RELEVANCE = "newest", "oldest", "relevance"
SORTS = (NEWEST, OLDEST, RELEVANCE)

# No slug is longer than 255 characters, so a value that is cut here answers to nothing either way.
MAX_VALUE_LENGTH = 256
MAX_SEARCH_LENGTH = 200
# Every link on a page repeats the whole filter. Web servers refuse request lines above 4 kB, so what
# is left out beyond these limits can't come from a link of ours.
MAX_VALUES = 60
MAX_VALUES_LENGTH = 3000
# A page number of more digits is no page of any collection.
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Clean as it is, and spelled in an address as it is: most slugs.
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,255}", re.ASCII)
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DROPPED = frozenset({"Cc", "Cs"})


def clean(text: object, length: int = MAX_VALUE_LENGTH) -> str:
    """Return text without control characters and surrogates, composed, its spaces collapsed, cut.

    >>> clean("  open\\x00 \\n source ")
    'open source'
    """
    # What is far too long need not be read to its end.
    spaced = " ".join(str(text)[: length * 4].split())
    kept = (c for c in spaced if c not in BIDI_CONTROLS and unicodedata.category(c) not in _DROPPED)
    composed = unicodedata.normalize("NFC", "".join(kept))
    return " ".join(composed[:length].split())


def parse_date(text: str) -> date | None:
    """Return the date that `2024-05-31` names; `None` for any other spelling and for 30 February."""
    if not ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class GalleryFilter:
    """What the gallery is asked for. Values of one facet are alternatives, everything else adds up.

    `page` is 0 when the query string names no possible page. `unreadable` holds a `since` or `until` that
    is no date, so that the page can say so; such a filter selects nothing.
    """

    year: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    community: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    q: str = ""
    sort: str = ""
    page: int = 1
    unreadable: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Bring every field into its one form, so that equal filters are equal objects."""
        for key, values in _fitting({key: _values(getattr(self, key)) for key in FACETS}).items():
            self._set(key, values)
        self._set("q", clean(self.q, MAX_SEARCH_LENGTH))
        self._set("sort", "" if self.sort not in SORTS else self.sort)
        if self.sort == self.default_sort or (self.sort == RELEVANCE and not self.q):
            self._set("sort", "")
        readable = {key for key in DATES if getattr(self, key) is not None}
        self._set(
            "unreadable",
            tuple(sorted({(k, v) for k, v in self.unreadable if k in DATES and k not in readable})),
        )

    def _set(self, key: str, value: object) -> None:
        object.__setattr__(self, key, value)

    def _with(self, **changes: Any) -> "GalleryFilter":
        return replace(self, **changes)

    @classmethod
    def from_query(cls, query: Any) -> "GalleryFilter":
        """Read a query string: Django's `QueryDict`, or a mapping of keys to a value or a list of values."""
        lists = _lists(query)
        found: dict[str, Any] = {key: tuple(lists[key]) for key in FACETS if key in lists}
        once = {key: _first(lists.get(key, ())) for key in (*DATES, "q", "sort", "page")}
        unreadable = []
        for key in DATES:
            text = clean(once[key], 40)
            found[key] = parse_date(text)
            if text and found[key] is None:
                unreadable.append((key, text))
        return cls(
            **found,
            q=once["q"],
            sort=once["sort"],
            page=_page_number(once["page"]),
            unreadable=tuple(unreadable),
        )

    def query(self) -> str:
        """Return the canonical query string, without `?`; empty for the unfiltered first page."""
        return urlencode(sorted(self.pairs()))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each key and value that the canonical query string holds."""
        for key in FACETS:
            for value in getattr(self, key):
                yield key, value
        for key in DATES:
            if (day := getattr(self, key)) is not None:
                yield key, day.isoformat()
        yield from self.unreadable
        if self.q:
            yield "q", self.q
        if self.sort:
            yield "sort", self.sort
        if self.page != 1:
            yield "page", str(self.page)

    @property
    def default_sort(self) -> str:
        """The order when none is asked for."""
        return RELEVANCE if self.q else NEWEST

    @property
    def order(self) -> str:
        """The order that holds: `newest`, `oldest` or `relevance`."""
        return self.sort or self.default_sort

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The chosen facet values, as key and value, in the order of the facets."""
        return tuple((key, value) for key in FACETS for value in getattr(self, key))

    @property
    def has_dates(self) -> bool:
        """Whether `since` or `until` narrows the selection."""
        return bool(self.since or self.until or self.unreadable)

    @property
    def narrows(self) -> bool:
        """Whether anything is filtered at all; order and page are no filters."""
        return bool(self.chosen or self.q or self.has_dates)

    @property
    def indexable(self) -> bool:
        """Whether search engines may list it: at most one chosen value, no search, no dates."""
        return not self.q and not self.has_dates and len(self.chosen) <= 1

    def has(self, key: str, value: str) -> bool:
        """Return whether a facet value is chosen."""
        return value in getattr(self, key)

    def with_value(self, key: str, value: Any) -> "GalleryFilter":
        """Return the filter with one more facet value, or with a single value set; on its first page."""
        if key in FACETS:
            return self._with(page=1, **{key: (*getattr(self, key), str(value))})
        changes: dict[str, Any] = {key: value}
        if key in DATES:
            changes["unreadable"] = tuple(pair for pair in self.unreadable if pair[0] != key)
        return self._with(**{"page": 1, **changes})

    def without(self, key: str, value: str | None = None) -> "GalleryFilter":
        """Return the filter without a facet value, or without all that a key says; on its first page."""
        if key in FACETS:
            kept = () if value is None else tuple(v for v in getattr(self, key) if v != value)
            return self._with(page=1, **{key: kept})
        empty = next(field.default for field in fields(self) if field.name == key)
        return self.with_value(key, empty)

    def without_dates(self) -> "GalleryFilter":
        """Return the filter without `since` and `until`."""
        return replace(self, since=None, until=None, unreadable=(), page=1)

    def toggled(self, key: str, value: str) -> "GalleryFilter":
        """Return the filter with the facet value the other way round."""
        return self.without(key, value) if self.has(key, value) else self.with_value(key, value)

    def toggled_queries(self, key: str, values: Iterable[str]) -> Iterator[str]:
        """Yield the canonical query string of `toggled(key, value)` for each value of a facet.

        A page has hundreds of them, and they differ in one pair: the others are spelled once.
        """
        pairs = sorted(self.with_page(1).pairs())
        before = "".join(f"{_pair(*pair)}&" for pair in pairs if pair[0] < key)
        after = "".join(f"&{_pair(*pair)}" for pair in pairs if pair[0] > key)
        own = {value: _pair(key, value) for value in getattr(self, key)}
        room = MAX_VALUES_LENGTH - sum(len(_pair(*pair)) + 1 for pair in self.chosen)
        full = len(self.chosen) == MAX_VALUES
        for value in values:
            plain = _PLAIN.fullmatch(value)
            text = value if plain else clean(value)
            spelled = f"{key}={text}" if plain else _pair(key, text)
            if value in own or full or len(spelled) >= room or not text:
                # Few are chosen; and what has to be left out is for the filter to say.
                yield self.toggled(key, value).query()
                continue
            if own:
                spelled = "&".join(pair for _, pair in sorted({**own, text: spelled}.items()))
            yield f"{before}{spelled}{after}"

    def with_page(self, number: int) -> "GalleryFilter":
        """Return another page of the same selection."""
        return self._already_fitting(page=number)

    def selection(self) -> "GalleryFilter":
        """Return what is selected, whatever its order and page: what a feed takes."""
        return self._already_fitting(sort="", page=1)

    def _already_fitting(self, **changes: Any) -> "GalleryFilter":
        """Return the filter with changes that no other field has to fit: a page has dozens of these."""
        other = copy(self)
        for key, value in changes.items():
            other._set(key, value)
        return other


def _lists(query: Any) -> dict[str, list[str]]:
    """Return each key's values as a list, of a `QueryDict` or of a plain mapping."""
    pairs: Iterable[tuple[str, Any]] = query.lists() if hasattr(query, "lists") else query.items()
    return {
        key: [values] if isinstance(values, str) else [str(value) for value in values]
        for key, values in pairs
    }


def _first(values: Iterable[str]) -> str:
    """Return the first value that is not empty: what comes after it is a repetition."""
    return next((value for value in values if clean(value)), "")


def _values(values: Any) -> tuple[str, ...]:
    """Return a facet's values cleaned, once each, sorted."""
    given = (values,) if isinstance(values, str | int) else values
    return tuple(sorted({text for value in given if (text := clean(value))}))


def _pair(key: str, value: str) -> str:
    """Return a key and its value as an address spells them."""
    return f"{key}={value if _PLAIN.fullmatch(value) else quote_plus(value)}"


def _fitting(facets: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return as many values as fit into an address, facet by facet."""
    number = length = 0
    kept: dict[str, list[str]] = {key: [] for key in facets}
    for key, values in facets.items():
        for value in values:
            number += 1
            length += len(_pair(key, value)) + 1
            if number > MAX_VALUES or length > MAX_VALUES_LENGTH:
                return {key: tuple(some) for key, some in kept.items()}
            kept[key].append(value)
    return {key: tuple(some) for key, some in kept.items()}


def _page_number(text: str) -> int:
    """Return the number of a page; 1 when none is given, 0 when it can't be one."""
    text = text[:20]
    if not text:
        return 1
    return int(text) if PAGE_NUMBER.fullmatch(text) else 0
