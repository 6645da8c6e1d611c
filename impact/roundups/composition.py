"""What a report is made of, read from the stored form of its blocks; pure.

The blocks are read as they are stored, not through the objects that they name: that takes no query, works
for a draft that is only previewed, and what is damaged or gone is passed over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from impact.roundups.facts import CATEGORY, OTHERS, TAG

# As many cards as read well; the gallery has the others.
CARDS_IN_SECTION = 6
MOST_CARDS = 60

KINDS = {"category_section": CATEGORY, "tag_section": TAG, "other_section": OTHERS}
MET, PARTLY, NOT_MET = "met", "partly", "not"


@dataclass(frozen=True)
class Block:
    """A block of the report as it is stored."""

    id: str
    kind: str
    value: Any

    def get(self, name: str) -> Any:
        """Return a field of a block that has fields."""
        return self.value.get(name) if isinstance(self.value, Mapping) else None

    def text(self, name: str) -> str:
        """Return a text; empty where there is none."""
        found = self.get(name)
        return found if isinstance(found, str) else ""

    def items(self, name: str) -> list[Any]:
        """Return the values of a list, which is stored with ids or without."""
        found = self.get(name)
        return [_item(each) for each in found] if isinstance(found, list | tuple) else []

    def keys(self, name: str) -> list[int]:
        """Return the keys in a list of chosen objects, each once."""
        found = (key(each) for each in self.items(name))
        return list(dict.fromkeys(each for each in found if each is not None))

    def is_on(self, name: str, default: bool) -> bool:
        """Return a yes or no."""
        found = self.get(name)
        return default if found is None else found in (True, "true", "True")


@dataclass(frozen=True)
class PlannedSection:
    """Entries under one heading, and what editors chose among them."""

    block: str
    kind: str
    about: int | None = None
    pinned: tuple[int, ...] = ()
    omitted: frozenset[int] = field(default_factory=frozenset)
    limit: int = CARDS_IN_SECTION


@dataclass(frozen=True)
class Composition:
    """The blocks of a report in their order."""

    blocks: tuple[Block, ...] = ()

    @property
    def sections(self) -> tuple[PlannedSection, ...]:
        """Those that list entries."""
        return tuple(_section(block) for block in self.blocks if block.kind in KINDS)

    @property
    def charts(self) -> tuple[int | None, ...]:
        """What each chart is about: a metric, or None for all headline metrics."""
        return tuple(key(block.get("metric")) for block in self.blocks if block.kind == "chart")

    @property
    def charted(self) -> frozenset[int]:
        """The metrics that a chart is asked for."""
        return frozenset(each for each in self.charts if each is not None)

    @property
    def highlights(self) -> tuple[int, ...]:
        """The entries that editors say something about themselves, each once."""
        found = (
            highlight.entry
            for block in self.blocks
            if block.kind == "highlights"
            for highlight in highlights(block)
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Highlight:
    """A chosen entry with a sentence of the editor's own, as rich text."""

    entry: int
    sentence: str


@dataclass(frozen=True)
class Goal:
    """Something to be reached next year."""

    title: str
    detail: str = ""


@dataclass(frozen=True)
class Answer:
    """What became of a goal of last year; `result` is met, partly or not, or empty."""

    goal: str
    result: str = ""
    words: str = ""


def read(raw: Iterable[Any]) -> Composition:
    """Return what a body's stored blocks are; `raw` is `StreamValue.raw_data`."""
    blocks = []
    for number, each in enumerate(raw):
        if isinstance(each, Mapping) and isinstance(each.get("type"), str):
            known = str(each.get("id") or f"block-{number}")
            blocks.append(Block(known, each["type"], each.get("value")))
    return Composition(tuple(blocks))


def highlights(block: Block) -> list[Highlight]:
    """Return the highlights of a block; one without an entry is not ready yet."""
    found = (Block("", "", each) for each in block.items("entries"))
    pairs = ((key(each.get("entry")), each.text("sentence")) for each in found)
    return [Highlight(entry, sentence) for entry, sentence in pairs if entry is not None]


def goals(block: Block) -> list[Goal]:
    """Return the goals of a block that say anything."""
    found = (Block("", "", each) for each in block.items("goals"))
    every = (Goal(each.text("title").strip(), each.text("detail")) for each in found)
    return [goal for goal in every if goal.title]


def answers(block: Block) -> list[Answer]:
    """Return the goals of last year, each with what became of it."""
    found = (Block("", "", each) for each in block.items("goals"))
    every = (
        Answer(each.text("goal").strip(), _result(each.text("result")), each.text("words"))
        for each in found
    )
    return [answer for answer in every if answer.goal]


def key(value: Any) -> int | None:
    """Return a primary key; None for what is none."""
    if isinstance(value, bool):
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _section(block: Block) -> PlannedSection:
    limit = key(block.get("limit"))
    kind = KINDS[block.kind]
    return PlannedSection(
        block=block.id,
        kind=kind,
        about=None if kind == OTHERS else key(block.get(kind)),
        pinned=tuple(block.keys("first")),
        omitted=frozenset(block.keys("left_out")),
        limit=CARDS_IN_SECTION if limit is None else min(max(limit, 0), MOST_CARDS),
    )


def _result(text: str) -> str:
    return text if text in (MET, PARTLY, NOT_MET) else ""


def _item(value: Any) -> Any:
    is_wrapped = isinstance(value, Mapping) and value.get("type") == "item" and "value" in value
    return value["value"] if is_wrapped else value
