"""Putting a body together: prose in as few blocks as read well."""

from collections.abc import Sequence

from impact.portability.content import Block, Line, RichText, Run


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
