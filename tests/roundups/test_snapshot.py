"""The record of a closed year: what is written is read again, and damage is no error."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.metrics.figures import Figure
from impact.pages.quantities import Quantity
from impact.roundups.facts import (
    Community,
    Count,
    Entry,
    History,
    Month,
    Named,
    Outcome,
    Section,
    Year,
    YearValue,
)
from impact.roundups.snapshot import VERSION, read, write

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys = st.integers(1, 10**9)
several_keys = st.lists(keys, max_size=4).map(tuple)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
decimals = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=4)
quantities = st.builds(
    Quantity, decimals, st.sampled_from(["exact", "about", "at-least", "at-most"]), words, words
)
named = st.builds(Named, keys, words, words, words)


def some(of: Any) -> Any:
    return st.lists(of, max_size=2).map(tuple)


years = st.builds(
    Year,
    year=st.integers(1900, 2200),
    keys=several_keys,
    entries=some(
        st.builds(
            Entry,
            key=keys, kind=words, slug=words, title=words, summary=words, date=days,
            category=st.none() | named, communities=some(named), image=st.none() | keys,
            publisher=words, language=words,
        )
    ),
    sections=some(
        st.builds(Section, words, words, keys, several_keys, st.none() | named, words)
    ),
    figures=some(
        st.builds(
            Figure,
            metric=words, name=words, year=keys, quantity=quantities,
            previous=st.none() | quantities, description=words, direction=words,
            headline=st.booleans(), on=st.none() | days, period_start=st.none() | days,
            source_url=words, note=words, key=keys,
        )
    ),
    communities=some(st.builds(Community, named, keys, words, words)),
    newcomers=some(named),
    supporters=some(named),
    months=some(st.builds(Month, st.integers(1, 12), keys, several_keys)),
    outcomes=some(st.builds(Outcome, words, quantities, several_keys, words, st.booleans())),
    highlights=several_keys,
    histories=some(
        st.builds(History, named, some(st.builds(YearValue, keys, quantities)), st.booleans(), words)
    ),
    authors=some(named),
    counts=some(st.builds(Count, words, keys, st.none() | keys)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(years)
def test_a_record_is_read_as_it_was_written(year: Year) -> None:
    stored = json.loads(json.dumps(write(year, NOON)))
    found = read(stored)
    assert found is not None
    assert (found.version, found.closed_at, found.year) == (VERSION, NOON, year)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in some JSON."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    found = [path] if path else []
    if isinstance(data, (dict, list)):
        for name, part in inside:
            found += (
                places(part, (*path, name)) if isinstance(part, (dict, list)) else [(*path, name)]
            )
    return found


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damage_anywhere_is_no_error(data: st.DataObject) -> None:
    stored = json.loads(json.dumps(write(data.draw(years), NOON)))
    *above, last = data.draw(st.sampled_from(places(stored)))
    part = stored
    for name in above:
        part = part[name]
    part[last] = data.draw(
        st.sampled_from([None, "?", -1, 1.5, True, [], {}, ["?"], {"key": "?"}, "NaN"])
    )
    found = read(stored)
    assert found is None or isinstance(found.year, Year)


@pytest.mark.parametrize("data", [None, {}, [], "x", 5, {"version": 1}])
def test_what_is_no_record_is_none(data: Any) -> None:
    assert read(data) is None


def test_a_record_of_a_later_version_is_not_guessed_at() -> None:
    assert read({**write(Year(2024), NOON), "version": VERSION + 1}) is None


def test_a_moment_without_a_time_zone_is_damage() -> None:
    assert read({**write(Year(2024), NOON), "closed_at": "2026-01-12T12:00:00"}) is None


def test_a_record_of_version_one_can_be_read() -> None:
    """What stands in databases: a change of names in the code must not make it unreadable."""
    found = read(VERSION_ONE)
    assert found is not None
    year = found.year
    assert (year.year, year.total, year.entry[7].title) == (2024, 2, "The school that moved")
    assert year.section["a"].shown == (7,)
    assert year.figures[0].quantity == Quantity(Decimal("9100"), "about", "people")
    assert year.figures[0].change_text == "about +26%"
    assert year.months[4].count == 2
    assert year.histories[0].values[0] == YearValue(2023, Quantity(Decimal(7200), unit="people"))


PEOPLE = {"value": "9100", "precision": "about", "unit": "people", "currency": ""}
BEFORE = {"value": "7200", "precision": "exact", "unit": "people", "currency": ""}
REEF = {"key": 4, "slug": "reef", "name": "Reef", "colour": ""}
RESEARCH = {"key": 2, "slug": "research", "name": "Research", "colour": "#123456"}
VERSION_ONE: dict[str, Any] = {
    "version": 1,
    "closed_at": "2026-01-12T12:00:00+00:00",
    "year": {
        "year": 2024,
        "keys": [7, 8],
        "entries": [
            {
                "key": 7, "kind": "story", "slug": "school", "title": "The school that moved",
                "summary": "In time.", "date": "2024-05-01", "category": RESEARCH,
                "communities": [REEF], "image": None, "publisher": "", "language": "en",
            }
        ],
        "sections": [
            {"block": "a", "kind": "category", "count": 2, "shown": [7], "about": RESEARCH,
             "description": ""}
        ],
        "figures": [
            {
                "metric": "people", "name": "People", "year": 2024, "quantity": PEOPLE,
                "previous": BEFORE, "description": "", "direction": "up", "headline": True,
                "on": "2024-12-31", "period_start": None, "source_url": "", "note": "", "key": 1,
            }
        ],
        "communities": [{"named": REEF, "count": 2}],
        "newcomers": [REEF],
        "supporters": [],
        "months": [{"number": n, "count": 2 if n == 5 else 0, "shown": []} for n in range(1, 13)],
        "outcomes": [
            {"name": "trained", "quantity": BEFORE, "stories": [7], "metric": "", "apart": False}
        ],
        "highlights": [7],
        "histories": [
            {"metric": {"key": 1, "slug": "people", "name": "People", "colour": ""},
             "values": [{"year": 2023, "quantity": BEFORE}], "headline": True, "description": ""}
        ],
    },
}  # fmt: skip
