"""Markdown to blocks, through the parser's tokens: prose stays together, the rest becomes blocks."""

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from impact.portability import html, media_blocks, shortcode_blocks
from impact.portability.bodies import BodyBuilder, as_paragraphs
from impact.portability.content import Block, Line, Link, RichText, Run, plain, tidy
from impact.portability.inline import InlineReader, is_bare, note_key
from impact.portability.messages import FileLog
from impact.portability.shortcodes import Shortcode, resolve_refs, shortcode_plugin

Piece = Run | Block

_TASK = re.compile(r"\[([ xX])\]\s+")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*")
_HEADING_ID = re.compile(r"\s*\{\s*#([^\s}]+)[^}]*\}\s*$")
_THANKS = re.compile(r"\backnowledge?ments?\b|^thanks?\b|^thank you\b", re.IGNORECASE)
_LONGEST_HEADING, _LONGEST_ANCHOR = 255, 120


class Context(Protocol):
    """What the converter asks of whoever knows the rest of the site."""

    log: FileLog
    title: str
    emoji: bool

    def link(self, href: str, line: int, thanks: bool) -> Link | None:
        """Return where an address leads; None when it should stay without a link."""

    def page_title(self, key: str) -> str:
        """Return the title of a page."""

    def picture(self, src: str, line: int) -> str | None:
        """Return the hash of a picture, or None (and report it) where there is none."""

    def attachment(self, src: str, line: int) -> str | None:
        """Return the hash of a film or document, or None (and report it) where there is none."""


def make_parser() -> MarkdownIt:
    """Return a parser that reads Markdown as Hugo's does, and shortcodes."""
    parser = MarkdownIt("commonmark", {"html": True, "linkify": True})
    parser.enable(["table", "strikethrough", "linkify"])
    if parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for plugin in (footnote_plugin, deflist_plugin, shortcode_plugin):
        parser.use(plugin)
    return parser


def says_thanks(title: str) -> bool:
    """Return whether a heading opens acknowledgements."""
    return bool(_THANKS.search(title.strip()))


class MarkdownConverter:
    """Converts the texts of one file; remembers the headings it is under, for links that thank."""

    parser = make_parser()

    def __init__(self, context: Context) -> None:
        self.context = context
        self.offset = 0
        self.headings: list[tuple[int, str]] = []
        self.anchors: dict[str, int] = {}

    # Entrances

    def blocks(self, text: str, line: int = 1) -> list[Block]:
        """Return the blocks of a text whose first line is the given one of its file."""
        outer, self.offset = self.offset, line - 1
        root = SyntaxTreeNode(self.parser.parse(resolve_refs(text), {}))
        body = BodyBuilder()
        self._visit_all(root.children, body)
        self.offset = outer
        return body.finish()

    def runs(self, text: str, line: int) -> tuple[Run, ...]:
        """Return one line of Markdown, as captions and titles are."""
        pieces: list[Piece] = []
        for token in self.parser.parseInline(resolve_refs(text), {}):
            node = SyntaxTreeNode([token], create_root=False)
            pieces += self._inline(node.children, line)
        return tidy([piece for piece in pieces if isinstance(piece, Run)])

    def link(self, href: str, line: int) -> Link | None:
        """Return where a link leads from here."""
        thanks = any(says_thanks(title) for _level, title in self.headings)
        return self.context.link(href, line, thanks)

    # Blocks

    def _line(self, node: SyntaxTreeNode) -> int:
        return self.offset + (node.map[0] + 1 if node.map else 1)

    def _visit_all(self, nodes: Sequence[SyntaxTreeNode], body: BodyBuilder) -> None:
        for node in nodes:
            visit = getattr(self, f"_visit_{node.type}", None)
            if visit is not None:
                visit(node, body)
            else:
                self._visit_all(node.children, body)

    def _visit_paragraph(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        line = self._line(node)
        if (address := self._bare_address(node)) and (card := self._card(address, line)):
            body.add(card)
            return
        for piece in self._lines(node.children, line):
            body.add_piece(piece)

    def _visit_heading(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        line, level = self._line(node), int(node.tag[1])
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        source = node.children[0].content if node.children else ""
        self.headings.append((level, source))
        pieces = self._inline_of(node.children, line)
        runs = tidy([piece for piece in pieces if isinstance(piece, Run)])
        text, anchor = plain(runs), ""
        if match := _HEADING_ID.search(text):
            text, anchor = text[: match.start()], match[1]
        if any(run.link for run in runs):
            self.context.log.notice("heading-link", "a link in a heading was kept as text", line)
        if len(text) > _LONGEST_HEADING:
            body.add_piece(Line(tuple(Run(run.text, ("bold",), run.link) for run in runs)))
        elif text:
            anchor = anchor or self._free_anchor(text)
            anchor = anchor if len(anchor) <= _LONGEST_ANCHOR else ""
            body.add(Block("heading", {"text": text, "level": level, "anchor": anchor}, line))
        for piece in pieces:
            if isinstance(piece, Block):
                body.add(piece)

    def _free_anchor(self, text: str) -> str:
        """The id that Hugo gives a heading, so that old fragments keep working."""
        kept = (c for c in text.strip().lower() if c.isalnum() or c in " -_")
        anchor = "".join(kept).replace(" ", "-")
        number = self.anchors.get(anchor, 0)
        self.anchors[anchor] = number + 1
        return f"{anchor}-{number}" if number and anchor else anchor

    def _visit_hr(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        body.add(Block("divider", None, self._line(node)))

    def _visit_fence(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        language = node.info.strip().split(" ")[0].strip("{}.").split("{")[0]
        body.add(media_blocks.code(node.content, language, self._line(node)))

    def _visit_code_block(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        body.add(media_blocks.code(node.content, "", self._line(node)))

    def _visit_html_block(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        for piece in html.convert(self, node.content, self._line(node)):
            body.add_piece(piece)

    def _visit_shortcode(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        for block in self.shortcode(node.meta["shortcode"], self._line(node)):
            body.add(block)

    def _visit_table(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        rows = [
            [self._cell(cell) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        body.add(media_blocks.table(rows[0], rows[1:], self._line(node)))

    def _cell(self, node: SyntaxTreeNode) -> RichText:
        pieces = self._inline_of(node.children, self._line(node))
        return RichText((Line(tidy([p for p in pieces if isinstance(p, Run)])),))

    def _visit_dl(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        definitions: list[dict[str, Any]] = []
        for child in node.children:
            pieces = list(self._parts(child))
            if child.type == "dt":
                term = " ".join(p.text for p in pieces if isinstance(p, Line))
                definitions.append({"term": term[:255], "definition": RichText()})
            elif definitions:
                lines = [p for p in pieces if isinstance(p, Line)]
                before = definitions[-1]["definition"].lines
                definitions[-1]["definition"] = RichText((*before, *as_paragraphs(lines)))
        body.add(Block("definition_list", {"definitions": definitions}, self._line(node)))

    def _visit_footnote_block(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        notes = []
        for note in node.children:
            lines = [p for p in self._parts(note) if isinstance(p, Line)]
            joined = _join([line.runs for line in lines], "\n")
            text = RichText((Line(tidy(joined)),))
            notes.append({"key": note_key(note.meta), "text": text})
        body.add(Block("footnotes", {"notes": notes}, self._line(node)))

    # Lists and quotations

    def _visit_bullet_list(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        tasks = [self._task(item) for item in node.children]
        if tasks and all(tasks):
            body.add(Block("task_list", {"tasks": tasks}, self._line(node)))
            return
        for piece in self._list(node, 0):
            body.add_piece(piece)

    def _visit_ordered_list(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        pieces = list(self._list(node, 0))
        start = int(node.attrs.get("start", 1))
        if start != 1 or any(isinstance(piece, Block) for piece in pieces):
            # A list of the editor counts from one and can't be interrupted: write the numbers out.
            pieces = list(self._numbered(node, start))
        for piece in pieces:
            body.add_piece(piece)

    def _list(self, node: SyntaxTreeNode, depth: int) -> Iterator[Line | Block]:
        kind = "ol" if node.type == "ordered_list" else "ul"
        for item in node.children:
            yield from self._item(item, kind, depth)

    def _item(self, item: SyntaxTreeNode, kind: Any, depth: int) -> Iterator[Line | Block]:
        paragraphs: list[tuple[Run, ...]] = []
        rest: list[Line | Block] = []
        for child in item.children:
            if child.type in {"bullet_list", "ordered_list"}:
                rest += self._list(child, min(depth + 1, 4))
                continue
            for piece in self._piece_of(child, in_list=True):
                # The item's own words stand first; after a block or nested list, below it.
                if isinstance(piece, Line) and not rest:
                    paragraphs.append(piece.runs)
                elif isinstance(piece, Line):
                    rest.append(Line(piece.runs, kind, depth))
                else:
                    rest.append(piece)
        if paragraphs:
            yield Line(tidy(_join(paragraphs, "\n")), kind, depth)
        yield from rest

    def _numbered(self, node: SyntaxTreeNode, start: int) -> Iterator[Line | Block]:
        for number, item in enumerate(node.children, start=start):
            first = True
            for piece in self._item(item, "p", 0):
                if isinstance(piece, Block):
                    yield piece
                elif first:
                    yield Line(tidy([Run(f"{number}. "), *piece.runs]))
                else:
                    yield Line(piece.runs, piece.kind, max(piece.depth - 1, 0))
                first = False

    def _task(self, item: SyntaxTreeNode) -> dict[str, Any] | None:
        if not item.children or not _TASK.match(_source(item)):
            return None
        runs = _join([p.runs for p in self._parts(item) if isinstance(p, Line)], "\n")
        done = _source(item)[1] in "xX"
        without = (Run(_TASK.sub("", runs[0].text, count=1), runs[0].marks, runs[0].link),)
        return {"text": RichText((Line(tidy((*without, *runs[1:]))),)), "done": done}

    def _visit_blockquote(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        line = self._line(node)
        if match := _ALERT.match(_source(node)):
            inner = _ALERT.sub("", _quoted_source(node), count=1)
            for block in media_blocks.callout(self, match[1].lower(), "", inner, line):
                body.add(block)
            return
        quoted: list[tuple[Run, ...]] = []
        gaps: list[str] = []
        for piece in self._parts(node):
            if isinstance(piece, Block):
                _add_quotation(body, quoted, gaps)
                body.add(piece)
                continue
            bullet = piece.kind in {"ul", "ol"}
            gaps.append("\n" if bullet else "\n\n")
            quoted.append(((Run("• "), *piece.runs)) if bullet else piece.runs)
        _add_quotation(body, quoted, gaps)

    def _parts(self, node: SyntaxTreeNode) -> Iterator[Line | Block]:
        """What is inside a container, without its frame."""
        for child in node.children:
            yield from self._piece_of(child)

    def _piece_of(self, node: SyntaxTreeNode, *, in_list: bool = False) -> Iterator[Line | Block]:
        if node.type in {"paragraph", "inline"}:
            children = [node] if node.type == "inline" else node.children
            yield from self._lines(children, self._line(node), in_list=in_list)
            return
        inner = BodyBuilder()
        self._visit_all([node], inner)
        for block in inner.finish():
            if block.name == "text":
                yield from block.value.lines
            else:
                yield block

    # Inside a line

    def _lines(
        self, nodes: Sequence[SyntaxTreeNode], line: int, *, in_list: bool = False
    ) -> Iterator[Line | Block]:
        """Split a paragraph at what can't stand inside one."""
        runs: list[Run] = []
        for piece in self._inline_of(nodes, line, in_list=in_list):
            if isinstance(piece, Run):
                runs.append(piece)
                continue
            if tidied := tidy(runs):
                yield Line(tidied)
            runs = []
            if piece.name == "text":
                yield from piece.value.lines
            else:
                yield piece
        if tidied := tidy(runs):
            yield Line(tidied)

    def _inline_of(
        self, nodes: Sequence[SyntaxTreeNode], line: int, *, in_list: bool = False
    ) -> list[Piece]:
        return [
            piece for node in nodes for piece in self._inline(node.children, line, in_list=in_list)
        ]

    def _inline(
        self, nodes: Sequence[SyntaxTreeNode], line: int, *, in_list: bool = False
    ) -> list[Piece]:
        return InlineReader(self, line, in_list).read(nodes)

    def _bare_address(self, node: SyntaxTreeNode) -> str:
        """The address that is all a paragraph says, if it is one."""
        inline = node.children[0] if node.children else None
        children = [c for c in inline.children if c.type != "softbreak"] if inline else []
        if len(children) == 1 and children[0].type == "link":
            return str(children[0].attrs["href"]) if is_bare(children[0]) else ""
        return ""

    def _card(self, href: str, line: int) -> Block | None:
        return media_blocks.card_or_video(self, href, "", line)

    # Shortcodes

    def shortcode(self, shortcode: Shortcode, line: int) -> list[Block]:
        """Return the blocks that a shortcode stands for."""
        return shortcode_blocks.convert(self, shortcode, line)

    def inner_blocks(self, shortcode: Shortcode, line: int) -> list[Block]:
        """Return what stands between the tags of a shortcode."""
        if not shortcode.inner:
            return []
        return self.blocks(dedent(shortcode.inner), line + shortcode.inner_line)


def _source(node: SyntaxTreeNode) -> str:
    """The Markdown of the first line of text inside a node."""
    if node.type == "inline":
        return node.content
    return _source(node.children[0]) if node.children else ""


def _quoted_source(node: SyntaxTreeNode) -> str:
    return "\n\n".join(inner.content for inner in node.walk() if inner.type == "inline")


def _join(parts: Sequence[tuple[Run, ...]], gap: str) -> list[Run]:
    runs: list[Run] = []
    for part in parts:
        runs += [Run(gap), *part] if runs else part
    return runs


def _add_quotation(body: BodyBuilder, quoted: list[tuple[Run, ...]], gaps: list[str]) -> None:
    """One quotation is one line for the editor; its paragraphs are parted by breaks."""
    runs: list[Run] = []
    for part, gap in zip(quoted, gaps, strict=True):
        runs += [Run(gap), *part] if runs else part
    if tidied := tidy(runs):
        body.add_piece(Line(tidied, "blockquote"))
    quoted.clear()
    gaps.clear()
