"""The bodies of the demo's yearly reports: their own words around what the year gives by itself."""

from collections.abc import Callable, Iterable
from typing import Any

from impact.demo.bodies import Builder
from impact.demo.files import Data
from impact.roundups.standard import draft_body

# Blocks that a file fills; of a draft, the others stay as they are.
_FILLED = ("highlights", "last_goals", "goals", "thanks")


def report_body(
    data: Data, build: Builder, entry: Callable[[str], int], categories: Iterable[int]
) -> list[Data]:
    """Return the stream of a report; `entry` gives the key of a story by its slug."""
    body = []
    for block in draft_body(list(categories)):
        kind = block["type"]
        if kind == "text":
            body += build.body(data["introduction"], f"{data['slug']}-introduction")
        elif kind not in _FILLED:
            body.append(block)
        elif kind in data:
            body.append({**block, "value": {**block["value"], **_value(kind, data, build, entry)}})
    # The last words come before the thanks.
    return [*body[:-1], *build.body(data["closing"], f"{data['slug']}-closing"), body[-1]]


def _value(kind: str, data: Data, build: Builder, entry: Callable[[str], int]) -> Data:
    found: Any = data[kind]
    if kind == "highlights":
        made = build.sentences(found)
        return {"entries": [{"entry": entry(slug), "sentence": made[slug]} for slug in found]}
    if kind == "goals":
        return {"goals": [{"title": goal, "detail": detail} for goal, detail in found.items()]}
    if kind == "thanks":
        return {"text": build.sentences({"thanks": found})["thanks"]}
    return {"goals": [{"goal": goal, **answer} for goal, answer in found.items()]}
