"""Dates, names and lists, whichever way they were written."""

from datetime import UTC, date, datetime

import pytest

from impact.portability.values import (
    differ_by_a_letter,
    name_key,
    read_list,
    read_moment,
    split_names,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-12-08", "2024-12-08T00:00:00+00:00"),
        ("2024-11-18T12:55:20-0800", "2024-11-18T12:55:20-08:00"),
        ("2024-11-18T12:55:20Z", "2024-11-18T12:55:20+00:00"),
        ("2024-11-18 12:55 +0100", "2024-11-18T12:55:00+01:00"),
        ("8 December 2024", "2024-12-08T00:00:00+00:00"),
        ("Dec 8, 2024", "2024-12-08T00:00:00+00:00"),
        (date(2024, 12, 8), "2024-12-08T00:00:00+00:00"),
        (datetime(2024, 12, 8, 1, tzinfo=UTC), "2024-12-08T01:00:00+00:00"),
    ],
)
def test_dates_of_many_kinds_are_read(value: object, expected: str) -> None:
    moment = read_moment(value)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize("value", ["2023-02-31", "soon", "2023-13-01", 20230101, ["2023-01-01"]])
def test_what_is_no_date_is_never_guessed(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_moment(value)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_an_empty_date_is_none(value: object) -> None:
    assert read_moment(value) is None


def test_names_match_without_case_accents_and_order() -> None:
    keys = {name_key(n) for n in ["Damián Avila", "damian avila", "Avila, Damián", "AVILA Damian"]}
    assert len(keys) == 1


def test_several_people_in_one_string_are_split() -> None:
    assert split_names("Ada Bee, Cy Dee and Eve Fox") == ["Ada Bee", "Cy Dee", "Eve Fox"]
    assert split_names("Alexander Sand") == ["Alexander Sand"]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("holt mira", "holtt mira", True),
        ("holt mira", "holt mirx", True),
        ("holt mira", "holt mira", False),
        ("holt mira", "holt miraxx", False),
        ("abc", "cba", False),
    ],
)
def test_spellings_a_letter_apart(one: str, other: str, near: bool) -> None:
    assert differ_by_a_letter(one, other) is near
    assert differ_by_a_letter(other, one) is near


def test_lists_take_one_string_and_leave_out_what_is_empty() -> None:
    assert read_list("one") == ["one"]
    assert read_list(["a", None, "", "a", 7]) == ["a", "7"]
    assert read_list(None) == []
