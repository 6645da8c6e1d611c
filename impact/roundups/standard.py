"""The blocks that a report has until editors choose others: everything that the year gives by itself."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from impact.roundups.composition import CARDS_IN_SECTION, Goal

Raw = list[dict[str, Any]]

_PLAIN: dict[str, Any] = {"heading": "", "text": ""}
_CHOSEN: dict[str, Any] = {**_PLAIN, "first": [], "left_out": [], "limit": CARDS_IN_SECTION}


def standard_body(categories: Iterable[int]) -> Raw:
    """Return what a report shows that nobody has composed: figures, stories, communities, thanks."""
    return [
        _block("key_figures", "", **_PLAIN, metrics=[], others=True, counts=True),
        _block("chart", "", **_PLAIN, metric=None),
        *(_section(category) for category in categories),
        _block("other_section", "", **_CHOSEN),
        _block("outcomes", "", **_PLAIN),
        _block("communities", "", **_PLAIN, new=True, active=True, by_kind=True, only=""),
        _block("thanks", "", **_PLAIN, supporters=True, authors=True),
    ]


def draft_body(
    categories: Sequence[int], last_goals: Sequence[Goal] = (), highlights: Sequence[int] = ()
) -> Raw:
    """Return the full set of blocks for editors to work with: those that wait for their words too."""
    return [
        _block("text", "opening", value=""),
        _block("key_figures", "", **_PLAIN, metrics=[], others=True, counts=True),
        _block("chart", "", **_PLAIN, metric=None),
        _block("highlights", "", **_PLAIN, entries=[_highlight(key) for key in highlights]),
        *(_section(category) for category in categories),
        _block("other_section", "", **_CHOSEN),
        _block("outcomes", "", **_PLAIN),
        _block("timeline", "", **_PLAIN),
        _block("communities", "", **_PLAIN, new=True, active=True, by_kind=True, only=""),
        _block("last_goals", "", **_PLAIN, goals=[_answer(goal) for goal in last_goals]),
        _block("goals", "", **_PLAIN, goals=[]),
        _block("thanks", "", **_PLAIN, supporters=True, authors=True),
    ]


def _section(category: int) -> dict[str, Any]:
    return _block("category_section", str(category), category=category, **_CHOSEN)


def _highlight(entry: int) -> dict[str, Any]:
    value = {"entry": entry, "sentence": ""}
    return {"type": "item", "value": value, "id": _id(f"highlight {entry}")}


def _answer(goal: Goal) -> dict[str, Any]:
    value = {"goal": goal.title, "result": "", "words": ""}
    return {"type": "item", "value": value, "id": _id(f"answer {goal.title}")}


def _block(kind: str, name: str, **fields: Any) -> dict[str, Any]:
    # The same ids each time: a report that is closed knows its sections by them.
    value = fields.pop("value", fields)
    return {"type": kind, "value": value, "id": _id(f"{kind} {name}")}


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"roundup {name}"))
