"""How a community wants to be shown, as a value object with one canonical spelling; pure."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

ENTRIES, FIGURES = "entries", "figures"
SHOWS = (ENTRIES, FIGURES)
AUTO = "auto"
THEMES = (AUTO, "light", "dark")
LIMIT, LARGEST_LIMIT = 4, 12
NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)


@dataclass(frozen=True)
class EmbedOptions:
    """What stands in the frame, in which theme, and how many of it at most."""

    show: str = ENTRIES
    theme: str = AUTO
    limit: int = LIMIT

    @classmethod
    def from_query(cls, query: Any) -> "EmbedOptions":
        """Read a `QueryDict`: of each key the first value that means something; all others disappear."""
        limits = (int(text) for text in query.getlist("limit") if NUMBER.fullmatch(text))
        return cls(
            show=next((text for text in query.getlist("show") if text in SHOWS), ENTRIES),
            theme=next((text for text in query.getlist("theme") if text in THEMES), AUTO),
            limit=next((number for number in limits if number <= LARGEST_LIMIT), LIMIT),
        )

    def query(self) -> str:
        """Return the canonical query string, without `?`: sorted, defaults left out."""
        default = EmbedOptions()
        return urlencode(
            [
                (key, getattr(self, key))
                for key in ("limit", "show", "theme")
                if getattr(self, key) != getattr(default, key)
            ]
        )
