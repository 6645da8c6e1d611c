"""Turns the blocks of a demo file into what a StreamField stores."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from impact.demo.files import Data
from impact.demo.richtext import PageId, rich_text

ImageId = Callable[[Data], int]
DocumentId = Callable[[str], int]
# Fields that hold rich text, by block; everything else is plain.
RICH = {
    "figure": {"caption"},
    "image_row": {"caption"},
    "video": {"caption"},
    "callout": {"text"},
    "acknowledgements": {"text"},
}


def pictures(blocks: list[Any]) -> Iterator[Data]:
    """Yield the pictures that a body shows, in their order."""
    for block in blocks:
        if isinstance(block, str):
            continue
        ((kind, value),) = block.items()
        if kind == "figure":
            yield value["image"]
        elif kind == "image_row":
            yield from (item["image"] for item in value["images"])
        elif kind == "video":
            yield value["poster"]


class Builder:
    """Knows the ids of what a body refers to."""

    def __init__(self, page_id: PageId, image_id: ImageId, document_id: DocumentId) -> None:
        self._page_id = page_id
        self._image_id = image_id
        self._document_id = document_id

    def body(self, blocks: list[Any], key: str) -> list[Data]:
        """Return the stream of a body; `key` makes the ids of its blocks, the same each time."""
        stream = []
        for number, block in enumerate(blocks):
            kind, value = ("text", block) if isinstance(block, str) else next(iter(block.items()))
            made = getattr(self, f"_{kind}", self._plain(kind))(value)
            stream.append(
                {"type": kind, "value": made, "id": str(uuid5(NAMESPACE_URL, f"{key}#{number}"))}
            )
        return stream

    def sentences(self, texts: dict[str, str]) -> dict[str, str]:
        """Return lines of rich text under the names that they have."""
        return {name: self._rich(text) for name, text in texts.items()}

    def _rich(self, source: str) -> str:
        return rich_text(source, self._page_id)

    def _plain(self, kind: str) -> Callable[[Any], Any]:
        """Return a maker for blocks whose fields are taken as they are, but for rich text."""
        rich = RICH.get(kind, set())

        def make(value: Any) -> Any:
            if value is None:
                return None
            return {
                name: self._rich(part) if name in rich else part for name, part in value.items()
            }

        return make

    def _text(self, value: str) -> str:
        return self._rich(value)

    def _heading(self, value: str | Data) -> Data:
        return {"text": value, "level": "2"} if isinstance(value, str) else value

    def _image(self, picture: Data) -> Data:
        return {"image": self._image_id(picture), "alt_text": picture["alt"], "decorative": False}

    def _figure(self, value: Data) -> Data:
        return {
            "width": "normal",
            **self._plain("figure")(value),
            "image": self._image(value["image"]),
        }

    def _image_row(self, value: Data) -> Data:
        images = [{**item, "image": self._image(item["image"])} for item in value["images"]]
        return {**self._plain("image_row")(value), "images": images}

    def _video(self, value: Data) -> Data:
        return {
            **self._plain("video")(value),
            "file": self._document_id(value["file"]),
            "captions": self._document_id(value["captions"]),
            "poster": self._image_id(value["poster"]),
        }

    def _link(self, value: Data) -> Data:
        return {**value, "page": self._page_id(value["page"])} if "page" in value else value

    def _link_card(self, value: Data) -> Data:
        return self._link(value)

    def _link_list(self, value: Data) -> Data:
        return {**value, "links": [self._link(link) for link in value["links"]]}

    def _table(self, value: Data) -> Data:
        kinds = [column["type"] for column in value["columns"]]
        rows = [
            {
                "values": [
                    self._rich(cell) if kind == "text" else str(cell)
                    for kind, cell in zip(kinds, row, strict=True)
                ]
            }
            for row in value["rows"]
        ]
        return {
            "caption": value["caption"],
            "table": {"columns": value["columns"], "rows": rows, "caption": ""},
            "row_headers": True,
        }

    def _task_list(self, value: list[Data]) -> Data:
        return {
            "tasks": [{"text": self._rich(task["text"]), "done": task["done"]} for task in value]
        }

    def _definition_list(self, value: list[Data]) -> Data:
        return {
            "definitions": [
                {"term": item["term"], "definition": self._rich(item["definition"])}
                for item in value
            ]
        }

    def _acknowledgements(self, value: str) -> Data:
        return {"title": "Thanks", "text": self._rich(value)}

    def _footnotes(self, value: dict[str, str]) -> Data:
        return {
            "notes": [{"key": str(key), "text": self._rich(note)} for key, note in value.items()]
        }
