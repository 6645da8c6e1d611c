"""A body as Markdown, read again before it is given away: what would come back changed is spelled out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from impact.portability.content import Block, Line, Link, RichText
from impact.portability.export.blocks import BREAK, BlockWriter
from impact.portability.export.inline import NotInMarkdownError, Page
from impact.portability.messages import FileLog, Log
from impact.portability.written import WrittenConverter

_LISTS = frozenset({"ul", "ol"})
# Two of these, one after the other, would be read as one.
_JOINING = frozenset({"text", "definition_list", "footnotes", "task_list"})


@dataclass(frozen=True)
class Written:
    """A body as Markdown, and what Markdown could not hold of it.

    `as_html` counts stretches of text that stand in it as HTML, `spelled_out` blocks that stand as JSON.
    """

    text: str
    as_html: int = 0
    spelled_out: int = 0


@dataclass
class BodyWriter:
    """Writes the bodies of one page; `read_link` is how the import will read its addresses."""

    address: Callable[[Link], str]
    read_link: Callable[[str], Link | None]

    def write(self, blocks: Sequence[Block]) -> Written:
        """Return a body as Markdown that the import reads back as the same blocks."""
        page = Page(self.address, _note_keys(blocks))
        writer = BlockWriter(page)
        try:
            text = _join(blocks, _each(blocks, writer.write), _need_break)
            if self._is_read_as(text, blocks):
                return Written(text, writer.prose.fallbacks)
        except NotInMarkdownError:
            pass
        return self._carefully(blocks, page)

    def _carefully(self, blocks: Sequence[Block], page: Page) -> Written:
        """Write each block by itself, with a proof of each stretch of text."""
        writer = BlockWriter(page, self)

        def write(block: Block) -> str:
            try:
                text = writer.write(block)
            except NotInMarkdownError:
                return writer.spell(block)
            return text if self._is_read_as(text, [block]) else writer.spell(block)

        texts = _each(blocks, write)
        text = _join(blocks, texts, _need_break)
        if not self._is_read_as(text, blocks):
            text = _join(blocks, texts, lambda _before, _after: True)
        return Written(text, writer.prose.fallbacks, writer.spelled_out)

    def of_text(self, text: str, lines: Sequence[Line]) -> bool:
        """Whether some Markdown is read as these lines."""
        return self._is_read_as(text, [Block("text", RichText(tuple(lines)))])

    def of_line(self, text: str, lines: Sequence[Line]) -> bool:
        """Whether a caption is read as these lines."""
        return reading(self.read_link).one_line(text, 1) == RichText(tuple(lines))

    def _is_read_as(self, text: str, blocks: Sequence[Block]) -> bool:
        found = reading(self.read_link).blocks(text)
        return [(b.name, b.value) for b in found] == [(b.name, b.value) for b in blocks]


def reading(read_link: Callable[[str], Link | None]) -> WrittenConverter:
    """Return a converter for what was just written."""
    return WrittenConverter(_Reading(read_link))


@dataclass
class _Reading:
    """What a converter asks, on the way out: every file is there under its name."""

    read_link: Callable[[str], Link | None]
    log: FileLog = field(default_factory=lambda: Log().about(""))
    title: str = ""
    emoji: bool = False

    def link(self, href: str, _line: int, _thanks: bool) -> Link | None:
        return self.read_link(href)

    def page_title(self, _key: str) -> str:
        return ""

    def picture(self, src: str, _line: int) -> str:
        return src

    def remote_picture(self, _src: str, _line: int, _alt: str = "") -> None:
        return None

    def no_alt(self, _src: str, _line: int) -> None:
        return None

    def attachment(self, src: str, _line: int) -> str:
        return src


def _note_keys(blocks: Sequence[Block]) -> frozenset[str]:
    notes = (block.value["notes"] for block in blocks if block.name == "footnotes")
    return frozenset(note["key"] for several in notes for note in several)


def _each(blocks: Sequence[Block], write: Callable[[Block], str]) -> list[str]:
    """Write the blocks; footnotes last, when it is known which of them are marked."""
    texts = {n: write(b) for n, b in enumerate(blocks) if b.name != "footnotes"}
    texts |= {n: write(b) for n, b in enumerate(blocks) if b.name == "footnotes"}
    return [texts[n] for n in range(len(blocks))]


def _join(
    blocks: Sequence[Block], texts: Sequence[str], need_break: Callable[[Block, Block], bool]
) -> str:
    parts: list[str] = []
    for number, text in enumerate(texts):
        if number and need_break(blocks[number - 1], blocks[number]):
            parts.append(BREAK)
        parts.append(text)
    return "\n\n".join(parts)


def _need_break(before: Block, after: Block) -> bool:
    if before.name == after.name:
        return before.name in _JOINING
    return _is_list(before, -1) and _is_list(after, 0)


def _is_list(block: Block, end: int) -> bool:
    """Whether a block begins (0) or ends (-1) with a list."""
    if block.name == "text":
        return bool(block.value.lines) and block.value.lines[end].kind in _LISTS
    return block.name == "task_list"
