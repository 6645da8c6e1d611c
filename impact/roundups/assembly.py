"""A report from its first block to its last: parts that come by themselves between the editors' own words.

What all of them point at is looked up at once, so that a long report costs what a short one does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from impact.blocks.rendering import Body, render_with
from impact.blocks.text import anchors, headings
from impact.roundups.blocks.body import WORDS
from impact.roundups.composition import Composition
from impact.roundups.parts import Contents, HighlightsPart, Part, WordsPart
from impact.roundups.presentation import Shown, part_of

# Keeps the ids of the editors' headings apart from those of the parts.
PREFIX = "words"


@dataclass(frozen=True)
class Assembled:
    """A report ready to be shown; `body` is what its rich text is shown with."""

    parts: tuple[Part, ...]
    contents: tuple[Contents, ...]
    body: Body


def assemble(
    composition: Composition, stream: StreamValue, shown: Shown, context: dict[str, Any]
) -> Assembled:
    """Return a report. At most three statements of its own, for what its words point at."""
    words = words_of(composition, stream)
    made = {block.id: part_of(shown, block) for block in composition.blocks}
    body = Body.of(
        words,
        *(text for part in made.values() if part for text in _texts(part)),
        request=context.get("request"),
        prefix=PREFIX,
    )
    own = dict(
        zip((words[n].id for n in anchors(words, PREFIX)), headings(words, PREFIX), strict=True)
    )
    rendered = dict(zip((c.id for c in words), render_with(body, words, context), strict=True))
    players = {c.id for c in words if c.block_type == "video" and c.value.video}
    found: list[Part] = []
    for is_words, group in groupby(composition.blocks, lambda block: block.kind in WORDS):
        if is_words:
            known = [block.id for block in group if rendered.get(block.id, "").strip()]
            words_part = WordsPart(
                anchor="",
                title="",
                blocks=tuple(rendered[each] for each in known),
                headings=tuple(own[each] for each in known if each in own),
                has_player=not players.isdisjoint(known),
            )
            found += [words_part] if known else []
        else:
            found += [part for block in group if (part := made[block.id])]
    parts = tuple(_with_free_anchors(found, {heading.anchor for heading in own.values()}))
    return Assembled(parts, tuple(_contents(parts)), body)


def words_of(composition: Composition, stream: StreamValue) -> StreamValue:
    """Return the editors' own words alone, as a body like that of a story."""
    raw = [
        {"type": block.kind, "value": block.value, "id": block.id}
        for block in composition.blocks
        if block.kind in WORDS
    ]
    return StreamValue(stream.stream_block, raw, is_lazy=True)


def _texts(part: Part) -> Iterator[RichText]:
    if part.text:
        yield part.text
    if isinstance(part, HighlightsPart):
        yield from (each.sentence for each in part.highlights if each.sentence)


def _with_free_anchors(parts: list[Part], taken: set[str]) -> Iterator[Part]:
    """Yield the parts, numbering the anchors of those that are there several times."""
    for part in parts:
        anchor, number = part.anchor, 2
        while anchor and anchor in taken:
            anchor, number = f"{part.anchor}-{number}", number + 1
        taken.add(anchor)
        yield replace(part, anchor=anchor)


def _contents(parts: tuple[Part, ...]) -> Iterator[Contents]:
    for part in parts:
        if isinstance(part, WordsPart):
            first = (heading for heading in part.headings if heading.level == 2)
            yield from (Contents(heading.anchor, heading.text) for heading in first)
        else:
            yield Contents(part.anchor, part.title, part.number)
