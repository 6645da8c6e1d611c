"""Reads the pages that `export_hugo` wrote: to the letter, without what old sites need to look well.

Such a page says `impact: {format: 1}` in its front matter. What the export never writes, but somebody
may have added by hand since, is read as on any other page.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from impact.portability import media_blocks, written_blocks
from impact.portability.bodies import BodyBuilder
from impact.portability.content import (
    LINE_SEPARATOR,
    PARAGRAPH_SEPARATOR,
    Block,
    Line,
    Link,
    Mark,
    RichText,
    Run,
    joined,
)
from impact.portability.markdown import Context, MarkdownConverter
from impact.portability.shortcodes import Shortcode, shortcode_plugin

FORMAT = 1
Piece = Run | Block

_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
_ANCHOR = re.compile(r"\s*\{(?:#(?P<plain>[^\s{}]+)|id=\"(?P<quoted>[^\"]+)\")\}$")
_TASK = re.compile(r"\[([ xX])\] ")
_MARKS: dict[str, Mark] = {"strong": "bold", "em": "italic"}
_EMPTY = (Run(""),)
_DEEPEST = 4


def _make_parser() -> MarkdownIt:
    """Return a parser that leaves addresses as they are, and notes where they stand."""
    parser = MarkdownIt("commonmark")
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    for plugin in (deflist_plugin, shortcode_plugin):
        parser.use(plugin)
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


class WrittenBody(BodyBuilder):
    """Keeps a text that is empty, and apart what a comment parts; gathers the notes between two."""

    _parted = False

    def add(self, block: Block) -> None:
        """Add a block; lines join the text before them, notes the notes."""
        if block.name == "text" and not block.value.lines:
            self._flush()
            self._blocks.append(block)
        elif block.name == "footnotes" and self._ends_with("footnotes"):
            last = self._blocks[-1]
            notes = [*last.value["notes"], *block.value["notes"]]
            self._blocks[-1] = Block("footnotes", {"notes": notes}, last.line)
        else:
            super().add(block)
        self._parted = False

    def part(self) -> None:
        """End what stands before, so that the next line or note begins another block."""
        self._flush()
        self._parted = True

    def _ends_with(self, name: str) -> bool:
        before = self._blocks[-1].name if self._blocks and not self._lines else ""
        return before == name and not self._parted


class WrittenConverter:
    """Converts the texts of a page that the export wrote."""

    parser = _make_parser()

    def __init__(self, context: Context) -> None:
        self.context = context
        self.others = MarkdownConverter(context)
        self.offset = 0

    # Entrances

    def blocks(self, text: str, line: int = 1) -> list[Block]:
        """Return the blocks of a text whose first line is the given one of its file."""
        outer, self.offset = self.offset, line - 1
        body = WrittenBody()
        self._visit_all(SyntaxTreeNode(self.parser.parse(text, {})).children, body)
        self.offset = outer
        return body.finish()

    def runs(self, text: str, line: int) -> tuple[Run, ...]:
        """Return one line of Markdown, as captions and headings are."""
        pieces: list[Piece] = []
        for token in self.parser.parseInline(text, {}):
            pieces += self._inline(SyntaxTreeNode([token], create_root=False), line)
        return _runs(pieces)

    def one_line(self, text: str, line: int) -> RichText:
        """Return what stands on one line as the lines that it is: a caption, a cell."""
        return _parted(self.runs(text, line))

    def words(self, text: str, line: int) -> str:
        """Return one line of Markdown as plain text."""
        return _words(self.runs(text, line))

    def rich_text(self, shortcode: Shortcode, line: int) -> RichText:
        """Return the text between the tags of a shortcode: Markdown, or HTML as an editor keeps it."""
        inner = (shortcode.inner or "").strip("\n")
        if shortcode.get("format") == "html":
            return written_blocks.stored(self, inner, line)
        texts = (b.value.lines for b in self.blocks(inner, line) if b.name == "text")
        return RichText(tuple(found for lines in texts for found in lines))

    def link(self, href: str, line: int) -> Link | None:
        """Return where a link leads."""
        return self.context.link(href, line, False)

    def shortcode(self, shortcode: Shortcode, line: int) -> list[Block]:
        """Return the blocks that a shortcode stands for."""
        found = written_blocks.convert(self, shortcode, line)
        return self.others.shortcode(shortcode, line) if found is None else found

    # Blocks

    def _line_of(self, node: SyntaxTreeNode) -> int:
        return self.offset + (node.map[0] + 1 if node.map else 1)

    def _visit_all(self, nodes: Sequence[SyntaxTreeNode], body: BodyBuilder) -> None:
        for node in nodes:
            visit = getattr(self, f"_visit_{node.type}", None)
            if visit is not None:
                visit(node, body)
            else:
                self._visit_all(node.children, body)

    def _visit_paragraph(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        for piece in self._pieces(node):
            body.add_piece(piece)

    def _visit_heading(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        line, source, anchor = self._line_of(node), node.children[0].content, ""
        if match := _ANCHOR.search(source):
            source, anchor = source[: match.start()], match["plain"] or match["quoted"]
        text = self.words(source, line)
        level = "2" if node.tag in {"h1", "h2"} else "3"
        body.add(Block("heading", {"text": text, "level": level, "anchor": anchor}, line))

    def _visit_hr(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        body.add(Block("divider", None, self._line_of(node)))

    def _visit_fence(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        self._add_code(node, node.info.strip(), body)

    def _visit_code_block(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        self._add_code(node, "", body)

    def _add_code(self, node: SyntaxTreeNode, language: str, body: BodyBuilder) -> None:
        value = {"language": language, "code": node.content.removesuffix("\n"), "caption": ""}
        body.add(Block("code", value, self._line_of(node)))

    def _visit_html_block(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        if _COMMENT.fullmatch(node.content) and isinstance(body, WrittenBody):
            body.part()
            return
        for block in self.others.blocks(node.content, self._line_of(node)):
            body.add(block)

    def _visit_shortcode(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        for block in self.shortcode(node.meta["shortcode"], self._line_of(node)):
            body.add(block)

    # Tables, definitions, notes

    def _visit_table(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        head, *others = [row.children for part in node.children for row in part.children]
        kinds = ["number" if _is_right(cell) else "text" for cell in head]
        value = {
            "columns": [
                {"type": kind, "heading": _words(self._cell(cell))}
                for kind, cell in zip(kinds, head, strict=True)
            ],
            "rows": [
                {"values": [self._value(*pair) for pair in zip(kinds, cells, strict=True)]}
                for cells in others
            ],
            "caption": "",
        }
        body.add(written_blocks.table(value, {}, self._line_of(node)))

    def _value(self, kind: str, cell: SyntaxTreeNode) -> Any:
        runs = self._cell(cell)
        return _words(runs) if kind == "number" else _parted(runs)

    def _cell(self, node: SyntaxTreeNode) -> tuple[Run, ...]:
        line = self._line_of(node)
        return _runs([piece for child in node.children for piece in self._inline(child, line)])

    def _visit_dl(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        definitions: list[dict[str, Any]] = []
        for child in node.children:
            lines = self._lines(child)
            if child.type == "dt":
                term = " ".join(line.text for line in lines)
                definitions.append({"term": term, "definition": RichText()})
            elif definitions:
                before = definitions[-1]["definition"].lines
                definitions[-1]["definition"] = RichText((*before, *lines))
        body.add(Block("definition_list", {"definitions": definitions}, self._line_of(node)))

    def _visit_footnote_reference(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        note = {"key": str(node.meta["label"]), "text": RichText(self._lines(node))}
        body.add(Block("footnotes", {"notes": [note]}, self._line_of(node)))

    # Lists and quotations

    def _visit_bullet_list(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        tasks = [self._task(item) for item in node.children]
        if all(tasks):
            body.add(Block("task_list", {"tasks": tasks}, self._line_of(node)))
        else:
            self._visit_ordered_list(node, body)

    def _visit_ordered_list(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        for piece in self._list(node, 0):
            body.add_piece(piece)

    def _list(self, node: SyntaxTreeNode, depth: int) -> Iterator[Line | Block]:
        for item in node.children:
            yield from self._item(item, "ol" if node.type == "ordered_list" else "ul", depth)

    def _item(self, item: SyntaxTreeNode, kind: Any, depth: int) -> Iterator[Line | Block]:
        words: list[Run] = []
        rest: list[Line | Block] = []
        for child in item.children:
            if child.type in {"bullet_list", "ordered_list"}:
                rest += self._list(child, min(depth + 1, _DEEPEST))
                continue
            for piece in self._pieces(child):
                if not isinstance(piece, Line):
                    rest.append(piece)
                elif rest:
                    rest.append(Line(piece.runs, kind, depth))
                else:
                    words += [Run("\n"), *piece.runs] if words else piece.runs
        yield Line(joined(words) or _EMPTY, kind, depth)
        yield from rest

    def _task(self, item: SyntaxTreeNode) -> dict[str, Any] | None:
        lines = self._lines(item)
        first = item.children[0].children if item.children else []
        match = _TASK.match(first[0].content) if first and first[0].type == "inline" else None
        if match is None:
            return None
        box, *others = lines[0].runs
        runs = joined([Run(box.text.removeprefix(match[0]), box.marks, box.link), *others])
        return {"text": RichText((Line(runs), *lines[1:])), "done": match[1] in "xX"}

    def _visit_blockquote(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        runs: list[Run] = []
        for child in node.children:
            for piece in self._pieces(child):
                if isinstance(piece, Line):
                    runs += [Run("\n\n"), *piece.runs] if runs else piece.runs
                else:
                    body.add(piece)
        if runs:
            body.add_piece(Line(joined(runs), "blockquote"))

    def _lines(self, node: SyntaxTreeNode) -> tuple[Line, ...]:
        pieces = (piece for child in node.children for piece in self._pieces(child))
        return tuple(piece for piece in pieces if isinstance(piece, Line))

    def _pieces(self, node: SyntaxTreeNode) -> Iterator[Line | Block]:
        """Yield the lines and blocks of one node."""
        if node.type not in {"paragraph", "inline"}:
            inner = BodyBuilder()
            self._visit_all([node], inner)
            for block in inner.finish():
                yield from block.value.lines if block.name == "text" else [block]
            return
        runs: list[Run] = []
        words = node if node.type == "inline" else node.children[0]
        for piece in self._inline(words, self._line_of(node)):
            if isinstance(piece, Run):
                runs.append(piece)
                continue
            if whole := joined(runs):
                yield Line(whole)
            runs = []
            yield from piece.value.lines if piece.name == "text" else [piece]
        if whole := joined(runs):
            yield Line(whole)

    # Inside a line

    def _inline(
        self,
        node: SyntaxTreeNode,
        line: int,
        marks: tuple[Mark, ...] = (),
        link: Link | None = None,
    ) -> list[Piece]:
        """Return the pieces of what is inside a node."""
        pieces: list[Piece] = []
        for child in node.children:
            pieces += self._piece(child, line, marks, link)
        return pieces

    def _piece(
        self, node: SyntaxTreeNode, line: int, marks: tuple[Mark, ...], link: Link | None
    ) -> list[Piece]:
        match node.type:
            case "text":
                return [Run(node.content, marks, link)]
            case "code_inline":
                return [Run(node.content, tuple(sorted({*marks, "code"})), link)]
            case "hardbreak":
                return [Run("\n", marks, link)]
            case "softbreak":
                return [Run(" ", marks, link)]
            case "link":
                target = self.link(str(node.attrs["href"]), line)
                return self._inline(node, line, marks, target)
            case "footnote_ref":
                key = str(node.meta["label"])
                return [Run(f"[{key}]", note=key)]
            case "shortcode":
                return self._shortcode(node.meta["shortcode"], line, marks, link)
            case "image":
                src, title = str(node.attrs["src"]), str(node.attrs.get("title", ""))
                caption = [self.runs(title, line)]
                return media_blocks.figure(self.others, src, node.content, caption, line, link=link)
        inner = (_MARKS[node.type],) if node.type in _MARKS else ()
        return self._inline(node, line, tuple(sorted({*marks, *inner})), link)

    def _shortcode(
        self, shortcode: Shortcode, line: int, marks: tuple[Mark, ...], link: Link | None
    ) -> list[Piece]:
        pieces: list[Piece] = []
        for block in self.shortcode(shortcode, line):
            if block.name != "text" or len(block.value.lines) != 1:
                pieces.append(block)
                continue
            for run in block.value.lines[0].runs:
                both = tuple(sorted({*run.marks, *marks}))
                pieces.append(run if run.note else Run(run.text, both, run.link or link))
        return pieces


def _runs(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    return joined(piece for piece in pieces if isinstance(piece, Run))


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _is_right(cell: SyntaxTreeNode) -> bool:
    """A column of numbers is aligned to the right."""
    return "right" in str(cell.attrs.get("style", ""))


def _parted(runs: Sequence[Run]) -> RichText:
    """Return the lines of a text whose breaks stand in it as characters."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.replace(LINE_SEPARATOR, "\n").split(PARAGRAPH_SEPARATOR)
        lines[-1].append(Run(first, run.marks, run.link, run.note))
        lines += [[Run(text, run.marks, run.link, run.note)] for text in others]
    found = [joined(line) for line in lines]
    return RichText(tuple(Line(line or _EMPTY) for line in found)) if any(found) else RichText()
