"""Which entries a filter selects, and in what order."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from impact.catalogue import fulltext
from impact.catalogue.index import Value
from impact.catalogue.models import EntryRow
from impact.catalogue.snapshot import Snapshot, snapshot
from impact.filters.gallery import FACETS, OLDEST, RELEVANCE, GalleryFilter

# The order of feeds, which no query string asks for.
ANNOUNCED = "announced"


@dataclass(frozen=True)
class Selection:
    """Public entries in an order, each once. Nothing is read from the database until rows are asked for."""

    content: Snapshot
    entries: int
    order: str = ""
    # By rank, where the order is relevance.
    ranked: Sequence[int] = ()

    def count(self) -> int:
        """Return how many there are."""
        return self.entries.bit_count()

    __len__ = count

    def pks(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Return the keys from one place of the order to another."""
        limit = None if stop is None else max(stop - start, 0)
        index = self.content.index
        if self.order == RELEVANCE:
            return list(islice(index.held_by(self.entries, self.ranked), start, stop))
        if self.order == OLDEST:
            return index.oldest(self.entries, start, limit)
        if self.order == ANNOUNCED:
            return index.latest(self.entries, start, limit)
        return index.newest(self.entries, start, limit)

    def __getitem__(self, part: slice) -> list[EntryRow]:
        """Return the rows from one place of the order to another; one statement."""
        return rows(self.pks(part.start or 0, part.stop))

    def __iter__(self) -> Iterator[EntryRow]:
        return iter(self[:])

    def as_announced(self) -> "Selection":
        """Return the same entries in the order of feeds: what was first published last comes first."""
        return replace(self, order=ANNOUNCED)

    def having(self, facet: str, *values: Value) -> "Selection":
        """Return those that also have one of the values."""
        return self._only(self.content.index.having(facet, values))

    def lacking(self, facet: str, *values: Value) -> "Selection":
        """Return those that have none of the values."""
        return self._only(~self.content.index.having(facet, values))

    def between(self, first: int, last: int) -> "Selection":
        """Return those from one day to another, each included, as `date.toordinal()`."""
        return self._only(self.content.index.between(first, last))

    def among(self, pks: Iterable[int]) -> "Selection":
        """Return those that have one of the keys."""
        return self._only(self.content.index.among(pks))

    def without(self, pks: Iterable[int]) -> "Selection":
        """Return those that have none of the keys."""
        return self._only(~self.content.index.among(pks))

    def held(self, pks: Iterable[int]) -> list[int]:
        """Return those of the keys that are here, in their order."""
        return list(self.content.index.held_by(self.entries, pks))

    def counts(self, facet: str) -> dict[Value, int]:
        """Return how many there are with each value of a facet."""
        return self.content.index.count(facet, {}, self.entries)

    def _only(self, entries: int) -> "Selection":
        return replace(self, entries=self.entries & entries)


def select(wanted: GalleryFilter) -> Selection:
    """Return the public entries that a filter selects, in its order, each once."""
    content = snapshot()
    entries = content.index.matching(chosen_values(content, wanted), within(content, wanted))
    if wanted.order == RELEVANCE and search_words(wanted.q):
        return Selection(content, entries, RELEVANCE, content.search(wanted.q).ranked)
    return Selection(content, entries, wanted.order)


def chosen_values(content: Snapshot, wanted: GalleryFilter) -> dict[str, Collection[Value]]:
    """Return the values that a filter chooses; a facet whose slugs name nothing leaves no entry."""
    return {
        key: content.terms.values(key, slugs) for key in FACETS if (slugs := getattr(wanted, key))
    }


def within(content: Snapshot, wanted: GalleryFilter) -> int | None:
    """Return the entries that a filter leaves apart from its facets; `None` for all."""
    if wanted.unreadable:
        return 0
    found = None
    if wanted.since or wanted.until:
        first, last = wanted.since, wanted.until
        found = content.index.between(
            first.toordinal() if first else None, last.toordinal() if last else None
        )
    if wanted.q:
        searched = content.search(wanted.q).entries
        found = searched if found is None else found & searched
    return found


def search_words(text: str) -> str:
    """Return the words of a search text alone: quotes and operators mean nothing to us."""
    return " ".join(fulltext.words(text)[: fulltext.MAX_WORDS])


def rows(pks: Sequence[int]) -> list[EntryRow]:
    """Return the rows of entries in the order of their keys; one statement."""
    found = EntryRow.objects.filter(public=True).in_bulk(pks) if pks else {}
    # What was taken down a moment ago is passed over.
    return [found[pk] for pk in pks if pk in found]


def readable(pks: Iterable[int]) -> list[EntryRow]:
    """Return the rows of those entries that anybody can read now, each once, in the order of their keys.

    Unlike `rows`, whoever asks needs no selection: what has changed a moment ago is known. Two statements.
    """
    return rows(select(GalleryFilter()).held(dict.fromkeys(pks)))
