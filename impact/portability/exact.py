"""What an exported page says to the letter, beyond what any Hugo page can say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Names and values of the fields of a row.
Fields = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Exact:
    """The further fields of a page, and of the rows that belong to it.

    `outcomes` are those of a story, each with the slug of its `metric`.
    """

    kind: str
    fields: Fields = ()
    last_published_at: datetime | None = None
    outcomes: tuple[Fields, ...] = ()
