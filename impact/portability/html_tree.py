"""Sanitised HTML as a tree of elements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "source", "track", "wbr", "meta", "link", "area"})


@dataclass
class Element:
    """An element and what is in it; `line` counts the lines of its source from zero."""

    name: str
    line: int = 0
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

    def all(self, name: str) -> "Iterator[Element]":
        """Yield the elements of a name, but not those inside one of them."""
        for child in self.children:
            if isinstance(child, Element):
                if child.name == name:
                    yield child
                else:
                    yield from child.all(name)

    @property
    def text(self) -> str:
        """All words inside."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


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
        line, _column = self.getpos()
        element = Element(tag, line - 1, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        names = [element.name for element in self.stack]
        if tag in names[1:]:
            del self.stack[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)
