"""The index against counting by hand, entry by entry."""

import doctest
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from impact.catalogue import index as module
from impact.catalogue.index import Index, Item

FACETS = ("tag", "year")
VALUES = st.lists(st.integers(1, 4), max_size=3, unique=True).map(tuple)
ITEMS = st.builds(
    Item,
    pk=st.integers(1, 40),
    day=st.integers(1, 12),
    values=st.fixed_dictionaries(dict.fromkeys(FACETS, VALUES)),
    announced=st.none() | st.integers(1, 12),
)
COLLECTIONS = st.lists(ITEMS, max_size=30, unique_by=lambda item: item.pk)
CHOSEN = st.dictionaries(
    st.sampled_from(FACETS), st.lists(st.integers(1, 5), min_size=1, max_size=2)
)


def fits(item: Item, chosen: dict, ignoring: str = "") -> bool:
    return all(
        set(values) & set(item.values[facet])
        for facet, values in chosen.items()
        if facet != ignoring
    )


def counted(items: list[Item], chosen: dict) -> dict[str, Counter]:
    return {
        facet: Counter(v for i in items if fits(i, chosen, facet) for v in i.values[facet])
        for facet in FACETS
    }


def in_order(items: list[Item]) -> list[int]:
    return [item.pk for item in sorted(items, key=lambda item: (item.day, item.pk))]


def by_announcement(items: list[Item]) -> list[int]:
    def announced(item: Item) -> tuple[int, int]:
        return item.day if item.announced is None else item.announced, item.pk

    return [item.pk for item in sorted(items, key=announced, reverse=True)]


def assert_equal(index: Index, items: list[Item], chosen: dict) -> None:
    wanted = [item for item in items if fits(item, chosen)]
    found = index.matching(chosen)
    assert len(index) == len(items)
    assert found.bit_count() == len(wanted)
    assert index.oldest(found) == in_order(wanted)
    assert index.newest(found) == in_order(wanted)[::-1]
    assert index.latest(found) == by_announcement(wanted)
    expected = counted(items, chosen)
    assert {f: index.count(f, chosen) for f in FACETS} == {f: dict(expected[f]) for f in FACETS}
    assert {f: c for f, c in index.counts(chosen).items() if c} == {
        f: dict(c) for f, c in expected.items() if c
    }


@given(COLLECTIONS, CHOSEN)
def test_it_equals_counting_by_hand(items: list[Item], chosen: dict) -> None:
    assert_equal(Index.of(items), items, chosen)


@given(COLLECTIONS, st.lists(ITEMS, max_size=6), st.lists(st.integers(1, 40), max_size=4), CHOSEN)
def test_changes_give_what_building_anew_gives(
    items: list[Item], changes: list[Item], gone: list[int], chosen: dict
) -> None:
    before = Index.of(items)
    after = before.changed(changes, gone)
    now = {item.pk: item for item in items if item.pk not in gone}
    now |= {item.pk: item for item in changes}
    assert_equal(after, list(now.values()), chosen)
    assert_equal(before, items, chosen)
    assert all((pk in after) == (pk in now) for pk in range(41))


@given(COLLECTIONS, st.integers(0, 13), st.integers(0, 13), st.integers(0, 35), st.integers(0, 9))
def test_days_and_pages(items: list[Item], first: int, last: int, offset: int, limit: int) -> None:
    index = Index.of(items)
    wanted = [item for item in items if first <= item.day <= last]
    found = index.between(first, last)
    assert index.oldest(found, offset, limit) == in_order(wanted)[offset : offset + limit]
    assert index.newest(found, offset, limit) == in_order(wanted)[::-1][offset : offset + limit]
    assert index.latest(found, offset, limit) == by_announcement(wanted)[offset : offset + limit]
    assert index.between(None, last) | index.between(last + 1, None) == index.everything


@given(COLLECTIONS, st.lists(st.integers(0, 50)), CHOSEN)
def test_only_entries_that_are_here_are_among_those_asked_for(
    items: list[Item], pks: list[int], chosen: dict
) -> None:
    index = Index.of(items)
    found = index.matching(chosen, within=index.among(pks))
    assert index.oldest(found) == in_order(
        [item for item in items if item.pk in pks and fits(item, chosen)]
    )


@given(COLLECTIONS, st.integers(0, 13), st.integers(1, 6), CHOSEN)
def test_the_nearest_in_time(items: list[Item], day: int, limit: int, chosen: dict) -> None:
    index = Index.of(items)
    wanted = [item for item in items if fits(item, chosen)]
    by_hand = sorted(wanted, key=lambda item: (abs(item.day - day), -item.key))
    found = index.nearest(index.matching(chosen), day, limit)
    assert found == [item.pk for item in by_hand][:limit]


@given(COLLECTIONS, st.integers(0, 13), st.integers(0, 41))
def test_the_neighbours_of_an_entry_wherever_it_stands_itself(
    items: list[Item], day: int, pk: int
) -> None:
    others = [item for item in items if item.pk != pk]
    before = [item for item in others if (item.day, item.pk) < (day, pk)]
    after = [item for item in others if (item.day, item.pk) > (day, pk)]
    assert Index.of(items).neighbours(day, pk) == (
        in_order(before)[-1] if before else None,
        in_order(after)[0] if after else None,
    )


@given(COLLECTIONS, st.dictionaries(st.integers(0, 50), st.sampled_from([0.5, 1.0, 2.0])), CHOSEN)
def test_by_rank_and_then_the_newest(items: list[Item], ranks: dict, chosen: dict) -> None:
    index = Index.of(items)
    known = {item.pk: item for item in items}
    by_hand = sorted(
        (pk for pk in ranks if pk in known), key=lambda pk: (-ranks[pk], -known[pk].key)
    )
    assert index.by_rank(ranks) == (index.among(ranks), by_hand)
    kept = [pk for pk in by_hand if fits(known[pk], chosen)]
    assert list(index.held_by(index.matching(chosen), by_hand)) == kept


def test_the_example_holds() -> None:
    assert doctest.testmod(module).failed == 0


def test_it_knows_nothing_of_django() -> None:
    assert "django" not in Path(str(module.__file__)).read_text()
