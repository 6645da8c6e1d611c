"""Raw HTML as lines and blocks, the same that Markdown leads to; its words stay."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from impact.portability import html, lists, media_blocks
from impact.portability.bodies import BodyBuilder, one_line
from impact.portability.content import Block, Line, LineKind, Link, Mark, RichText, Run, plain, tidy
from impact.portability.definitions import definition_list
from impact.portability.headings import heading
from impact.portability.html_tree import Element, parse_tree
from impact.portability.shortcodes import Shortcode, find, resolve_refs

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter, Piece

# Characters of private use, which mean nothing in a text, stand for shortcodes while HTML is sanitised
# and parsed.
_PRIVATE = str.maketrans("", "", "\ue000\ue001")
_PLACE = re.compile("\ue000(\\d+)\ue001")
_LANGUAGE = re.compile(r"\blang(?:uage)?-([\w+#-]+)")
_LISTS = frozenset({"ul", "ol"})


def convert(converter: "MarkdownConverter", source: str, line: int) -> list[Line | Block]:
    """Return the lines and blocks of a piece of HTML that begins on a line of its file."""
    html.report_dropped(converter, source, line)
    marked, shortcodes = _take_shortcodes(
        html.without_hidden(resolve_refs(source)).translate(_PRIVATE)
    )
    body = BodyBuilder()
    _Reader(converter, line, shortcodes).visit(parse_tree(html.clean(marked)).children, body)
    return [
        piece
        for block in body.finish()
        for piece in (block.value.lines if block.name == "text" else [block])
    ]


def _take_shortcodes(source: str) -> tuple[str, list[tuple[Shortcode, int]]]:
    """Return the source with a place for each shortcode, and these with their lines from zero."""
    taken: list[tuple[Shortcode, int]] = []
    parts: list[str] = []
    position = 0
    while (start := source.find("{{", position)) != -1:
        found = find(source, start)
        parts.append(source[position:start])
        if found is None:
            parts.append("{{")
            position = start + 2
            continue
        lines = "\n" * source.count("\n", start, found.end)
        parts.append(f"\ue000{len(taken)}\ue001{lines}")
        taken.append((found.shortcode, source.count("\n", 0, start)))
        position = found.end
    return "".join([*parts, source[position:]]), taken


class _Reader:
    """Walks the tree: elements of blocks become lines and blocks, the rest runs."""

    def __init__(
        self, converter: "MarkdownConverter", line: int, shortcodes: list[tuple[Shortcode, int]]
    ) -> None:
        self.converter = converter
        self.first_line = line
        self.shortcodes = shortcodes
        # The marks and the link of the elements around the one that is read.
        self.marks: tuple[Mark, ...] = ()
        self.link: Link | None = None
        # The caption of the figure around it, until its first picture or film takes it.
        self.caption: tuple[Run, ...] = ()

    def visit(self, children: "Sequence[Element | str]", body: BodyBuilder) -> None:
        """Add the children, with what stands loose between blocks as paragraphs."""
        loose: list[Piece] = []
        for child in children:
            if isinstance(child, Element) and child.name in html.BLOCKS:
                self._add_pieces(loose, body)
                loose = []
                self._visit_block(child, body)
            else:
                loose += self._inline(child)
        self._add_pieces(loose, body)

    def _line(self, element: Element) -> int:
        return self.first_line + element.line

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

    def _blocks(self, children: "Sequence[Element | str]") -> list[Block]:
        inner = BodyBuilder()
        self.visit(children, inner)
        return inner.finish()

    def _one_line(self, element: Element) -> tuple[tuple[Run, ...], list[Block]]:
        """What is in an element as one line, and the blocks that can't stand in it."""
        return one_line(self._blocks(element.children))

    def _visit_block(self, element: Element, body: BodyBuilder) -> None:
        name = element.name
        visit = getattr(self, f"_visit_{name}", None)
        if visit is not None:
            visit(element, body)
        elif re.fullmatch(r"h[1-6]", name):
            pieces = [piece for child in element.children for piece in self._inline(child)]
            runs, rest = one_line(pieces)
            own, line = element.attrs.get("id", ""), self._line(element)
            inside: list[Piece] = [*runs, *rest]
            for piece in heading(self.converter, inside, int(name[1]), line, anchor=own):
                body.add_piece(piece)
        elif name in _LISTS:
            for piece in self._list(element, 0):
                body.add_piece(piece)
        else:
            self.visit(element.children, body)

    def _visit_hr(self, element: Element, body: BodyBuilder) -> None:
        body.add(Block("divider", None, self._line(element)))

    def _visit_pre(self, element: Element, body: BodyBuilder) -> None:
        inner = element.find("code")
        match = _LANGUAGE.search(inner.attrs.get("class", "")) if inner else None
        code = element.text.strip("\n")
        if code:
            body.add(media_blocks.code(code, match[1] if match else "", self._line(element)))

    def _visit_summary(self, element: Element, body: BodyBuilder) -> None:
        runs, rest = self._one_line(element)
        body.add_piece(Line(media_blocks.bold(runs)))
        for block in rest:
            body.add(block)

    def _visit_blockquote(self, element: Element, body: BodyBuilder) -> None:
        quoted: list[Block] = []
        for block in [*self._blocks(element.children), None]:
            if block is not None and block.name == "text":
                quoted.append(block)
                continue
            runs, _none = one_line(quoted, "\n\n")
            body.add_piece(Line(runs, "blockquote"))
            quoted = []
            if block is not None:
                body.add(block)

    def _visit_dl(self, element: Element, body: BodyBuilder) -> None:
        parts = (
            (child.name == "dt", self._pieces(child)) for child in _parts_of_definitions(element)
        )
        for piece in definition_list(parts, self._line(element)):
            body.add_piece(piece)

    def _pieces(self, element: Element) -> Iterator[Line | Block]:
        for block in self._blocks(element.children):
            if block.name == "text":
                yield from block.value.lines
            else:
                yield block

    def _list(self, element: Element, depth: int) -> list[Line | Block]:
        kind: LineKind = "ol" if element.name == "ol" else "ul"
        items = []
        for child in element.children:
            if isinstance(child, Element) and child.name in _LISTS:
                items.append(self._list(child, depth + 1))
            else:
                items.append(list(self._item(child, kind, depth)))
        start = element.attrs.get("start", "1")
        first = int(start) if start.isdecimal() else 1
        return lists.arranged([item for item in items if item], kind, first, depth)

    def _item(self, item: "Element | str", kind: LineKind, depth: int) -> Iterator[Line | Block]:
        """Words between items, which belong to none, are one of their own."""
        children = item.children if isinstance(item, Element) else [item]
        below = [c for c in children if isinstance(c, Element) and c.name in _LISTS]
        own = [c for c in children if not (isinstance(c, Element) and c.name in _LISTS)]
        runs, rest = one_line(self._blocks(own))
        if runs:
            yield Line(runs, kind, depth)
        yield from rest
        for child in below:
            yield from self._list(child, depth + 1)

    def _visit_table(self, element: Element, body: BodyBuilder) -> None:
        below: list[Block] = []
        rows = [
            [self._cell(cell, below) for cell in row.children if isinstance(cell, Element)]
            for row in element.all("tr")
        ]
        title = element.find("caption")
        caption, rest = self._one_line(title) if title else ((), [])
        if not any(rows):
            body.add_piece(Line(caption))
            return
        headed = next(element.all("tr")).find("th") is not None
        heads, values = (rows[0], rows[1:]) if headed else ([], rows)
        line = self._line(element)
        table = media_blocks.table(self.converter, heads, values, line, plain(caption))
        for block in [*table, *rest, *below]:
            body.add(block)

    def _cell(self, element: Element, below: list[Block]) -> RichText:
        runs, rest = self._one_line(element)
        below += rest
        return RichText((Line(runs),))

    def _visit_figure(self, element: Element, body: BodyBuilder) -> None:
        caption = element.find("figcaption")
        words, rest = self._one_line(caption) if caption else ((), [])
        outer, self.caption = self.caption, words
        for block in self._blocks([child for child in element.children if child is not caption]):
            if self.caption and block.name == "video" and not block.value["caption"]:
                block = _captioned(block, media_blocks.caption_of([self.caption]))
                self.caption = ()
            body.add(block)
        if self.caption:
            text = media_blocks.italic(media_blocks.caption_of([self.caption]))
            body.add(Block("text", text, self._line(element)))
        self.caption = outer
        for block in rest:
            body.add(block)

    def _visit_video(self, element: Element, body: BodyBuilder) -> None:
        src, title, line = _source(element), element.attrs.get("title", ""), self._line(element)
        if src and media_blocks.is_remote(src):
            body.add(media_blocks.card_or_video(self.converter, src, title, line))
        elif src:
            for block in media_blocks.video(self.converter, title, line, src=src):
                body.add(block)

    def _visit_audio(self, element: Element, body: BodyBuilder) -> None:
        if src := _source(element):
            link = self.converter.link(src, self._line(element))
            label = element.attrs.get("title", "") or media_blocks.readable(src)
            body.add_piece(Line((Run(label, link=link),)))

    def _visit_iframe(self, element: Element, body: BodyBuilder) -> None:
        name, line = element.name, self._line(element)
        src = element.attrs.get("src", "") or element.attrs.get("data", "")
        log = self.converter.context.log
        if not src:
            # A browser shows what is inside where there is nothing else to show.
            self.visit(element.children, body)
            log.notice("html-dropped", f"<{name}> has no address; left out", line)
            return
        title = element.attrs.get("title", "")
        block = media_blocks.card_or_video(self.converter, src, title, line)
        if block.name != "video":
            log.warning("iframe", f"<{name}> of {src} became a link", line)
        body.add(block)

    _visit_embed = _visit_object = _visit_iframe

    # Inside a line

    def _inline(self, child: "Element | str") -> "list[Piece]":
        if isinstance(child, str):
            return self._text(child)
        line = self._line(child)
        if child.name == "br":
            return [Run("\n")]
        if child.name == "img":
            caption, self.caption = self.caption, ()
            return html.image(self.converter, child.attrs, [caption], line, self.link)
        if child.name in {"sup", "sub"}:
            return [
                Run(html.raised(p.text, child.name), p.marks, p.link, p.note)
                if isinstance(p, Run)
                else p
                for p in self._inside(child)
            ]
        if child.name == "q":
            quote = [Run(mark, self.marks, self.link) for mark in "“”"]
            return [quote[0], *self._inside(child), quote[1]]
        if child.name in html.STRUCK:
            self.converter.report_struck(line)
        if child.name == "a" and (href := child.attrs.get("href")):
            return self._linked(child, href, line)
        if child.name in html.BLOCKS:
            return list(self._blocks([child]))
        return self._inside(child)

    def _inside(self, element: Element) -> "list[Piece]":
        outer = self.marks
        if mark := html.MARKS.get(element.name):
            self.marks = tuple(sorted({*outer, mark}))
        pieces = [piece for inner in element.children for piece in self._inline(inner)]
        self.marks = outer
        return pieces

    def _linked(self, element: Element, href: str, line: int) -> "list[Piece]":
        outer, self.link = self.link, self.converter.link(href, line)
        link, pieces = self.link, self._inside(element)
        self.link = outer
        if link and link.picture:
            words, picture = media_blocks.beside_picture(pieces, link, line)
            return [*words, *picture]
        return pieces

    def _text(self, text: str) -> "list[Piece]":
        pieces: list[Piece] = []
        for number, part in enumerate(_PLACE.split(text)):
            if number % 2 == 0:
                if part:
                    pieces.append(Run(part.replace("\n", " "), self.marks, self.link))
            else:
                shortcode, line = self.shortcodes[int(part)]
                pieces += self.converter.shortcode(shortcode, self.first_line + line)
        return pieces


def _parts_of_definitions(element: Element) -> Iterator[Element]:
    """The terms and definitions of a list, also those that stand in groups."""
    for child in element.children:
        if isinstance(child, Element):
            if child.name in {"dt", "dd"}:
                yield child
            else:
                yield from _parts_of_definitions(child)


def _source(element: Element) -> str:
    inner = element.find("source")
    return element.attrs.get("src") or (inner.attrs.get("src", "") if inner else "")


def _captioned(film: Block, caption: RichText) -> Block:
    """A film with a caption, which also names it."""
    value: dict[str, Any] = {**film.value, "caption": caption}
    value["title"] = " ".join(caption.text.split())[:200]
    return Block(film.name, value, film.line)
