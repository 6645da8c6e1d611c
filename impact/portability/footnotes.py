"""Footnotes of one text: marks as they are met, definitions as they are read, and the block of both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from impact.portability.content import Block, Line, RichText, Run
from impact.portability.messages import FileLog


@dataclass
class Notes:
    """The notes of a text, wherever their marks and definitions stand in it."""

    _marked: dict[str, None] = field(default_factory=dict)
    _defined: dict[str, tuple[RichText, list[Block], int]] = field(default_factory=dict)

    def mark(self, label: str) -> Run:
        """Return the mark of a note."""
        self._marked[label] = None
        key = note_key(label)
        return Run(f"[{key}]", note=key)

    def define(self, label: str, runs: tuple[Run, ...], rest: list[Block], line: int) -> None:
        """Keep the words of a note, and what can't stand in one; the first definition counts."""
        self._defined.setdefault(label, (RichText((Line(runs),)), rest, line))

    def finish(self, log: FileLog) -> Iterator[Block]:
        """Yield the block of notes in the order of their marks, and what no note can hold.

        Like Hugo leave out what no mark leads to; it is reported.
        """
        notes, rest = [], []
        for label in self._marked:
            if label in self._defined:
                text, blocks, line = self._defined[label]
                notes.append({"key": note_key(label), "text": text})
                rest += blocks
        if notes:
            line = min(self._defined[label][2] for label in self._marked if label in self._defined)
            yield Block("footnotes", {"notes": notes}, line)
        yield from rest
        for label, (text, _rest, line) in self._defined.items():
            if label not in self._marked:
                words = " ".join(text.text.split())
                log.warning("footnote", f"no mark leads to the note “{words[:60]}”; left out", line)


def note_key(label: str) -> str:
    """Return the key of a footnote: its label as one word."""
    return re.sub(r"[^\w.-]+", "-", label).strip("-")[:80] or "note"
