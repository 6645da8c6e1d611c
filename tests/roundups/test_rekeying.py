"""A year under other keys: every key is replaced, and nothing else."""

from typing import Any

from hypothesis import given, settings

from impact.roundups.codec import encode
from impact.roundups.facts import Entry, Year
from impact.roundups.rekeying import Rekeying, rekeyed
from tests.roundups.test_snapshot import years

FAR = 10**12
# The names of fields that hold keys, of whatever; a new one in the facts must be named here and be replaced.
KEYS = {"key", "keys", "shown", "stories", "highlights", "image"}
NUMBERS = {"year", "count", "number", "before"}


def far(key: int) -> int:
    return key + FAR


def far_picture(entry: Entry) -> int | None:
    return None if entry.image is None else entry.image + FAR


def expected(value: Any, name: str = "") -> Any:
    """What some encoded facts must become."""
    if isinstance(value, dict):
        return {key: expected(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [expected(part, name) for part in value]
    if name == "block":
        return f"new {value}"
    if isinstance(value, int) and not isinstance(value, bool):
        assert name in KEYS | NUMBERS, f"{name}: is it a key?"
        return far(value) if name in KEYS else value
    return value


@settings(max_examples=60, deadline=None)
@given(years)
def test_every_key_is_replaced_and_nothing_else(year: Year) -> None:
    new = Rekeying(far, far, far, far, far, far, far_picture, lambda block: f"new {block}")
    assert encode(rekeyed(year, new)) == expected(encode(year))
