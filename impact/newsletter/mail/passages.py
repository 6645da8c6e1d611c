"""The editor's own words, read from sanitised HTML into a tree of the few kinds that every mail can hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from impact.newsletter.mail.disarming import address, clean, joined

# Elements that stand apart from each other, by what they become.
BLOCKS = {
    "p": "p", "div": "p", "section": "p", "figcaption": "p", "dt": "p", "dd": "p", "pre": "p",
    "td": "p", "th": "p", "caption": "p", "summary": "p",
    "h1": "h", "h2": "h", "h3": "h", "h4": "h", "h5": "h", "h6": "h",
    "ul": "ul", "ol": "ol", "li": "li", "blockquote": "blockquote",
}  # fmt: skip
MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "a": "a"}
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# What is no text, though it stands between tags.
_SILENT = frozenset(
    ["script", "style", "template", "title", "svg", "noscript", "iframe", "textarea"]
)


@dataclass
class Node:
    """A part of a passage. `tag` is empty for the whole; `href` belongs to a link."""

    tag: str
    href: str = ""
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    @property
    def parts(self) -> "Iterator[Node]":
        """The children that are no bare words."""
        return (each for each in self.children if isinstance(each, Node))


def read(html: str) -> tuple[Node, ...]:
    """Return the blocks of a fragment: `p`, `h`, `ul`, `ol` and `blockquote`, each with something in it.

    Inside paragraphs and headings stand words, `strong`, `em`, `code`, `a` and `br`. Whatever else there is
    becomes its words; a picture becomes its alternative text.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(_tidy(reader.root))


class _Reader(HTMLParser):
    """Builds the tree, closing what the fragment leaves open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        # What is open, by its name in the fragment.
        self._open: list[tuple[str, Node]] = [("", self.root)]
        self._silent: list[str] = []

    @property
    def _inside(self) -> Node:
        return self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, or write what stands for one without content."""
        if self._silent:
            if tag in _SILENT:
                self._silent.append(tag)
        elif tag in _SILENT:
            self._silent.append(tag)
        elif tag == "br":
            self._inside.children.append(Node("br"))
        elif tag == "img":
            self.handle_data(dict(attrs).get("alt") or "")
        elif tag not in _VOID:
            self._push(tag, dict(attrs))

    def _push(self, tag: str, attrs: dict[str, Any]) -> None:
        if tag == "a":
            href = address(attrs.get("href") or "")
            node = Node("a" if href else "span", href)
        else:
            node = Node(BLOCKS.get(tag) or MARKS.get(tag) or "span")
        self._inside.children.append(node)
        self._open.append((tag, node))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and whatever was left open in it."""
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
            return
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self._silent:
            self._inside.children.append(clean(data))


def _tidy(node: Node) -> Iterator[Node]:
    """Yield the blocks in a node; words that stand between them become paragraphs."""
    loose = Node("p")
    for child in node.children:
        blocks = list(_blocks(child))
        if isinstance(child, Node) and (child.tag in BLOCKS.values() or blocks):
            yield from _closed(loose)
            loose = Node("p")
            yield from blocks
        else:
            loose.children.append(child)
    yield from _closed(loose)


def _blocks(child: "Node | str") -> Iterator[Node]:
    """Yield what a child is, where it is a block or holds some."""
    if isinstance(child, str):
        return
    if child.tag in ("ul", "ol"):
        items = [Node("li", children=list(_tidy(item))) for item in child.parts]
        items = [item for item in items if item.children]
        if items:
            yield Node(child.tag, children=list(items))
    elif child.tag == "blockquote":
        inside = list(_tidy(child))
        if inside:
            yield Node("blockquote", children=list(inside))
    elif child.tag in ("p", "h") and not any(_holds_block(each) for each in child.parts):
        yield from _closed(child)
    elif child.tag in ("p", "h", "li") or _holds_block(child):
        yield from _tidy(child)


def _holds_block(node: Node) -> bool:
    return node.tag in BLOCKS.values() or any(_holds_block(each) for each in node.parts)


def _inlines(children: "list[Node | str]") -> "list[Node | str]":
    """Return what stands in a paragraph, words that meet each other as one string."""
    found: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            parts: list[Node | str] = [child]
        elif child.tag in ("strong", "em", "code", "a", "br"):
            parts = [Node(child.tag, child.href, _inlines(child.children))]
        else:
            parts = _inlines(child.children)
        for part in parts:
            if isinstance(part, str) and found and isinstance(found[-1], str):
                part = found.pop() + part  # type: ignore[operator]
            found.append(joined(part) if isinstance(part, str) else part)
    return found


def _closed(paragraph: Node) -> Iterator[Node]:
    """Yield a paragraph that says something."""
    if paragraph.text.strip():
        yield Node(paragraph.tag, children=_inlines(paragraph.children))
