"""What a body points at: pages, documents, pictures and footnotes, collected without a query."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import extract_attrs

LINK = re.compile(r"<a(\b[^>]*)>(.*?)</a>", re.DOTALL)


@dataclass
class References:
    """Everything that must be looked up before a body can be shown.

    `marks` are the keys of footnote marks in reading order, `notes` those of the notes.
    """

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    images: list[AbstractImage] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def number_of(text: Any) -> int | None:
    """Return an id as a number, None for what can't be one."""
    digits = str(text or "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def references(*values: Any) -> References:
    """Return what the values of blocks point at, wherever it stands in them."""
    found = References()
    for value in values:
        _walk(value, found)
    return found


def _walk(value: Any, found: References) -> None:
    if isinstance(value, RichText):
        _walk_rich_text(str(value.source), found)
    elif isinstance(value, StreamValue):
        for child in value:
            if child.block_type == "footnotes":
                found.notes += [note["key"] for note in child.value["notes"] if note["key"]]
            _walk(child.value, found)
    elif isinstance(value, StructValue):
        _walk_all(value.values(), found)
    elif isinstance(value, ListValue):
        _walk_all(value, found)
    elif isinstance(value, TypedTable):
        for row in value.row_data:
            _walk_all(row["values"], found)
    elif isinstance(value, Page):
        if value.pk:
            found.pages.add(value.pk)
    elif isinstance(value, AbstractDocument):
        if value.pk:
            found.documents.add(value.pk)
    elif isinstance(value, AbstractImage) and value.pk:
        found.images.append(value)


def _walk_all(values: Iterable[Any], found: References) -> None:
    for value in values:
        _walk(value, found)


def _walk_rich_text(html: str, found: References) -> None:
    for match in LINK.finditer(html):
        attrs = extract_attrs(match[1])
        kind = attrs.get("linktype")
        if kind == "footnote":
            found.marks.append(attrs.get("key", ""))
        elif (number := number_of(attrs.get("id"))) is not None:
            if kind == "page":
                found.pages.add(number)
            elif kind == "document":
                found.documents.add(number)
