"""Lists: items as lines with a depth, numbers that must go on, and tasks."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from markdown_it.tree import SyntaxTreeNode

from impact.portability.bodies import one_line
from impact.portability.content import Block, Line, LineKind, RichText, Run, tidy

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter

LISTS = frozenset({"bullet_list", "ordered_list"})

_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
_DEEPEST = 4


def read(
    converter: "MarkdownConverter", node: SyntaxTreeNode, depth: int = 0, *, follows: bool = False
) -> list[Line | Block]:
    """Return the lines of a list, and the blocks that interrupt it."""
    kind: LineKind = "ol" if node.type == "ordered_list" else "ul"
    items = [list(_item(converter, item, kind, depth)) for item in node.children]
    return arranged(items, kind, int(node.attrs.get("start", 1)), depth, follows=follows)


def arranged(
    items: Sequence[Sequence[Line | Block]],
    kind: LineKind,
    start: int,
    depth: int,
    *,
    follows: bool = False,
) -> list[Line | Block]:
    """Return the items of a list one after the other.

    A list of the editor counts from one, counts every line, and can't be interrupted. A numbered one
    that begins elsewhere, that a block or a further paragraph interrupts, or that `follows` another one
    directly has its numbers written out.
    """
    interrupted = _is_interrupted([piece for item in items for piece in item]) or any(
        isinstance(piece, Line) and piece.depth == depth for item in items for piece in item[1:]
    )
    if kind == "ol" and (start != 1 or interrupted or follows):
        # Inside another list that goes on, a written number stands in an item.
        shown: LineKind = "ul" if depth and not interrupted else "p"
        items = [
            list(_numbered(item, f"{number}.", shown, depth))
            for number, item in enumerate(items, start)
        ]
    elif kind == "ol" and any(_ends_in_bullets(item) for item in items[:-1]):
        items = [_without_bullets(item) for item in items]
    return [piece for item in items for piece in item]


def tasks(converter: "MarkdownConverter", node: SyntaxTreeNode) -> list[Line | Block] | None:
    """Return a list whose items are all tasks, parted by what can't stand in one; None for others."""
    if not node.children or not all(_is_task(item) for item in node.children):
        return None
    pieces: list[Line | Block] = []
    line = converter.line_of(node)
    for item in node.children:
        for piece in _task(converter, item):
            if found := _tasks_of(piece):
                before = _tasks_of(pieces.pop()) if pieces and _tasks_of(pieces[-1]) else []
                piece = Block("task_list", {"tasks": [*before, *found]}, line)
            pieces.append(piece)
    return pieces


def _item(
    converter: "MarkdownConverter", item: SyntaxTreeNode, kind: LineKind, depth: int
) -> Iterator[Line | Block]:
    paragraphs: list[tuple[Run, ...]] = []
    rest: list[Line | Block] = []
    for child in item.children:
        if child.type in LISTS:
            rest += read(converter, child, min(depth + 1, _DEEPEST))
            continue
        for piece in converter.pieces(child, in_list=True):
            # The item's own words stand first; after a block or nested list, below it.
            if isinstance(piece, Line) and not rest:
                paragraphs.append(piece.runs)
            elif isinstance(piece, Line):
                rest.append(Line(piece.runs, kind, depth))
            else:
                rest.append(piece)
    if paragraphs:
        yield Line(joined(paragraphs, "\n"), kind, depth)
    yield from rest


def _is_interrupted(pieces: Sequence[Line | Block]) -> bool:
    """Whether a line stands after a block."""
    kinds = [isinstance(piece, Block) for piece in pieces]
    return True in kinds and False in kinds[kinds.index(True) :]


def _ends_in_bullets(item: Sequence[Line | Block]) -> bool:
    """Whether the editor, which begins a new list after bullets, would count from one below an item."""
    return bool(item) and isinstance(item[-1], Line) and item[-1].kind == "ul"


def _without_bullets(item: Sequence[Line | Block]) -> list[Line | Block]:
    """Write what is below an item into its own words, so that its list goes on."""
    lines = [piece for piece in item if isinstance(piece, Line)]
    own, below = lines[0], lines[1:]
    runs, _none = one_line([Line(own.runs), *below])
    return [Line(runs, own.kind, own.depth), *(p for p in item if isinstance(p, Block))]


def _numbered(
    item: Sequence[Line | Block], number: str, kind: LineKind, depth: int
) -> Iterator[Line | Block]:
    """Write a number before an item's own words; below a paragraph the rest moves up."""
    own_depth, up = (0, depth + 1) if kind == "p" else (depth, 0)
    first = item[0] if item else None
    if not (isinstance(first, Line) and first.depth == depth):
        yield Line((Run(number),), kind, own_depth)
    for piece in item:
        if isinstance(piece, Block):
            yield piece
        elif piece.depth != depth:
            yield Line(piece.runs, piece.kind, max(piece.depth - up, 0))
        elif piece is first:
            yield Line(tidy([Run(f"{number} "), *piece.runs]), kind, own_depth)
        else:
            yield Line(piece.runs, kind, own_depth)


def _is_task(item: SyntaxTreeNode) -> bool:
    return bool(
        item.children and item.children[0].type == "paragraph" and _TASK.match(_source(item))
    )


def _source(item: SyntaxTreeNode) -> str:
    return item.children[0].children[0].content


def _tasks_of(piece: Line | Block) -> list[dict[str, Any]]:
    return piece.value["tasks"] if isinstance(piece, Block) and piece.name == "task_list" else []


def _task(converter: "MarkdownConverter", item: SyntaxTreeNode) -> Iterator[Line | Block]:
    pieces = [piece for child in item.children for piece in converter.pieces(child, in_list=True)]
    length = next((n for n, p in enumerate(pieces) if isinstance(p, Block)), len(pieces))
    runs, _none = one_line(pieces[:length])
    without = (Run(_TASK.sub("", runs[0].text, count=1), runs[0].marks, runs[0].link),)
    if text := tidy((*without, *runs[1:])):
        task = {"text": RichText((Line(text),)), "done": _source(item)[1] in "xX"}
        yield Block("task_list", {"tasks": [task]}, converter.line_of(item))
    for piece in pieces[length:]:
        yield Line(piece.runs) if isinstance(piece, Line) else piece


def joined(parts: Sequence[tuple[Run, ...]], gap: str) -> tuple[Run, ...]:
    """Return several runs of text as one, with a gap between them."""
    runs: list[Run] = []
    for part in parts:
        runs += [Run(gap), *part] if runs else part
    return tidy(runs)
