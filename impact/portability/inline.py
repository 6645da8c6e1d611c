"""The inside of a line of Markdown: runs of text, and the blocks that can't stay inside a line."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from emoji import emojize
from markdown_it.tree import SyntaxTreeNode

from impact.portability import html, html_blocks, media_blocks
from impact.portability.content import Block, Line, Link, Mark, RichText, Run, plain
from impact.portability.shortcodes import Shortcode, unescaped

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter

Piece = Run | Block

_MARKS: dict[str, Mark] = {"strong": "bold", "em": "italic"}
# Parts a block of HTML from the words around it, where no break does already.
_EDGE = Run("\n")


class InlineReader:
    """Reads the inside of one line; HTML tags open and close across its nodes."""

    def __init__(self, converter: "MarkdownConverter", line: int, in_list: bool) -> None:
        self.converter = converter
        self.line = line
        self.in_list = in_list
        self.open_tags: list[tuple[str, Link | None]] = []
        self.below: list[Block] = []

    def read(self, nodes: Sequence[SyntaxTreeNode]) -> list[Piece]:
        """Return the pieces of a line; pictures that it links to follow it."""
        return [*self._read_all(nodes, (), None), *self.below]

    def _read_all(
        self, nodes: Sequence[SyntaxTreeNode], marks: tuple[Mark, ...], link: Link | None
    ) -> list[Piece]:
        pieces: list[Piece] = []
        position = 0
        while position < len(nodes):
            node = nodes[position]
            if node.type == "html_inline":
                found, position = self._html(nodes, position, marks, link)
                at_break = not pieces or (isinstance(pieces[-1], Run) and pieces[-1].text == "\n")
                pieces += [piece for piece in found if not (at_break and piece is _EDGE)]
            else:
                pieces += self._read(node, marks, link)
            position += 1
        return pieces

    def _read(
        self, node: SyntaxTreeNode, marks: tuple[Mark, ...], link: Link | None
    ) -> list[Piece]:
        if node.type == "code_inline":
            return [self._run(unescaped(node.content), (*marks, "code"), link)]
        if node.type == "text":
            return [self._run(self._typographic(node.content), marks, link)]
        if node.type in {"softbreak", "hardbreak"}:
            self.line += 1
            return [Run("\n")] if node.type == "hardbreak" else [self._run(" ", marks, link)]
        if node.type in _MARKS:
            return self._read_all(node.children, (*marks, _MARKS[node.type]), link)
        if node.type == "s":
            self.converter.report_struck(self.line)
        if node.type == "link":
            return self._link(node, marks)
        if node.type == "image":
            return self._image(node, link)
        if node.type == "footnote_ref":
            return [self.converter.notes.mark(node.meta["label"])]
        if node.type == "shortcode":
            return self._shortcode(node, marks, link)
        if node.type == "open_comment":
            self.converter.report_open_comment(self.line, "the rest of the paragraph")
            return []
        return self._read_all(node.children, marks, link)

    def _run(self, text: str, marks: tuple[Mark, ...], link: Link | None) -> Run:
        tags = {html.MARKS[name] for name, _target in self.open_tags if name in html.MARKS}
        raising = [name for name, _target in self.open_tags if name in {"sup", "sub"}]
        if raising:
            text = html.raised(text, raising[-1])
        return Run(text, tuple(sorted({*marks, *tags})), link or self._open_link())

    def _open_link(self) -> Link | None:
        targets = [target for _name, target in self.open_tags if target]
        return targets[-1] if targets else None

    def _typographic(self, text: str) -> str:
        """Dashes and emoji as Hugo shows them."""
        for written, dash in ((" --- ", " — "), (" -- ", " – ")):
            text = text.replace(written, dash)
        return emojize(text, language="alias") if self.converter.context.emoji else text

    def _link(self, node: SyntaxTreeNode, marks: tuple[Mark, ...]) -> list[Piece]:
        target = self.converter.link(str(node.attrs["href"]), self.line)
        if target and self.in_list and is_bare(node):
            label = media_blocks.label_of(self.converter, target)
            label = label or media_blocks.readable(str(node.attrs["href"]))
            return [self._run(label, marks, target)]
        pieces = self._read_all(node.children, marks, target)
        if target and target.picture:
            # The sentence goes on; the picture follows it.
            pieces, below = media_blocks.beside_picture(pieces, target, self.line)
            self.below += below
        return pieces

    def _image(self, node: SyntaxTreeNode, link: Link | None) -> list[Piece]:
        caption = self.converter.runs(str(node.attrs.get("title", "")), self.line)
        alt = plain([p for p in self._read_all(node.children, (), None) if isinstance(p, Run)])
        return media_blocks.figure(
            self.converter,
            str(node.attrs["src"]),
            alt,
            [caption],
            self.line,
            link=link or self._open_link(),
        )

    def _html(
        self,
        nodes: Sequence[SyntaxTreeNode],
        position: int,
        marks: tuple[Mark, ...],
        link: Link | None,
    ) -> tuple[list[Piece], int]:
        """Read a tag; return what it stands for, and the position of the last node that it took."""
        source = nodes[position].content
        line, self.line = self.line, self.line + source.count("\n")
        tag = html.read_tag(source)
        if tag is None:
            html.report_dropped(self.converter, source, line)
            return [], position
        if not tag.closing and tag.name in html.WHOLE:
            end = _closing(nodes, position, tag)
            taken = "".join(_source(node) for node in nodes[position : end + 1])
            pieces = html_blocks.convert(self.converter, taken, line)
            self.line = line + taken.count("\n")
            return [_as_piece(piece) for piece in pieces], end
        return self._tag(tag, marks, link), position

    def _tag(self, tag: html.Tag, marks: tuple[Mark, ...], link: Link | None) -> list[Piece]:
        if tag.name in html.REDUCED and not tag.closing:
            html.report_reduced(self.converter, tag.name, self.line)
        if tag.name in html.BLOCKS:
            return [_EDGE]
        if tag.name == "q":
            self._open_or_close(tag)
            return [self._run("”" if tag.closing else "“", marks, link)]
        if tag.name == "br":
            return [Run("\n")]
        if tag.name == "img":
            return html.image(self.converter, tag.attrs, [()], self.line, link or self._open_link())
        if tag.name in html.STRUCK and not tag.closing:
            self.converter.report_struck(self.line)
        return self._open_or_close(tag)

    def _open_or_close(self, tag: html.Tag) -> list[Piece]:
        if tag.closing:
            names = [name for name, _target in self.open_tags]
            if tag.name in names:
                del self.open_tags[len(names) - 1 - names[::-1].index(tag.name)]
        elif not tag.void:
            href = tag.attrs.get("href", "") if tag.name == "a" else ""
            target = self.converter.link(href, self.line) if href else None
            self.open_tags.append((tag.name, target))
        return []

    def _shortcode(
        self, node: SyntaxTreeNode, marks: tuple[Mark, ...], link: Link | None
    ) -> list[Piece]:
        shortcode: Shortcode = node.meta["shortcode"]
        blocks = self.converter.shortcode(shortcode, self.line)
        self.line += node.content.count("\n")
        if all(block.name == "text" and len(block.value.lines) == 1 for block in blocks):
            return [
                Run(run.text, tuple(sorted({*run.marks, *marks})), run.link or link, run.note)
                for block in blocks
                for run in block.value.lines[0].runs
            ]
        return list(blocks)


def is_bare(node: SyntaxTreeNode) -> bool:
    """Return whether a link says nothing but its address."""
    token_info = node.info == "auto"
    return token_info and not str(node.attrs["href"]).startswith("mailto:")


def _closing(nodes: Sequence[SyntaxTreeNode], position: int, tag: html.Tag) -> int:
    """Return the position of the tag that closes another one; where none does, of that one."""
    for end in range(position + 1, 0 if tag.void else len(nodes)):
        if nodes[end].type == "html_inline":
            other = html.read_tag(nodes[end].content)
            if other and other.closing and other.name == tag.name:
                return end
    return position


def _source(node: SyntaxTreeNode) -> str:
    """What stands between two tags, as HTML."""
    if node.type == "html_inline":
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if node.children:
        return "".join(_source(child) for child in node.children)
    return escape(node.content)


def _as_piece(piece: Line | Block) -> Block:
    return piece if isinstance(piece, Block) else Block("text", RichText((piece,)))
