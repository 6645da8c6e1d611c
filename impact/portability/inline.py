"""The inside of a line of Markdown: runs of text, and the blocks that can't stay inside a line."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from emoji import emojize
from markdown_it.tree import SyntaxTreeNode

from impact.portability import html, media_blocks
from impact.portability.content import Block, Link, Mark, Run
from impact.portability.shortcodes import Shortcode

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter

Piece = Run | Block

_MARKS: dict[str, Mark] = {"strong": "bold", "em": "italic"}


class InlineReader:
    """Reads the inside of one line; HTML tags open and close across its nodes."""

    def __init__(self, converter: "MarkdownConverter", line: int, in_list: bool) -> None:
        self.converter = converter
        self.line = line
        self.in_list = in_list
        self.open_tags: list[tuple[str, Link | None]] = []

    def read(
        self,
        nodes: Sequence[SyntaxTreeNode],
        marks: tuple[Mark, ...] = (),
        link: Link | None = None,
    ) -> list[Piece]:
        pieces: list[Piece] = []
        for node in nodes:
            pieces += self._read(node, marks, link)
        return pieces

    def _read(
        self, node: SyntaxTreeNode, marks: tuple[Mark, ...], link: Link | None
    ) -> list[Piece]:
        if node.type in {"text", "code_inline"}:
            is_code = node.type == "code_inline"
            extra: tuple[Mark, ...] = ("code",) if is_code else ()
            text = node.content if is_code else self._typographic(node.content)
            return [self._run(text, (*marks, *extra), link)]
        if node.type in {"softbreak", "hardbreak"}:
            self.line += 1
            return [Run("\n")] if node.type == "hardbreak" else [self._run(" ", marks, link)]
        if node.type in _MARKS:
            return self.read(node.children, (*marks, _MARKS[node.type]), link)
        if node.type == "link":
            return self._link(node, marks)
        if node.type == "image":
            return self._image(node, link)
        if node.type == "html_inline":
            return self._html(node.content, marks, link)
        if node.type == "footnote_ref":
            key = note_key(node.meta)
            return [Run(f"[{key}]", note=key)]
        if node.type == "shortcode":
            return self._shortcode(node.meta["shortcode"], marks, link)
        return self.read(node.children, marks, link)

    def _run(self, text: str, marks: tuple[Mark, ...], link: Link | None) -> Run:
        tags = {html.MARKS[name] for name, _target in self.open_tags if name in html.MARKS}
        targets = [target for _name, target in self.open_tags if target]
        every = tuple(sorted({*marks, *tags}))
        if any(name in {"sup", "sub"} for name, _target in self.open_tags):
            text = html.raised(text, self.open_tags[-1][0])
        return Run(text, every, link or (targets[-1] if targets else None))

    def _typographic(self, text: str) -> str:
        """Dashes and emoji as Hugo shows them."""
        for written, dash in ((" --- ", " — "), (" -- ", " – ")):
            text = text.replace(written, dash)
        return emojize(text, language="alias") if self.converter.context.emoji else text

    def _link(self, node: SyntaxTreeNode, marks: tuple[Mark, ...]) -> list[Piece]:
        target = self.converter.link(str(node.attrs["href"]), self.line)
        if self.in_list and target and is_bare(node):
            title = self.converter.context.page_title(target.page) if target.page else ""
            label = title or media_blocks.readable(str(node.attrs["href"]))
            return [self._run(label, marks, target)]
        return self.read(node.children, marks, target)

    def _image(self, node: SyntaxTreeNode, link: Link | None) -> list[Piece]:
        caption = self.converter.runs(str(node.attrs.get("title", "")), self.line)
        src = str(node.attrs["src"])
        return media_blocks.figure(
            self.converter, src, node.content, [caption], self.line, link=link
        )

    def _html(self, source: str, marks: tuple[Mark, ...], link: Link | None) -> list[Piece]:
        tag = html.read_tag(source)
        if tag is None or (not tag.closing and tag.name in html.DROPPED):
            html.report_dropped(self.converter, source, self.line)
            return []
        if tag.closing:
            names = [name for name, _target in self.open_tags]
            if tag.name in names:
                del self.open_tags[len(names) - 1 - names[::-1].index(tag.name)]
            return []
        if tag.name == "br":
            return [Run("\n")]
        if tag.name == "img":
            targets = [target for _name, target in self.open_tags if target]
            outer = link or (targets[-1] if targets else None)
            return html.image(self.converter, tag.attrs, [()], self.line, outer)
        if not tag.void:
            href = tag.attrs.get("href", "") if tag.name == "a" else ""
            target = self.converter.link(href, self.line) if href else None
            self.open_tags.append((tag.name, target))
        return []

    def _shortcode(
        self, shortcode: Shortcode, marks: tuple[Mark, ...], link: Link | None
    ) -> list[Piece]:
        blocks = self.converter.shortcode(shortcode, self.line)
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


def note_key(meta: dict[str, Any]) -> str:
    """Return the key of a footnote: its label as one word, else its number."""
    label = str(meta.get("label") or int(meta.get("id", 0)) + 1)
    return re.sub(r"[^\w.-]+", "-", label).strip("-")[:80] or str(int(meta.get("id", 0)) + 1)
