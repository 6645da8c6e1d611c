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

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

Value = Hashable
# The chosen values of each facet: one of them must fit; a facet that is not there leaves all.
Chosen = Mapping[str, Collection[Value]]

# A key orders by day, then by number of the page, which is smaller than this.
_PAGES = 1 << 40


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as far as filters know it: its number, its day (`date.toordinal()`), its values by facet."""

    pk: int
    day: int
    values: Mapping[str, tuple[Value, ...]]

    @property
    def key(self) -> int:
        """Where it stands among the others."""
        return self.day * _PAGES + self.pk


class Index:
    """All entries of one version of the content."""

    def __init__(
        self, keys: list[int], bits: dict[str, dict[Value, int]], key_of: dict[int, int]
    ) -> None:
        self._keys = keys
        self._bits = bits
        self._key_of = key_of

    @classmethod
    def of(cls, items: Iterable[Item]) -> "Index":
        """Build the index of some entries, each given once."""
        ordered = sorted(items, key=lambda item: item.key)
        places: dict[str, dict[Value, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, item in enumerate(ordered):
            for facet, values in item.values.items():
                for value in values:
                    places[facet][value].append(place)
        bits = {
            facet: {value: _bits(found) for value, found in values.items()}
            for facet, values in places.items()
        }
        return cls([item.key for item in ordered], bits, {item.pk: item.key for item in ordered})

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, pk: int) -> bool:
        return pk in self._key_of

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
        return _bits([self._place(pk) for pk in pks if pk in self._key_of])

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
        counted = ((value, (bits & base).bit_count()) for value, bits in self._known(facet))
        return {value: number for value, number in counted if number}

    def newest(self, found: int, offset: int = 0, limit: int | None = None) -> list[int]:
        """Return the numbers of the entries found, the newest first; late pages cost what the first does."""
        left = found.bit_count() - offset
        rest = _lowest(found, left)
        numbers = []
        for _ in range(max(left, 0) if limit is None else min(limit, left)):
            place = rest.bit_length() - 1
            numbers.append(self._keys[place] % _PAGES)
            rest ^= 1 << place
        return numbers

    def oldest(self, found: int, offset: int = 0, limit: int | None = None) -> list[int]:
        """Return the numbers of the entries found, the oldest first."""
        rest = found ^ _lowest(found, offset)
        left = rest.bit_count()
        numbers = []
        for _ in range(left if limit is None else min(limit, left)):
            lowest = rest & -rest
            numbers.append(self._keys[lowest.bit_length() - 1] % _PAGES)
            rest ^= lowest
        return numbers

    # Changing

    def changed(self, items: Iterable[Item], gone: Iterable[int] = ()) -> "Index":
        """Return an index in which some entries are new or different, and some are gone."""
        new = Index(
            list(self._keys), {f: dict(v) for f, v in self._bits.items()}, dict(self._key_of)
        )
        for pk in gone:
            new._remove(pk)
        for item in items:
            new._put(item)
        return new

    def _put(self, item: Item) -> None:
        if self._key_of.get(item.pk) != item.key:
            self._remove(item.pk)
            self._insert(item)
        place = self._place(item.pk)
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

    def _insert(self, item: Item) -> None:
        place = bisect_left(self._keys, item.key)
        self._keys.insert(place, item.key)
        self._key_of[item.pk] = item.key
        if place < len(self._keys) - 1:
            self._shift(lambda bits: bits >> place << place + 1 | _low(bits, place))

    def _remove(self, pk: int) -> None:
        if pk not in self._key_of:
            return
        place = self._place(pk)
        del self._keys[place]
        del self._key_of[pk]
        self._shift(lambda bits: bits >> place + 1 << place | _low(bits, place))

    def _shift(self, moved: Callable[[int], int]) -> None:
        for facet, values in self._bits.items():
            shifted = ((value, moved(bits)) for value, bits in values.items())
            self._bits[facet] = {value: bits for value, bits in shifted if bits}

    def _place(self, pk: int) -> int:
        return bisect_left(self._keys, self._key_of[pk])

    def _known(self, facet: str) -> Iterator[tuple[Value, int]]:
        yield from self._bits.get(facet, {}).items()


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
