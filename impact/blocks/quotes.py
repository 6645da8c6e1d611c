"""The pull quotes of a body, read from its stored form: no block is made, nothing is looked up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PULL_QUOTE = "pull_quote"


@dataclass(frozen=True)
class Quote:
    """Somebody's words; `person` and `role` may be empty."""

    text: str
    person: str = ""
    role: str = ""


def pull_quotes(stored: Iterable[Mapping[str, Any]]) -> Iterator[Quote]:
    """Yield the pull quotes of a stream's raw data that say something, in their order."""
    for block in stored:
        if block["type"] == PULL_QUOTE:
            value = block["value"]
            text, person, role = (
                str(value.get(name) or "").strip() for name in ("text", "person", "role")
            )
            if text:
                yield Quote(text, person, role)
