"""Values of blocks as the database holds them, taken apart into plain data: the reverse of `writer`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page

from impact.blocks.addresses import with_suffix
from impact.blocks.references import number_of
from impact.portability import stored_text
from impact.portability.chosen import chosen_slug
from impact.portability.content import Attachment, Block, Link, PageRef, Picture, RichText
from impact.portability.written_links import read_link


@dataclass(frozen=True)
class StoredReader:
    """Reads the values of one page; everything that it asks answers with nothing where there is none.

    `page_key` gives the key of a page by its id, `page_at` by its path; `picture` and `document` give the
    names of files in the exported page.
    """

    page_key: Callable[[int], str]
    page_at: Callable[[str], str]
    picture: Callable[[int], str]
    document: Callable[[int], str]

    def body(self, stream: StreamValue) -> list[Block]:
        """Return the blocks of a body; one of a kind that is no more is left out."""
        definitions = stream.stream_block.child_blocks
        return [
            Block(item["type"], self._value(definitions[item["type"]], item.get("value")))
            for item in stream.raw_data
            if item["type"] in definitions
        ]

    def rich_text(self, html: str) -> RichText:
        """Return rich text."""
        return stored_text.read(html or "", self._link)

    def _link(self, attrs: dict[str, str]) -> Link | None:
        number = number_of(attrs.get("id"))
        match attrs.get("linktype"):
            case "page":
                key = self.page_key(number) if number else ""
                return Link(page=key, suffix=with_suffix("", attrs)) if key else None
            case "document":
                name = self.document(number) if number else ""
                return Link(file=name) if name else None
            case None if "href" in attrs:
                return read_link(attrs["href"], self.page_at, lambda _name: "")
        return None

    def _value(self, definition: Any, value: Any) -> Any:
        if isinstance(definition, blocks.RichTextBlock):
            return self.rich_text(value)
        if isinstance(definition, ImageBlock):
            return self._picture(value if isinstance(value, dict) else {"image": value})
        if isinstance(definition, ImageChooserBlock):
            name = self.picture(value) if value else ""
            return Picture(name) if name else None
        if isinstance(definition, DocumentChooserBlock):
            name = self.document(value) if value else ""
            return Attachment(name) if name else None
        if isinstance(definition, blocks.ChooserBlock):
            return self._chosen(definition.model_class, value)
        if isinstance(definition, TypedTableBlock):
            return self._table(definition, value or {})
        if isinstance(definition, blocks.ListBlock):
            return [self._value(definition.child_block, item) for item in _items(value or [])]
        if isinstance(definition, blocks.BaseStructBlock):
            return self._struct(definition, value or {})
        return _plain(definition, value)

    def _struct(self, definition: Any, value: dict[str, Any]) -> dict[str, Any]:
        """Return all fields; one that is missing has the value that it has for a new block."""
        return {
            name: self._value(child, value.get(name, child.get_prep_value(child.get_default())))
            for name, child in definition.child_blocks.items()
        }

    def _chosen(self, model: type[Model], value: Any) -> PageRef | str | None:
        """Return a page by its key, and what is no page by its slug."""
        if not issubclass(model, Page):
            return chosen_slug(model, number_of(value))
        key = self.page_key(value) if value else ""
        return PageRef(key) if key else None

    def _picture(self, value: dict[str, Any]) -> Picture | None:
        name = self.picture(value["image"]) if value.get("image") else ""
        if not name:
            return None
        decorative = bool(value.get("decorative"))
        # A decorative picture has no alt text, whatever was written before it was one.
        alt = "" if decorative else value.get("alt_text") or ""
        return Picture(name, alt, None if decorative == (not alt) else decorative)

    def _table(self, definition: TypedTableBlock, value: dict[str, Any]) -> dict[str, Any]:
        columns = [
            {"type": column["type"], "heading": column.get("heading") or ""}
            for column in value.get("columns", [])
        ]
        rows = [
            {
                "values": [
                    self._value(definition.child_blocks[column["type"]], cell)
                    for column, cell in zip(columns, row["values"], strict=False)
                ]
            }
            for row in value.get("rows", [])
        ]
        return {"columns": columns, "rows": rows, "caption": value.get("caption") or ""}


def _items(values: Iterable[Any]) -> Iterable[Any]:
    """Yield the values of a list, which Wagtail stores with ids, and once stored without."""
    for item in values:
        has_id = isinstance(item, dict) and item.get("type") == "item" and "value" in item
        yield item["value"] if has_id else item


def _plain(definition: Any, value: Any) -> Any:
    if isinstance(definition, blocks.BooleanBlock):
        return bool(value)
    if isinstance(definition, blocks.StaticBlock):
        return None
    return "" if value is None else str(value)
