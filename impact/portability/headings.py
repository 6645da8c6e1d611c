"""Headings: their words, the ids that old fragments name, and the links that a heading can't hold."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from impact.portability import media_blocks
from impact.portability.content import Block, Line, Run, plain, tidy

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter

_THANKS = re.compile(r"\backnowledge?ments?\b|^thanks?\b|^thank you\b", re.IGNORECASE)
_ATTRIBUTES = re.compile(
    r"\s*\{\s*((?:[#.:][^\s{}#]+|[\w:-]+=(?:\"[^\"]*\"|[^\s\"{}]+))\s*)+\}\s*$"
)
_OWN_ID = re.compile(r"[\s{]#([^\s{}]+)|[\s{]id=\"?([^\s\"{}]+)")
_LONGEST_HEADING, _LONGEST_ANCHOR = 255, 120


def says_thanks(title: str) -> bool:
    """Return whether a heading opens acknowledgements."""
    return bool(_THANKS.search(title.strip()))


class Anchors:
    """The ids that Hugo gives the headings of one text, so that old fragments keep working."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def of(self, text: str) -> str:
        """Return the id of a heading without one of its own."""
        kept = (c for c in text.strip().lower() if c.isalnum() or c in " -_")
        base = "".join(kept).replace(" ", "-") or "heading"
        anchor, number = base, 0
        while anchor in self._taken:
            number += 1
            anchor = f"{base}-{number}"
        self.take(anchor)
        return anchor

    def take(self, anchor: str) -> None:
        """Keep an id for the heading that names it."""
        self._taken[anchor] += 1


def split_attributes(text: str) -> tuple[str, str]:
    """Return a heading's words and its own id, which Hugo reads from `{#id .class}` at its end."""
    match = _ATTRIBUTES.search(text)
    if match is None:
        return text, ""
    own = _OWN_ID.search(match[0])
    return text[: match.start()], (own[1] or own[2]) if own else ""


def heading(
    converter: "MarkdownConverter",
    pieces: "Sequence[Run | Block]",
    level: int,
    anchor: str | None,
    line: int,
) -> Iterator[Line | Block]:
    """Yield a heading and, below it, what its plain text can't hold: links and pictures.

    Without an `anchor` it gets the id that Hugo makes; an empty one means none.
    """
    runs = tidy([piece for piece in pieces if isinstance(piece, Run)])
    text, own = split_attributes(plain(runs))
    if len(text) > _LONGEST_HEADING:
        yield Line(media_blocks.bold(runs))
    elif text:
        if own:
            converter.anchors.take(own)
        anchor = own or (converter.anchors.of(text) if anchor is None else anchor)
        anchor = anchor if len(anchor) <= _LONGEST_ANCHOR else ""
        yield Block("heading", {"text": text, "level": level, "anchor": anchor}, line)
        if below := media_blocks.links_below(converter, runs):
            yield Line(below)
    yield from (piece for piece in pieces if isinstance(piece, Block))
