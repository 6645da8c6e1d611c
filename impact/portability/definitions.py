"""Terms and what they mean, from Markdown and from HTML."""

from collections.abc import Iterable, Iterator
from typing import Any

from impact.portability.bodies import as_paragraphs, level_depths, one_line
from impact.portability.content import Block, Line, RichText, Run, plain

_LONGEST_TERM = 255


def definition_list(
    parts: Iterable[tuple[bool, Iterable[Line | Block]]], line: int
) -> Iterator[Line | Block]:
    """Yield lists of definitions, parted by the blocks that can't stand in one.

    A part is a term (true) or a definition of the terms before it. What follows a block inside a
    definition is text, below the block.
    """
    found: list[tuple[str, list[Line]]] = []
    for is_term, pieces in parts:
        if is_term:
            runs, below = one_line(pieces)
            rest: list[Line | Block] = [*below]
            term = plain(runs)
            if found and not found[-1][1]:
                # Several terms of one definition.
                term = f"{found.pop()[0]}, {term}"
            found.append((term, []))
        else:
            every = list(pieces)
            length = next((n for n, p in enumerate(every) if isinstance(p, Block)), len(every))
            lines = [piece for piece in every[:length] if isinstance(piece, Line)]
            rest = every[length:]
            if found:
                found[-1][1].extend(as_paragraphs(lines))
            else:
                yield from lines
        if rest:
            yield from _written(found, line)
            found = []
        yield from rest
    yield from _written(found, line)


def _written(found: Iterable[tuple[str, list[Line]]], line: int) -> Iterator[Line | Block]:
    """What the block can't hold, a term without a definition or a very long one, becomes text."""
    definitions: list[dict[str, Any]] = []
    for term, lines in found:
        if lines and term and len(term) <= _LONGEST_TERM:
            text = RichText(tuple(level_depths(lines)))
            definitions.append({"term": term, "definition": text})
            continue
        if definitions:
            yield Block("definition_list", {"definitions": definitions}, line)
            definitions = []
        yield from [Line((Run(term, ("bold",)),))] if term else []
        yield from lines
    if definitions:
        yield Block("definition_list", {"definitions": definitions}, line)
