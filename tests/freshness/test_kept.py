"""What is kept of a version is made once, and forgotten with the next."""

from collections.abc import Sequence

import pytest

from impact.freshness import state
from impact.freshness.kept import Kept
from tests.factories import make_category

pytestmark = pytest.mark.django_db


class Maker:
    """Counts how often something is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_what_has_not_changed_is_made_once_for_each_key() -> None:
    kept, make = Kept[int](size=8), Maker()
    assert [kept.get(key, make) for key in ("a", "b", "a", "b")] == [1, 2, 1, 2]


def test_any_change_that_visitors_could_see_has_everything_made_anew() -> None:
    kept, make = Kept[int](size=8), Maker()
    assert [kept.get(key, make) for key in ("a", "b")] == [1, 2]
    make_category("Maps")
    assert [kept.get(key, make) for key in ("a", "b")] == [3, 4]


def test_what_changes_while_it_is_made_is_made_anew_for_the_next_reader() -> None:
    kept, make = Kept[int](size=8), Maker()

    def overtaken() -> int:
        make_category("Maps")
        return make()

    assert kept.get("a", overtaken) == 1
    assert kept.get("a", make) == 2


def test_a_request_keeps_for_the_version_that_it_began_with() -> None:
    kept, make = Kept[int](size=8), Maker()
    with state.held():
        began = state.current()
        assert kept.get("a", make) == 1
        assert state.current() == began
    assert kept.get("a", make) == 1


def test_no_more_is_kept_than_was_allowed_and_the_oldest_leaves_first() -> None:
    kept, make = Kept[int](size=2), Maker()
    for key in ("a", "b", "c"):
        kept.get(key, make)
    assert [kept.get(key, make) for key in ("c", "b")] == [3, 2]
    assert kept.get("a", make) == 4


def test_many_are_asked_for_at_once_and_come_in_their_order() -> None:
    kept, asked = Kept[str](size=8), []

    def make(missing: Sequence[str]) -> list[str]:
        asked.append(list(missing))
        return [key.upper() for key in missing]

    assert kept.many(["b", "a", "b"], make) == ["B", "A", "B"]
    assert kept.many(["a", "c", "d", "b"], make) == ["A", "C", "D", "B"]
    assert kept.many([], make) == []
    assert asked == [["b", "a"], ["c", "d"]]


def test_more_than_may_be_kept_can_be_asked_for() -> None:
    kept = Kept[int](size=2)
    assert kept.many(range(5), lambda missing: missing) == [0, 1, 2, 3, 4]
    assert kept.many(range(5), lambda missing: [9] * len(missing)) == [9, 9, 9, 3, 4]


def test_what_fails_is_not_kept() -> None:
    kept, make = Kept[int | None](size=2), Maker()
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", make) == 1


def test_nothing_is_something_to_keep() -> None:
    kept, make = Kept[int | None](size=2), Maker()
    assert kept.get("a", lambda: None) is None
    assert kept.get("a", make) is None
