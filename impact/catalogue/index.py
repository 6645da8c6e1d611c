"""Which entries match and how many there are by facet: one bit an entry, one integer a value.

Bit n of every integer stands for the n-th entry by date, the oldest first. `a & b` are the entries that
have both, `a | b` those that have one of the two, `int.bit_count()` is how many. An index never changes:
a change gives a new one, so that whoever reads the old one is not disturbed.

>>> index = Index.of([Item(1, 10, {"tag": ("sea",)}), Item(2, 20, {"tag": ("sea", "sky")})])
>>> index.counts({})
{'tag': {'sea': 2, 'sky': 1}}
>>> index.newest(index.matching({"tag": ("sky",)}))
[2]
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import islice

Value = Hashable
# The chosen values of each facet: one of them must fit; a facet that is not there leaves all.
Chosen = Mapping[str, Collection[Value]]

# A key orders by day, then by number of the page, which is smaller than this.
_PAGES = 1 << 40


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as far as filters know it: its number, its day (`date.toordinal()`), its values by facet.

    `announced` is the day on which it first appeared, where that is another one.
    """

    pk: int
    day: int
    values: Mapping[str, tuple[Value, ...]]
    announced: int | None = None

    @property
    def key(self) -> int:
        """Where it stands among the others."""
        return self.day * _PAGES + self.pk

    @property
    def announced_key(self) -> int:
        """Where it stands in the order of announcement."""
        day = self.day if self.announced is None else self.announced
        return day * _PAGES + self.pk


class Index:
    """All entries of one version of the content."""

    def __init__(
        self,
        keys: list[int],
        pks: list[int],
        places: dict[int, int],
        bits: dict[str, dict[Value, int]],
        announced: dict[int, int],
    ) -> None:
        self._keys = keys
        self._pks = pks
        # Where each number stands in both lists, which is also where its bit stands.
        self._places = places
        self._bits = bits
        # By number: the keys of the few that were announced on another day than their own.
        self._announced = announced

    @classmethod
    def of(cls, items: Iterable[Item]) -> "Index":
        """Build the index of some entries, each given once."""
        keys: list[int] = []
        # By facet and value: which of the items have it, in the order in which they come.
        having: dict[str, dict[Value, array[int]]] = defaultdict(
            lambda: defaultdict(lambda: array("L"))
        )
        announced: dict[int, int] = {}
        for number, item in enumerate(items):
            keys.append(item.key)
            if item.announced_key != item.key:
                announced[item.pk] = item.announced_key
            for facet, values in item.values.items():
                for value in values:
                    having[facet][value].append(number)
        order = sorted(range(len(keys)), key=keys.__getitem__)
        places = [0] * len(keys)
        for place, number in enumerate(order):
            places[number] = place
        bits = {
            facet: {value: _bits([places[n] for n in found]) for value, found in values.items()}
            for facet, values in having.items()
        }
        ordered = [keys[number] for number in order]
        pks = [key % _PAGES for key in ordered]
        return cls(ordered, pks, {pk: place for place, pk in enumerate(pks)}, bits, announced)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, pk: int) -> bool:
        return pk in self._places

    # Asking

    @cached_property
    def everything(self) -> int:
        """All entries."""
        return (1 << len(self._keys)) - 1

    @cached_property
    def totals(self) -> dict[str, dict[Value, int]]:
        """How many entries there are with each value."""
        return {
            facet: {value: bits.bit_count() for value, bits in values.items()}
            for facet, values in self._bits.items()
        }

    def having(self, facet: str, values: Collection[Value]) -> int:
        """Return the entries that have one of the values."""
        known = self._bits.get(facet, {})
        found = 0
        for value in values:
            found |= known.get(value, 0)
        return found

    def between(self, first: int | None, last: int | None) -> int:
        """Return the entries from one day to another, each included."""
        start = 0 if first is None else bisect_left(self._keys, first * _PAGES)
        end = len(self._keys) if last is None else bisect_left(self._keys, (last + 1) * _PAGES)
        return ((1 << max(end - start, 0)) - 1) << start

    def among(self, pks: Iterable[int]) -> int:
        """Return the entries with some numbers; those that are not here are passed over."""
        return _bits([place for place in map(self._places.get, pks) if place is not None])

    def held_by(self, found: int, pks: Iterable[int]) -> Iterator[int]:
        """Yield those of the numbers, in their order, whose entries are among those found."""
        # Looking at one bit of a long integer copies it; a byte of bytes is just there.
        buffer = found.to_bytes((len(self._keys) >> 3) + 1, "little")
        for pk in pks:
            place = self._places.get(pk)
            if place is not None and buffer[place >> 3] >> (place & 7) & 1:
                yield pk

    def by_rank(self, ranks: Mapping[int, float]) -> tuple[int, list[int]]:
        """Return the entries with some numbers, and the numbers by rank, the highest first.

        Among equals the newest stands first; numbers that are not here are passed over.
        """
        places = zip(map(self._places.get, ranks), ranks.values(), strict=True)
        placed = {place: rank for place, rank in places if place is not None}
        order = sorted(placed, reverse=True)
        order.sort(key=placed.__getitem__, reverse=True)
        return _bits(placed), [self._pks[place] for place in order]

    def matching(self, chosen: Chosen, within: int | None = None) -> int:
        """Return the entries that fit every facet, among those given."""
        found = self.everything if within is None else within
        for facet, values in chosen.items():
            found &= self.having(facet, values)
        return found

    def counts(self, chosen: Chosen, within: int | None = None) -> dict[str, dict[Value, int]]:
        """Return, for each value of each facet, how many entries there would be with it.

        A facet's counts ignore its own choice and respect all others. Values without any are left out.
        """
        if not chosen and within is None:
            return self.totals
        return {facet: self.count(facet, chosen, within) for facet in self._bits}

    def count(self, facet: str, chosen: Chosen, within: int | None = None) -> dict[Value, int]:
        """Return the counts of one facet."""
        others = {key: values for key, values in chosen.items() if key != facet}
        if not others and within is None:
            return self.totals.get(facet, {})
        base = self.matching(others, within)
        known = self._bits.get(facet, {}).items()
        # What is older than the whole base need not be looked at. Leaving it out copies the rest, so it
        # has to be a good part: a recent year is counted in half the time.
        older = (base & -base).bit_length() - 1
        if 3 * older > len(self):
            base >>= older
            return {v: n for v, bits in known if (n := (bits >> older & base).bit_count())}
        return {v: n for v, bits in known if (n := (bits & base).bit_count())}

    def newest(self, found: int, offset: int = 0, limit: int | None = None) -> list[int]:
        """Return the numbers of the entries found, the newest first; late pages cost what the first does."""
        left = found.bit_count() - offset
        rest = _lowest(found, left)
        numbers = []
        for _ in range(max(left, 0) if limit is None else min(limit, left)):
            place = rest.bit_length() - 1
            numbers.append(self._pks[place])
            rest ^= 1 << place
        return numbers

    def oldest(self, found: int, offset: int = 0, limit: int | None = None) -> list[int]:
        """Return the numbers of the entries found, the oldest first."""
        rest = found ^ _lowest(found, offset)
        left = rest.bit_count()
        numbers = []
        for _ in range(left if limit is None else min(limit, left)):
            lowest = rest & -rest
            numbers.append(self._pks[lowest.bit_length() - 1])
            rest ^= lowest
        return numbers

    def latest(self, found: int, offset: int = 0, limit: int | None = None) -> list[int]:
        """Return the numbers of the entries found, the last announced first.

        Nearly all were announced on their own day and stand in the order of days already; only the few
        others are sorted in among them.
        """
        elsewhere, others = self._announced_elsewhere
        end = None if limit is None else offset + limit
        plain = self.newest(found & ~elsewhere, 0, end)
        moved = islice(self.held_by(found, others), end)
        ordered = merge(plain, moved, key=self._announced_key, reverse=True)
        return list(islice(ordered, offset, end))

    @cached_property
    def _announced_elsewhere(self) -> tuple[int, list[int]]:
        """Those that were announced on another day than their own, and their numbers, the last first."""
        known = self._announced
        return self.among(known), sorted(known, key=known.__getitem__, reverse=True)

    def _announced_key(self, pk: int) -> int:
        return self._announced.get(pk) or self._keys[self._places[pk]]

    def nearest(self, found: int, day: int, limit: int) -> list[int]:
        """Return the numbers of the entries closest to a day, the newer first where equally close."""
        before, after = found & self.between(None, day - 1), found & self.between(day, None)
        nearby = [*self.newest(before, 0, limit), *self.oldest(after, 0, limit)]
        if not nearby:
            return []

        def distance(pk: int) -> int:
            return abs(self._keys[self._places[pk]] // _PAGES - day)

        # All that are as close as the last one that is wanted: of one day the newest numbers count.
        reach = sorted(map(distance, nearby))[:limit][-1]
        close = self.newest(found & self.between(day - reach, day + reach))
        return sorted(close, key=distance)[:limit]

    def neighbours(self, day: int, pk: int) -> tuple[int | None, int | None]:
        """Return the numbers of the entries before and after one, which need not be here itself."""
        place = bisect_left(self._keys, day * _PAGES + pk)
        own = self._places.get(pk)
        before = place - 1 - (own == place - 1)
        after = place + (own == place)
        return (
            self._pks[before] if before >= 0 else None,
            self._pks[after] if after < len(self._pks) else None,
        )

    # Changing

    def changed(self, items: Iterable[Item], gone: Iterable[int] = ()) -> "Index":
        """Return an index in which some entries are new or different, and some are gone."""
        wanted = {item.pk: item for item in items}
        known = {pk for pk in (*gone, *wanted) if pk in self._places}
        old = {pk: self._keys[self._places[pk]] for pk in known}
        new = Index(
            list(self._keys),
            list(self._pks),
            dict(self._places),
            {facet: dict(values) for facet, values in self._bits.items()},
            {pk: key for pk, key in self._announced.items() if pk not in known},
        )
        moved = [
            new._take_out(pk, key)
            for pk, key in old.items()
            if pk not in wanted or wanted[pk].key != key
        ]
        moved += [new._make_room(item) for pk, item in wanted.items() if old.get(pk) != item.key]
        new._number_from(min(moved, default=len(new)))
        for item in wanted.values():
            new._file(item)
            if item.announced_key != item.key:
                new._announced[item.pk] = item.announced_key
        return new

    def _take_out(self, pk: int, key: int) -> int:
        """Take an entry out and return where it stood; those after it are to be numbered anew."""
        place = bisect_left(self._keys, key)
        del self._keys[place], self._pks[place], self._places[pk]
        self._shift(lambda bits: bits >> place + 1 << place | _low(bits, place))
        return place

    def _make_room(self, item: Item) -> int:
        """Put an entry in and return where; those from it on are to be numbered anew."""
        place = bisect_left(self._keys, item.key)
        self._keys.insert(place, item.key)
        self._pks.insert(place, item.pk)
        if place < len(self._keys) - 1:
            self._shift(lambda bits: bits >> place << place + 1 | _low(bits, place))
        return place

    def _shift(self, moved: Callable[[int], int]) -> None:
        for facet, values in self._bits.items():
            shifted = ((value, moved(bits)) for value, bits in values.items())
            self._bits[facet] = {value: bits for value, bits in shifted if bits}

    def _number_from(self, first: int) -> None:
        """Note anew where everything from one place on stands."""
        self._places.update(zip(self._pks[first:], range(first, len(self._pks)), strict=True))

    def _file(self, item: Item) -> None:
        """Give an entry its values, and take from it those that it no longer has."""
        place = self._places[item.pk]
        bit = 1 << place
        for facet in self._bits.keys() | item.values.keys():
            known = self._bits.setdefault(facet, {})
            has = set(item.values.get(facet, ()))
            for value in known.keys() | has:
                old = known.get(value, 0)
                if (value in has) != bool(old >> place & 1):
                    known[value] = old ^ bit
                    if not known[value]:
                        del known[value]


def _bits(places: Collection[int]) -> int:
    """Return the integer with these bits set."""
    if not places:
        return 0
    buffer = bytearray((max(places) >> 3) + 1)
    for place in places:
        buffer[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(buffer, "little")


def _low(bits: int, length: int) -> int:
    """Return the lowest bits alone."""
    return bits & ((1 << length) - 1)


def _lowest(bits: int, number: int) -> int:
    """Return the lowest so many of the bits that are set."""
    if number <= 0:
        return 0
    least, most = 0, bits.bit_length()
    while least < most:
        middle = (least + most) // 2
        if _low(bits, middle).bit_count() >= number:
            most = middle
        else:
            least = middle + 1
    return _low(bits, least)
