"""Planned values as the database holds them: ids in place of references, rich text as Draftail writes it."""

import json
from collections.abc import Callable, Sequence
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from impact.blocks.stored import as_stored
from impact.portability.chosen import chosen_key
from impact.portability.content import Attachment, Block, Link, PageRef, Picture, RichText
from impact.portability.rich_text import write
from impact.roundups.blocks.body import RoundupBodyBlock

Lookup = Callable[[str], int | None]


class Writer:
    """Writes values for one import; asks for the ids of pages, pictures and documents by key or hash."""

    def __init__(self, page_id: Lookup, image_id: Lookup, document_id: Lookup) -> None:
        self.page_id = page_id
        self.image_id = image_id
        self.document_id = document_id
        # Every block that any body may hold.
        self.body_block = RoundupBodyBlock()
        self._seed, self._number = "", 0

    def body(self, body: Sequence[Block], seed: str) -> str:
        """Return a body as JSON. Blocks get the same ids each time the same source is imported."""
        children = []
        self._seed, self._number = seed, 0
        for block in body:
            definition = self.body_block.child_blocks[block.name]
            children.append(
                {
                    "type": block.name,
                    "value": self._value(definition, block.value),
                    "id": self._id(),
                }
            )
        return json.dumps(children)

    def rich_text(self, text: RichText, features: Sequence[str]) -> str:
        """Return rich text with the features that its field offers."""
        html = write(text, self._link, features)
        return as_stored(html, features) if html else ""

    def _link(self, link: Link) -> str | None:
        if link.page:
            number = self.page_id(link.page)
            if number is None:
                return None
            query, _hash, fragment = link.suffix.removeprefix("?").partition("#")
            attributes = f'linktype="page" id="{number}"'
            if fragment:
                attributes += f' fragment="{escape(fragment)}"'
            if link.suffix.startswith("?") and query:
                attributes += f' query="{escape(query)}"'
            return attributes
        if link.file:
            number = self.document_id(link.file)
            return f'linktype="document" id="{number}"' if number else None
        return f'href="{escape(link.href)}"'

    def _value(self, definition: Any, value: Any) -> Any:
        if isinstance(value, Picture):
            return self._picture(definition, value)
        if isinstance(value, PageRef):
            return self.page_id(value.key)
        if isinstance(value, Attachment):
            return self.document_id(value.file)
        if isinstance(definition, blocks.ChooserBlock) and isinstance(value, str):
            return chosen_key(definition.model_class, value)
        if isinstance(definition, blocks.IntegerBlock):
            return int(value) if str(value).lstrip("-").isdecimal() else None
        if isinstance(definition, blocks.RichTextBlock):
            return self.rich_text(value or RichText(), definition.features)
        if isinstance(definition, TypedTableBlock):
            return self._table(definition, value)
        if isinstance(definition, blocks.ListBlock):
            child = definition.child_block
            return [
                {"type": "item", "value": self._value(child, item), "id": self._id()}
                for item in value
            ]
        if isinstance(definition, blocks.BaseStructBlock):
            children = definition.child_blocks
            return {name: self._value(children[name], part) for name, part in value.items()}
        return value

    def _id(self) -> str:
        self._number += 1
        return str(uuid5(NAMESPACE_URL, f"{self._seed}#{self._number}"))

    def _picture(self, definition: Any, value: Picture) -> Any:
        number = self.image_id(value.file)
        if not isinstance(definition, ImageBlock):
            return number
        return {"image": number, "alt_text": value.alt, "decorative": value.is_decorative}

    def _table(self, definition: TypedTableBlock, value: dict[str, Any]) -> dict[str, Any]:
        columns = value["columns"]
        rows = [
            {
                "values": [
                    self._value(definition.child_blocks[column["type"]], cell)
                    for column, cell in zip(columns, row["values"], strict=True)
                ]
            }
            for row in value["rows"]
        ]
        return {**value, "rows": rows}
