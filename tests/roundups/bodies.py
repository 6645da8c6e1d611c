"""Bodies of reports for tests, as they are stored."""

import json
from collections.abc import Sequence
from itertools import count
from typing import Any

from wagtail.models import Page

from impact.roundups.composition import CARDS_IN_SECTION, MET, NOT_MET, PARTLY
from impact.roundups.gather import categories_of
from impact.roundups.standard import draft_body
from impact.taxonomy.models import Category

_numbers = count(1)


def block(kind: str, value: Any = None, **fields: Any) -> dict[str, Any]:
    """A block with an id of its own."""
    return {"type": kind, "value": fields if value is None else value, "id": f"b{next(_numbers)}"}


def listed(*values: Any) -> list[dict[str, Any]]:
    """Values of a list."""
    return [{"type": "item", "value": value, "id": f"i{next(_numbers)}"} for value in values]


def chosen(
    first: Sequence[Page] = (), left_out: Sequence[Page] = (), limit: int = CARDS_IN_SECTION
) -> dict[str, Any]:
    """What editors choose in a section."""
    return {
        "heading": "",
        "text": "",
        "first": listed(*(page.pk for page in first)),
        "left_out": listed(*(page.pk for page in left_out)),
        "limit": limit,
    }


def category_section(slug: str = "research", **choices: Any) -> dict[str, Any]:
    """A section of a category."""
    category = Category.objects.get(slug=slug)
    return block("category_section", category=category.pk, **chosen(**choices))


def full_body(year: int, entries: Sequence[Page], text: str) -> str:
    """A draft of a year in which an editor has filled in everything; `text` is rich text."""
    words = {
        "text": text,
        "highlights": [{"entry": entry.pk, "sentence": text} for entry in entries],
        "last_goals": [
            {"goal": f"Goal {number}", "result": result, "words": "It took until May."}
            for number, result in enumerate((MET, PARTLY, NOT_MET))
        ],
        "goals": [{"title": f"Aim {number}", "detail": "By May."} for number in range(4)],
    }
    fields = {"highlights": "entries", "last_goals": "goals", "goals": "goals"}
    blocks = draft_body(categories_of(year))
    for each in blocks:
        kind = each["type"]
        if kind in fields:
            each["value"][fields[kind]] = listed(*words[kind])
        elif kind in words:
            each["value"] = words[kind]
    return body(*blocks)


def body(*blocks: dict[str, Any]) -> str:
    """A body of these blocks."""
    return json.dumps(blocks)
