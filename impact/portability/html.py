"""Raw HTML in Markdown: sanitised, and mapped to the same lines and blocks; its words stay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import nh3

from impact.blocks.video_urls import parse as parse_video
from impact.portability import media_blocks
from impact.portability.bodies import BodyBuilder
from impact.portability.content import Block, Line, Link, Mark, RichText, Run, plain, tidy
from impact.portability.shortcodes import Shortcode, find

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter

Piece = Run | Block

MARKS: dict[str, Mark] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "cite": "italic",
    "code": "code",
    "kbd": "code",
    "samp": "code",
}
# Their content is no text for readers.
DROPPED = frozenset({"script", "style", "noscript", "template", "object", "embed", "form", "svg"})
_VOID = frozenset({"br", "hr", "img", "input", "source", "track", "wbr", "meta", "link", "area"})
_SECTIONS = {"address", "article", "aside", "body", "center", "details", "dialog", "div", "footer"}
_SECTIONS |= {"header", "html", "main", "nav", "section", "summary", "figcaption", "p"}
_STRUCTURES = {
    "blockquote",
    "dd",
    "dl",
    "dt",
    "figure",
    "hr",
    "iframe",
    "li",
    "ol",
    "pre",
    "ul",
    "video",
}
_STRUCTURES |= {"table", "tbody", "td", "tfoot", "th", "thead", "tr", "audio"}
_BLOCKS = frozenset(_SECTIONS | _STRUCTURES | {f"h{level}" for level in range(1, 7)})
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "title", "width"},
    "iframe": {"src", "title"},
    "video": {"src", "title"},
    "source": {"src"},
    "h1": {"id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
}
_INLINE = frozenset(
    {"a", "img", "br", "sup", "sub", "span", "small", "mark", "u", "del", "ins", "q"}
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^>]*?)(?P<self>/?)>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Characters of private use stand for shortcodes while HTML is sanitised and parsed.
_PLACE = re.compile("\ue000(\\d+)\ue001")
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(frozen=True)
class Tag:
    """One tag in running text."""

    name: str
    closing: bool
    void: bool
    attrs: dict[str, str]


@dataclass
class Element:
    """An element and what is in it."""

    name: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def find(self, *names: str) -> "Element | None":
        """Return the first element of one of the names inside this one."""
        for child in self.children:
            if isinstance(child, Element):
                if child.name in names:
                    return child
                if (inner := child.find(*names)) is not None:
                    return inner
        return None

    @property
    def text(self) -> str:
        """All words inside."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


def read_tag(source: str) -> Tag | None:
    """Read one tag; None for a comment and the like."""
    match = _TAG.fullmatch(source.strip())
    if match is None:
        return None
    name = match["name"].lower()
    attrs: dict[str, str] = {}
    if not match["close"]:
        tree = parse_tree(clean(source))
        element = tree.find(name)
        attrs = element.attrs if element else {}
    return Tag(name, bool(match["close"]), name in _VOID or bool(match["self"]), attrs)


def raised(text: str, name: str) -> str:
    """Return the characters of `sup` and `sub` as Unicode has them; the editor knows neither tag."""
    return text.translate(_RAISED if name == "sup" else _LOWERED)


def clean(source: str) -> str:
    """Return HTML without anything that runs, and without comments."""
    return nh3.clean(
        source,
        tags=set(MARKS) | _BLOCKS | _INLINE | {"source"},
        attributes=_ATTRIBUTES,
        clean_content_tags=set(DROPPED),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def report_dropped(converter: "MarkdownConverter", source: str, line: int) -> None:
    """Say which parts of HTML were left out on purpose."""
    log = converter.context.log
    for number, part in enumerate(source.split("\n")):
        for match in _TAG.finditer(part):
            name = match["name"].lower()
            if name in DROPPED and not match["close"]:
                log.count(f"html_{name}_dropped")
                log.notice("html-dropped", f"<{name}> was left out", line + number)
    log.count("html_comments_dropped", len(_COMMENT.findall(source)))


def image(
    converter: "MarkdownConverter",
    attrs: dict[str, str],
    caption: Sequence[tuple[Run, ...]],
    line: int,
    link: Link | None = None,
) -> "list[Piece]":
    """Return an `img`."""
    src = attrs.get("src", "")
    if not src:
        return [Run(attrs["alt"])] if attrs.get("alt") else []
    words = [runs for runs in caption if runs]
    if attrs.get("title") and not words:
        words = [converter.runs(attrs["title"], line)]
    return media_blocks.figure(
        converter, src, attrs.get("alt", ""), words, line, link=link, width=attrs.get("width", "")
    )


def parse_tree(source: str) -> Element:
    """Return the elements of sanitised HTML."""
    builder = _TreeBuilder()
    builder.feed(source)
    builder.close()
    return builder.root


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in _VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        names = [element.name for element in self.stack]
        if tag in names[1:]:
            del self.stack[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def convert(converter: "MarkdownConverter", source: str, line: int) -> list[Line | Block]:
    """Return the lines and blocks of a piece of HTML."""
    report_dropped(converter, source, line)
    marked, shortcodes = _take_shortcodes(_COMMENT.sub("", source))
    reader = _Reader(converter, line, shortcodes)
    body = BodyBuilder()
    reader.visit(parse_tree(clean(marked)).children, body)
    pieces: list[Line | Block] = []
    for block in body.finish():
        pieces += block.value.lines if block.name == "text" else [block]
    return pieces


def _take_shortcodes(source: str) -> tuple[str, list[Shortcode]]:
    taken: list[Shortcode] = []
    parts: list[str] = []
    position = 0
    while (start := source.find("{{", position)) != -1:
        found = find(source, start)
        parts.append(source[position:start])
        if found is None:
            parts.append("{{")
            position = start + 2
            continue
        parts.append(f"\ue000{len(taken)}\ue001")
        taken.append(found.shortcode)
        position = found.end
    return "".join([*parts, source[position:]]), taken


class _Reader:
    """Walks the tree: elements of blocks become lines and blocks, the rest runs."""

    def __init__(
        self, converter: "MarkdownConverter", line: int, shortcodes: list[Shortcode]
    ) -> None:
        self.converter = converter
        self.line = line
        self.shortcodes = shortcodes

    def visit(self, children: "Sequence[Element | str]", body: BodyBuilder) -> None:
        """Add the children, with what stands loose between blocks as paragraphs."""
        loose: list[Piece] = []
        for child in children:
            if isinstance(child, Element) and child.name in _BLOCKS:
                self._add_pieces(loose, body)
                loose = []
                self._visit_block(child, body)
            else:
                loose += self._inline(child, (), None)
        self._add_pieces(loose, body)

    def _add_pieces(self, pieces: "Sequence[Piece]", body: BodyBuilder) -> None:
        runs: list[Run] = []
        for piece in [*pieces, None]:
            if isinstance(piece, Run):
                runs.append(piece)
                continue
            if tidied := tidy(runs):
                body.add_piece(Line(tidied))
            runs = []
            if piece is not None:
                body.add(piece)

    def _visit_block(self, element: Element, body: BodyBuilder) -> None:
        name = element.name
        if re.fullmatch(r"h[1-6]", name):
            self._heading(element, body)
        elif name in {"ul", "ol"}:
            for line in self._list(element, 0):
                body.add_piece(line)
        elif name == "blockquote":
            self._quotation(element, body)
        elif name == "pre":
            body.add(media_blocks.code(element.text.strip("\n"), "", self.line))
        elif name == "hr":
            body.add(Block("divider", None, self.line))
        elif name == "table":
            self._table(element, body)
        elif name == "figure":
            self._figure(element, body)
        elif name == "video":
            self._video(element, body)
        elif name == "iframe":
            self._frame(element, body)
        elif name == "summary":
            runs = tidy(self._runs(element))
            bold = [Run(r.text, tuple(sorted({*r.marks, "bold"})), r.link) for r in runs]
            body.add_piece(Line(tuple(bold)))
        else:
            self.visit(element.children, body)

    def _runs(self, element: Element) -> list[Run]:
        pieces = [p for child in element.children for p in self._inline(child, (), None)]
        return [piece for piece in pieces if isinstance(piece, Run)]

    def _heading(self, element: Element, body: BodyBuilder) -> None:
        text = plain(tidy(self._runs(element)))
        level = int(element.name[1])
        if text:
            value = {"text": text, "level": level, "anchor": element.attrs.get("id", "")}
            body.add(Block("heading", value, self.line))
        for child in element.children:
            for piece in self._inline(child, (), None):
                if isinstance(piece, Block):
                    body.add(piece)

    def _list(self, element: Element, depth: int) -> Iterator[Line | Block]:
        for item in element.children:
            if not isinstance(item, Element):
                continue
            if item.name in {"ul", "ol"}:
                yield from self._list(item, depth + 1)
                continue
            nested = [c for c in item.children if isinstance(c, Element) and c.name in {"ul", "ol"}]
            inner = BodyBuilder()
            self.visit([c for c in item.children if c not in nested], inner)
            for block in inner.finish():
                if block.name == "text":
                    for line in block.value.lines:
                        yield Line(line.runs, "ol" if element.name == "ol" else "ul", depth)
                else:
                    yield block
            for child in nested:
                yield from self._list(child, depth + 1)

    def _quotation(self, element: Element, body: BodyBuilder) -> None:
        inner = BodyBuilder()
        self.visit(element.children, inner)
        runs: list[Run] = []
        for block in inner.finish():
            if block.name == "text":
                for line in block.value.lines:
                    runs += [Run("\n\n"), *line.runs] if runs else line.runs
            else:
                body.add(block)
        if tidied := tidy(runs):
            body.add_piece(Line(tidied, "blockquote"))

    def _table(self, element: Element, body: BodyBuilder) -> None:
        rows = [
            [
                RichText((Line(tidy(self._runs(cell))),))
                for cell in row.children
                if isinstance(cell, Element)
            ]
            for row in _all(element, "tr")
        ]
        if rows:
            heading = rows[0] if element.find("th") is not None else []
            body.add(media_blocks.table(heading, rows[1:] if heading else rows, self.line))

    def _figure(self, element: Element, body: BodyBuilder) -> None:
        caption = element.find("figcaption")
        words = tidy(self._runs(caption)) if caption else ()
        inner = BodyBuilder()
        self.visit([c for c in element.children if c is not caption], inner)
        blocks = inner.finish()
        text = media_blocks.caption_of([words])
        takers = [b for b in blocks if b.name in {"figure", "video"} and not b.value["caption"]]
        for block in blocks:
            if takers and block is takers[0] and text:
                value: dict[str, Any] = {**block.value, "caption": text}
                if block.name == "video":
                    value["title"] = " ".join(text.text.split())[:200]
                elif not value["image"].alt:
                    value["image"] = type(value["image"])(
                        value["image"].file, " ".join(text.text.split())[:255]
                    )
                body.add(Block(block.name, value, block.line))
            else:
                body.add(block)
        if text and not takers:
            body.add(Block("text", media_blocks.italic(text), self.line))

    def _video(self, element: Element, body: BodyBuilder) -> None:
        source = element.find("source")
        src = element.attrs.get("src") or (source.attrs.get("src", "") if source else "")
        title = element.attrs.get("title", "")
        if src and media_blocks.is_remote(src):
            card = media_blocks.card_or_video(self.converter, src, title, self.line)
            if card is not None:
                body.add(card)
        elif src:
            for block in media_blocks.video(self.converter, title, self.line, src=src):
                body.add(block)

    def _frame(self, element: Element, body: BodyBuilder) -> None:
        src = element.attrs.get("src", "")
        title = element.attrs.get("title", "")
        if not src:
            return
        log = self.converter.context.log
        if parse_video(src) is None:
            log.warning("iframe", f"the frame of {src} became a link card", self.line)
        card = media_blocks.card_or_video(self.converter, src, title, self.line)
        if card is not None:
            body.add(card)

    def _inline(
        self, child: "Element | str", marks: tuple[Mark, ...], link: Link | None
    ) -> "list[Piece]":
        if isinstance(child, str):
            return self._text(child, marks, link)
        if child.name == "br":
            return [Run("\n")]
        if child.name == "img":
            return image(self.converter, child.attrs, [()], self.line, link)
        if child.name in {"sup", "sub"}:
            return [Run(raised(child.text, child.name), marks, link)]
        if child.name in MARKS:
            marks = tuple(sorted({*marks, MARKS[child.name]}))
        if child.name == "a" and (href := child.attrs.get("href")):
            link = self.converter.link(href, self.line)
        if child.name in _BLOCKS:
            inner = BodyBuilder()
            self._visit_block(child, inner)
            return list(inner.finish())
        return [piece for inner in child.children for piece in self._inline(inner, marks, link)]

    def _text(self, text: str, marks: tuple[Mark, ...], link: Link | None) -> "list[Piece]":
        pieces: list[Piece] = []
        for number, part in enumerate(_PLACE.split(text)):
            if number % 2 == 0:
                if part:
                    pieces.append(Run(part.replace("\n", " "), marks, link))
            else:
                pieces += self.converter.shortcode(self.shortcodes[int(part)], self.line)
        return pieces


def _all(element: Element, name: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.name == name:
                yield child
            else:
                yield from _all(child, name)
