"""What a body says: its plain text, how long it takes to read, and its headings."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import slugify
from wagtail.blocks import StreamValue

WORDS_A_MINUTE = 220
# Scripts without spaces between words are read by the character.
CHARACTERS_A_MINUTE = 500

# Ids that pages use around a body.
RESERVED_IDS = frozenset({"content", "outcomes"})

FOOTNOTE_MARK = re.compile(r'<a\b[^>]*\blinktype="footnote"[^>]*>.*?</a>', re.DOTALL)
BLOCK_END = re.compile(r"</(?:p|h\d|li|blockquote|ul|ol)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
UNSPACED = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f\U00020000-\U0002fa1f]"
)


@dataclass(frozen=True)
class Heading:
    """A heading as a table of contents needs it; `level` is 2 or 3."""

    level: int
    text: str
    anchor: str


def rich_text_to_plain(html: str) -> str:
    """Return the words of rich text, a line for each paragraph or item, without footnote marks."""
    text = FOOTNOTE_MARK.sub("", str(html or ""))
    text = unescape(strip_tags(BLOCK_END.sub(r"\g<0>\n", text)))
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def plain_text(stream_value: StreamValue | None) -> str:
    """Return the words of a body as plain lines: headings, texts, captions, labels, cells, code."""
    if not stream_value:
        return ""
    parts: list[Any] = stream_value.stream_block.get_searchable_content(stream_value)
    return "\n".join(text for part in parts if (text := str(part).strip()))


def reading_minutes(stream_value: StreamValue | None) -> int:
    """Return how many minutes a body takes to read, at least one."""
    text = plain_text(stream_value)
    unspaced = len(UNSPACED.findall(text))
    words = len(re.findall(r"\w+(?:[’'.-]\w+)*", UNSPACED.sub(" ", text)))
    return max(1, round(words / WORDS_A_MINUTE + unspaced / CHARACTERS_A_MINUTE))


def headings(stream_value: StreamValue | None, prefix: str = "") -> list[Heading]:
    """Return the headings of a body in order, each with the id that `render_body` gives it."""
    if not stream_value:
        return []
    ids = anchors(stream_value, prefix)
    return [
        Heading(int(level), text, ids[index])
        for index, child in enumerate(stream_value)
        if (found := _heading_of(child)) is not None
        for level, text, _own in [found]
    ]


def anchors(stream_value: StreamValue, prefix: str = "") -> dict[int, str]:
    """Return the id of each child that has a heading, by its position; no id twice.

    An id of the heading's own comes first; the others are made from the words and numbered where
    they would clash. `prefix` keeps two bodies of one page apart.
    """
    found = {
        index: heading
        for index, child in enumerate(stream_value)
        if (heading := _heading_of(child)) is not None
    }
    taken = set(RESERVED_IDS)
    result: dict[int, str] = {}
    for index, (_level, _text, own) in found.items():
        if own:
            result[index] = _free(own, taken)
    for index, (_level, text, own) in found.items():
        if not own:
            slug = slugify(text, allow_unicode=True) or "section"
            result[index] = _free(f"{prefix}-{slug}" if prefix else slug, taken)
    return result


def _heading_of(child: Any) -> tuple[str, str, str] | None:
    """Return level, words and own id of a block that shows a heading."""
    value = child.value
    if child.block_type == "heading" and value["text"]:
        return value["level"] or "2", value["text"], value.get("anchor") or ""
    if child.block_type in {"link_list", "acknowledgements"} and value["title"]:
        return "2", value["title"], ""
    return None


def _free(wanted: str, taken: set[str]) -> str:
    """Return the id, numbered if it is taken, and take it."""
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    taken.add(free)
    return free
