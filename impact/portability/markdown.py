"""Markdown to blocks, through the parser's tokens: prose stays together, the rest becomes blocks."""

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent
from typing import Any, Protocol

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from impact.portability import comments, html_blocks, lists, media_blocks, shortcode_blocks
from impact.portability.bodies import BodyBuilder, one_line
from impact.portability.content import Block, Line, Link, RichText, Run, plain, tidy
from impact.portability.definitions import definition_list
from impact.portability.dialect import make_parser
from impact.portability.footnotes import Notes
from impact.portability.headings import Anchors, heading, says_thanks, spoken
from impact.portability.inline import InlineReader, is_bare
from impact.portability.messages import FileLog
from impact.portability.shortcodes import Shortcode

Piece = Run | Block

_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][+-]?\s*", re.IGNORECASE)


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

    def remote_picture(self, src: str, line: int) -> str | None:
        """Return the hash of a picture of another server, None where it stays there."""

    def no_alt(self, src: str, line: int) -> None:
        """Report a picture that is shown without alt text."""

    def attachment(self, src: str, line: int) -> str | None:
        """Return the hash of a film or document, or None (and report it) where there is none."""


class MarkdownConverter:
    """Converts the texts of one file; remembers the headings it is under, for links that thank."""

    parser = make_parser()

    def __init__(self, context: Context) -> None:
        self.context = context
        self.offset = 0
        self.headings: list[tuple[int, str]] = []
        self.anchors = Anchors()
        self.notes = Notes()
        self._depth = 0
        self._env: dict[str, Any] = {}

    # Entrances

    def blocks(self, text: str, line: int = 1) -> list[Block]:
        """Return the blocks of a text whose first line is the given one of its file."""
        outer, self.offset = self.offset, line - 1
        self._depth += 1
        body = BodyBuilder()
        self._visit_all(SyntaxTreeNode(self._parse(text)).children, body)
        self._depth -= 1
        if not self._depth:
            # Marks may stand inside shortcodes, whose texts are read one by one.
            for block in self.notes.finish(self.context.log):
                body.add(block)
        self.offset = outer
        return body.finish()

    def runs(self, text: str, line: int) -> tuple[Run, ...]:
        """Return one line of Markdown, as captions and titles are."""
        pieces: list[Piece] = []
        for token in self.parser.parseInline(text, self._env):
            node = SyntaxTreeNode([token], create_root=False)
            pieces += self._inline(node.children, line)
        runs, _none = one_line(pieces)
        return runs

    def words(self, text: str, line: int) -> str:
        """Return one line of Markdown as plain text."""
        return plain(self.runs(text, line))

    def link(self, href: str, line: int) -> Link | None:
        """Return where a link leads from here."""
        thanks = any(says_thanks(title) for _level, title in self.headings)
        return self.context.link(href, line, thanks)

    def report_open_comment(self, line: int, hidden: str) -> None:
        """Say that a comment is never closed."""
        self.context.log.count("html_comments_dropped")
        self.context.log.warning(
            "comment", f"a comment is never closed; {hidden} was left out", line
        )

    def report_struck(self, line: int) -> None:
        """Say that words lost the line through them."""
        self.context.log.warning("struck", "words that were struck out are plain text here", line)

    def _parse(self, text: str) -> list[Token]:
        tokens = self.parser.parse(text, self._env)
        while hidden := comments.spanning(tokens, text):
            for comment in hidden:
                line = self.offset + comment.line
                self.context.log.count("html_comments_dropped")
                self.context.log.notice(
                    "comment", "a comment over several paragraphs was left out", line
                )
            text = comments.cut_out(text, hidden)
            tokens = self.parser.parse(text, self._env)
        return tokens

    # Blocks

    def line_of(self, node: SyntaxTreeNode) -> int:
        """Return the line of the file on which a node begins."""
        if node.map:
            return self.offset + node.map[0] + 1
        return self.line_of(node.children[0]) if node.children else self.offset + 1

    def _visit_all(self, nodes: Sequence[SyntaxTreeNode], body: BodyBuilder) -> None:
        for node in nodes:
            visit = getattr(self, f"_visit_{node.type}", None)
            if visit is not None:
                visit(node, body)
            else:
                self._visit_all(node.children, body)

    def _visit_paragraph(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        line = self.line_of(node)
        if address := _bare_address(node):
            body.add(media_blocks.card_or_video(self, address, "", line))
            return
        for piece in self._lines(node.children, line):
            body.add_piece(piece)

    def _visit_heading(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        line, level = self.line_of(node), int(node.tag[1])
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.headings.append((level, node.children[0].content if node.children else ""))
        words = "".join(spoken(child.children) for child in node.children)
        for piece in heading(self, self._inline_of(node.children, line), level, line, words=words):
            body.add_piece(piece)

    def _visit_hr(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        body.add(Block("divider", None, self.line_of(node)))

    def _visit_fence(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        language = node.info.strip().split(" ")[0].strip("{}.").split("{")[0]
        body.add(media_blocks.code(node.content, language, self.line_of(node)))

    def _visit_code_block(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        body.add(media_blocks.code(node.content, "", self.line_of(node)))

    def _visit_html_block(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        for piece in html_blocks.convert(self, node.content, self.line_of(node)):
            body.add_piece(piece)

    def _visit_shortcode(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        for block in self.shortcode(node.meta["shortcode"], self.line_of(node)):
            body.add(block)

    def _visit_table(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        below: list[Block] = []
        rows = [
            [self._cell(cell, below) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        table = media_blocks.table(self, rows[0], rows[1:], self.line_of(node))
        for block in [*table, *below]:
            body.add(block)

    def _cell(self, node: SyntaxTreeNode, below: list[Block]) -> RichText:
        runs, rest = one_line(self._inline_of(node.children, self.line_of(node)))
        below += rest
        return RichText((Line(runs),))

    def _visit_dl(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        found = ((child.type == "dt", self._parts(child)) for child in node.children)
        for piece in definition_list(found, self.line_of(node)):
            body.add_piece(piece)

    def _visit_footnote_reference(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        runs, rest = one_line(self._parts(node))
        self.notes.define(node.meta["label"], runs, rest, self.line_of(node))

    # Lists and quotations

    def _visit_bullet_list(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        pieces = lists.tasks(self, node)
        for piece in lists.read(self, node) if pieces is None else pieces:
            body.add_piece(piece)

    def _visit_ordered_list(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        for piece in lists.read(self, node, follows=body.ends_in_numbers):
            body.add_piece(piece)

    def _visit_blockquote(self, node: SyntaxTreeNode, body: BodyBuilder) -> None:
        if alert := self._alert(node):
            for block in alert:
                body.add(block)
            return
        quoted: list[Line] = []
        for piece in [*self._parts(node), None]:
            if isinstance(piece, Line):
                quoted.append(piece)
                continue
            # One quotation is one line for the editor; its paragraphs are parted by breaks.
            runs, _none = one_line(quoted, "\n\n")
            body.add_piece(Line(runs, "blockquote"))
            quoted = []
            if piece is not None:
                body.add(piece)

    def _alert(self, node: SyntaxTreeNode) -> list[Block]:
        """The callout that a quotation beginning with `[!NOTE]` is; else nothing."""
        first = node.children[0] if node.children else None
        if first is None or first.type != "paragraph":
            return []
        text = first.children[0]
        if not (match := _ALERT.match(text.content)):
            return []
        breaks = (n for n, c in enumerate(text.children) if c.type in {"softbreak", "hardbreak"})
        length = next(breaks, len(text.children))
        line = self.line_of(node)
        head = plain([p for p in self._inline(text.children[:length], line) if isinstance(p, Run)])
        # What follows keeps its break, by which lines are counted.
        text.children = text.children[length:]
        inner = BodyBuilder()
        self._visit_all(node.children, inner)
        title = _ALERT.sub("", head, count=1)
        return media_blocks.callout(match[1], title, inner.finish(), line)

    def _parts(self, node: SyntaxTreeNode) -> Iterator[Line | Block]:
        """What is inside a container, without its frame."""
        for child in node.children:
            yield from self.pieces(child)

    def pieces(self, node: SyntaxTreeNode, *, in_list: bool = False) -> Iterator[Line | Block]:
        """Yield the lines and blocks of one node."""
        if node.type in {"paragraph", "inline"}:
            children = [node] if node.type == "inline" else node.children
            yield from self._lines(children, self.line_of(node), in_list=in_list)
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

    # Shortcodes

    def shortcode(self, shortcode: Shortcode, line: int) -> list[Block]:
        """Return the blocks that a shortcode stands for."""
        return shortcode_blocks.convert(self, shortcode, line)

    def inner_blocks(self, shortcode: Shortcode, line: int) -> list[Block]:
        """Return what stands between the tags of a shortcode."""
        if not shortcode.inner:
            return []
        return self.blocks(dedent(shortcode.inner), line + shortcode.inner_line)


def _bare_address(node: SyntaxTreeNode) -> str:
    """The address that is all a paragraph says, if it is one."""
    inline = node.children[0] if node.children else None
    children = [c for c in inline.children if c.type != "softbreak"] if inline else []
    if len(children) == 1 and children[0].type == "link" and is_bare(children[0]):
        return str(children[0].attrs["href"])
    return ""
