"""HTML comments that Markdown does not see as such; readers must see none.

A comment that begins inside a paragraph ends for Markdown with that paragraph, one inside an item with
the item: what stands after it would be shown. Here a comment ends where its writer ended it.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

OPEN, CLOSE = "<!--", "-->"
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Hidden:
    """A comment over several paragraphs, from the line (1-based) on which it begins."""

    line: int
    start: int
    end: int


def without_comments(text: str) -> str:
    """Return one line of text without comments; one that is not closed goes on to the end."""
    return COMMENT.sub("", text)


def open_comment_plugin(md: MarkdownIt) -> None:
    """Let the parser make an `open_comment` token of a comment that its paragraph does not close."""
    md.inline.ruler.after("html_inline", "open_comment", _inline_rule)


def _inline_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(OPEN, state.pos):
        return False
    if not silent:
        token = state.push("open_comment", "", 0)
        token.meta = {"number": state.src.count(OPEN, 0, state.pos)}
    state.pos = state.posMax
    return True


def spanning(tokens: Sequence[Token], source: str) -> list[Hidden]:
    """Return the comments that begin in one text of a source and end in a later one, in their order."""
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    closing = sorted(
        place
        for token in tokens
        if token.type in {"inline", "html_block"} and token.map
        for place in _places(source, starts[token.map[0]], CLOSE, token.content.count(CLOSE))
    )
    found: list[Hidden] = []
    for line, start in _openings(tokens, source, starts):
        number = bisect(closing, start)
        if number < len(closing) and (not found or start >= found[-1].end):
            found.append(Hidden(line + 1, start, closing[number] + len(CLOSE)))
    return found


def cut_out(source: str, hidden: Sequence[Hidden]) -> str:
    """Return a source without some comments; every line keeps its number."""
    parts: list[str] = []
    position = 0
    for comment in hidden:
        parts.append(source[position : comment.start])
        parts.append("\n" * source.count("\n", comment.start, comment.end))
        position = comment.end
    return "".join([*parts, source[position:]])


def _openings(
    tokens: Sequence[Token], source: str, starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield line (0-based) and place in the source of each comment that its own text leaves open."""
    for token in tokens:
        if not token.map:
            continue
        if token.type == "html_block" and token.content.rfind(OPEN) > token.content.rfind(CLOSE):
            number = token.content.count(OPEN) - 1
        else:
            opened = [c for c in token.children or [] if c.type == "open_comment"]
            if not opened:
                continue
            number = opened[0].meta["number"]
        # A text is its lines without the marks of lists and quotations, which hold no comment.
        places = _places(source, starts[token.map[0]], OPEN, number + 1)
        if len(places) > number:
            yield bisect(starts, places[number]) - 1, places[number]


def _places(source: str, start: int, mark: str, number: int) -> list[int]:
    places: list[int] = []
    while len(places) < number and (start := source.find(mark, start)) != -1:
        places.append(start)
        start += len(mark)
    return places
