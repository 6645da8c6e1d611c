"""Putting a body together: prose in as few blocks as read well."""

from collections.abc import Iterable, Sequence

from impact.portability.content import Block, Line, RichText, Run, tidy


class BodyBuilder:
    """Takes lines and blocks in their order; lines that follow each other share a text block."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._lines: list[Line] = []

    def add_piece(self, piece: Line | Block) -> None:
        """Add a line, or a block."""
        if isinstance(piece, Line):
            if piece.runs:
                self._lines.append(piece)
        else:
            self.add(piece)

    def add(self, block: Block) -> None:
        """Add a block; the lines of a text block join the text before it."""
        if block.name == "text":
            for line in block.value.lines:
                self.add_piece(line)
            return
        self._flush()
        self._blocks.append(block)

    @property
    def ends_in_numbers(self) -> bool:
        """Whether the last line is a numbered item, which the next one would be counted with."""
        return bool(self._lines) and self._lines[-1].kind == "ol"

    def finish(self) -> list[Block]:
        """Return the blocks."""
        self._flush()
        return self._blocks

    def _flush(self) -> None:
        if self._lines:
            self._blocks.append(Block("text", RichText(tuple(level_depths(self._lines)))))
            self._lines = []


def level_depths(lines: Sequence[Line]) -> list[Line]:
    """Let no item stand deeper than one below the item before it, as a split list could."""
    result: list[Line] = []
    for line in lines:
        allowed = 0
        if result and result[-1].kind in {"ul", "ol"}:
            allowed = result[-1].depth + 1
        result.append(Line(line.runs, line.kind, min(line.depth, allowed)))
    return result


def one_line(
    pieces: Iterable[Run | Line | Block], gap: str = "\n"
) -> tuple[tuple[Run, ...], list[Block]]:
    """Return what fits into one line, and the blocks that don't.

    The gap stands between paragraphs; items follow each other, each with its bullet or number.
    """
    runs: list[Run] = []
    rest: list[Block] = []
    numbers: dict[int, int] = {}
    whole = False
    for piece in _flat(pieces):
        if isinstance(piece, Block):
            rest.append(piece)
            continue
        is_line = isinstance(piece, Line)
        mark = _mark(piece, numbers) if isinstance(piece, Line) else ""
        if runs and (is_line or whole):
            runs.append(Run("\n" if mark else gap))
        if mark:
            runs.append(Run(mark))
        runs += piece.runs if isinstance(piece, Line) else [piece]
        whole = is_line
    return tidy(runs), rest


def _mark(line: Line, numbers: dict[int, int]) -> str:
    """The bullet or number of an item, counted on each depth until something else stands there."""
    first = line.depth + 1 if line.kind == "ol" else line.depth
    for depth in [depth for depth in numbers if depth >= first]:
        del numbers[depth]
    if line.kind == "ol":
        numbers[line.depth] = numbers.get(line.depth, 0) + 1
        return f"{numbers[line.depth]}. "
    return "• " if line.kind == "ul" else ""


def _flat(pieces: Iterable[Run | Line | Block]) -> Iterable[Run | Line | Block]:
    for piece in pieces:
        if isinstance(piece, Block) and piece.name == "text":
            yield from piece.value.lines
        else:
            yield piece


def as_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Turn quotations into paragraphs, for rich text that knows none."""
    return [Line(line.runs) if line.kind == "blockquote" else line for line in lines]


def passage(blocks: Sequence[Block]) -> tuple[RichText, list[Block]]:
    """Return what of some blocks fits into a passage of rich text, and the blocks that don't.

    A heading becomes a bold paragraph; everything from the first block that does not fit stays out.
    """
    lines: list[Line] = []
    for position, block in enumerate(blocks):
        if block.name == "text":
            lines += as_paragraphs(block.value.lines)
        elif block.name == "heading":
            lines.append(Line((Run(block.value["text"], ("bold",)),)))
        else:
            return RichText(tuple(level_depths(lines))), list(blocks[position:])
    return RichText(tuple(level_depths(lines))), []
