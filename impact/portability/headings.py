"""Headings: their words, the ids that old fragments name, and the links that a heading can't hold."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from impact.portability import media_blocks
from impact.portability.content import Block, Line, Run, plain, tidy

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter

_THANKS = re.compile(r"\backnowledge?ments?\b|^thanks?\b|^thank you\b", re.IGNORECASE)
_ATTRIBUTES = re.compile(
    r"\s*\{\s*((?:[#.:][^\s{}#]+|[\w:-]+=(?:\"[^\"]*\"|[^\s\"{}]+))\s*)+\}\s*$"
)
_OWN_ID = re.compile(r"[\s{]#([^\s{}]+)|[\s{]id=\"?([^\s\"{}]+)")
# What some writers click on to copy the address of a heading.
_SIGNS = frozenset("#¶§🔗")
_LONGEST_HEADING, _LONGEST_ANCHOR = 255, 120


def says_thanks(title: str) -> bool:
    """Return whether a heading opens acknowledgements."""
    return bool(_THANKS.search(title.strip()))


class Anchors:
    """The ids that Hugo gives the headings of one text, so that old fragments keep working."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def of(self, words: str) -> str:
        """Return the id of a heading without one of its own; `words` as `spoken` returns them."""
        kept = (c for c in words.strip().lower() if c in " -_" or _is_letter_or_digit(c))
        base = "".join(kept).replace(" ", "-") or "heading"
        anchor, number = base, self._numbers.get(base, 0)
        while anchor in self._taken:
            number += 1
            anchor = f"{base}-{number}"
        self._numbers[base] = number
        self.take(anchor)
        return anchor

    def take(self, anchor: str) -> None:
        """Keep an id for the heading that names it."""
        self._taken.add(anchor)


def _is_letter_or_digit(c: str) -> bool:
    category = unicodedata.category(c)
    return category.startswith("L") or category == "Nd"


def spoken(nodes: Sequence[SyntaxTreeNode]) -> str:
    """Return the words of a heading from which Hugo makes its id: emoji by their codes, no dashes."""
    parts = []
    for node in nodes:
        if node.type == "text":
            parts.append(node.content.replace("---", "").replace("--", ""))
        elif node.type == "code_inline":
            parts.append(node.content)
        elif node.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        else:
            parts.append(spoken(node.children))
    return "".join(parts)


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
    line: int,
    *,
    words: str = "",
    anchor: str = "",
) -> Iterator[Line | Block]:
    """Yield a heading and, below it, what its plain text can't hold: links and pictures.

    Its id is the one at its end, the `anchor`, or what Hugo makes of the `words`.
    """
    runs = tidy([piece for piece in pieces if isinstance(piece, Run) and not _is_sign(piece)])
    text, own = split_attributes(plain(runs))
    anchor = own or anchor
    if anchor:
        converter.anchors.take(anchor)
    elif words:
        anchor = converter.anchors.of(words)
    if len(text) > _LONGEST_HEADING:
        yield Line(media_blocks.bold(runs))
    elif text:
        anchor = anchor if len(anchor) <= _LONGEST_ANCHOR else ""
        yield Block("heading", {"text": text, "level": level, "anchor": anchor}, line)
        if below := media_blocks.links_below(converter, runs):
            yield Line(below)
    yield from (piece for piece in pieces if isinstance(piece, Block))


def _is_sign(run: Run) -> bool:
    return bool(run.link and run.link.href.startswith("#") and run.text.strip() in _SIGNS)
