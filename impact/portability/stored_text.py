"""Rich text as the database holds it, read back into lines and runs: the reverse of `rich_text`.

Wagtail's own reader takes the HTML apart, so that the lines are those that the editor would show, with
the same rules for white space.
"""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from wagtail.admin.rich_text.converters.contentstate_models import Block as StateBlock
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    BlockElementHandler,
    HtmlToContentStateHandler,
    InlineEntityElementHandler,
    InlineStyleElementHandler,
    ListElementHandler,
    ListItemElementHandler,
)

from impact.blocks.rendering import CLEANER
from impact.blocks.stored import closed
from impact.blocks.text import rich_text_to_plain
from impact.portability.content import Line, LineKind, Link, Mark, RichText, Run, joined

# Returns where an <a> with these attributes leads; None leaves its words alone.
LinkReader = Callable[[dict[str, str]], Link | None]

_MARKS: dict[str, Mark] = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_MARKS |= {"code": "code"}
_KINDS: dict[str, LineKind] = {
    "blockquote": "blockquote",
    "ordered-list-item": "ol",
    "unordered-list-item": "ul",
}


class _Anchor(InlineEntityElementHandler):
    """Any <a>, with its attributes as they are; looks nothing up."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return attrs


class _Reader(HtmlToContentStateHandler):
    def __init__(self) -> None:
        super().__init__()
        self.element_handlers.add_rules(
            {
                **{tag: InlineStyleElementHandler(mark) for tag, mark in _MARKS.items()},
                "a": _Anchor("LINK"),
                "blockquote": BlockElementHandler("blockquote"),
                "ol": ListElementHandler("ordered-list-item"),
                "ul": ListElementHandler("unordered-list-item"),
                "li": ListItemElementHandler(),
            }
        )


EMPTY = Line((Run(""),))


def read(html: str, read_link: LinkReader) -> RichText:
    """Return a value of rich text.

    One of nothing but an empty paragraph is empty: the editor stores either.
    """
    found = lines(html, read_link)
    return RichText() if found == (EMPTY,) else RichText(found)


def lines(html: str, read_link: LinkReader) -> tuple[Line, ...]:
    """Return the lines of some HTML; an empty paragraph is a line of one empty run."""
    if not html.strip():
        return ()
    reader = _Reader()
    try:
        reader.feed(closed(CLEANER.clean(html)))
        reader.close()
    except AssertionError:
        # Wagtail's reader gives up on a block inside of a mark; the editor never writes one.
        return tuple(Line((Run(t),)) for t in rich_text_to_plain(html).split("\n") if t)
    entities = reader.contentstate.entity_map
    return tuple(
        Line(_runs(block, entities, read_link), _KINDS.get(block.type, "p"), block.depth)
        for block in reader.contentstate.blocks
    )


def _runs(block: StateBlock, entities: dict[int, Any], read_link: LinkReader) -> tuple[Run, ...]:
    runs = list(_each_run(block, entities, read_link))
    return joined(runs) or EMPTY.runs


def _each_run(block: StateBlock, entities: dict[int, Any], read_link: LinkReader) -> Iterator[Run]:
    """Yield the pieces between all places where a mark or a link begins or ends."""
    ranges = [*block.inline_style_ranges, *block.entity_ranges]
    edges = {0, len(block.text)}
    edges |= {edge for r in ranges for edge in (r.offset, r.offset + r.length)}
    links = {id(r): entities[r.key].data for r in block.entity_ranges}
    places = sorted(edges)
    for start, end in itertools.pairwise(places):
        text = block.text[start:end]
        marks = {r.style for r in block.inline_style_ranges if _covers(r, start)}
        attrs = next((links[id(r)] for r in block.entity_ranges if _covers(r, start)), None)
        if attrs is None:
            yield Run(text, tuple(sorted(marks)))
        elif attrs.get("linktype") == "footnote":
            key = attrs.get("key", "")
            # What a mark says is made from its note; the key stands for it.
            yield Run(f"[{key}]", note=key) if key else Run(text)
        else:
            yield Run(text, tuple(sorted(marks)), read_link(attrs))


def _covers(range_: Any, place: int) -> bool:
    return bool(range_.offset <= place < range_.offset + range_.length)
