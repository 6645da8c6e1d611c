"""What the body of a digest is made of, read from the stored form of its blocks; pure.

Read as it is stored, not through the pages that it names: that takes no query, works for a draft that is
only previewed, and what is damaged is passed over.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from impact.blocks.references import number_of


@dataclass(frozen=True)
class EntryLine:
    """An entry by its key, with the editor's own words where there are any."""

    block: str
    entry: int | None
    title: str = ""
    sentence: str = ""
    image: bool = True


@dataclass(frozen=True)
class OwnLine:
    """A line that is about no entry; `image` is the key of a picture."""

    title: str
    url: str = ""
    sentence: str = ""
    image: int | None = None
    # What the picture is here; empty for its own words, unless it only decorates.
    alt: str = ""
    decorative: bool = False


@dataclass(frozen=True)
class Thanks:
    """Whom to thank by themselves; `left_out` are keys of communities."""

    communities: bool = True
    supporters: bool = True
    left_out: frozenset[int] = field(default_factory=frozenset)


Item = EntryLine | OwnLine | Thanks


@dataclass(frozen=True)
class Part:
    """What stands together below a heading, or below words; `words` is rich text as it is stored."""

    heading: str = ""
    words: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Composition:
    """The parts of a digest in their order."""

    parts: tuple[Part, ...] = ()

    @property
    def entry_lines(self) -> tuple[EntryLine, ...]:
        """All lines about entries, in their order."""
        return tuple(
            item for part in self.parts for item in part.items if isinstance(item, EntryLine)
        )

    @property
    def entries(self) -> tuple[int, ...]:
        """The entries that are named, each once."""
        keys = (line.entry for line in self.entry_lines)
        return tuple(dict.fromkeys(key for key in keys if key is not None))

    @property
    def images(self) -> tuple[int, ...]:
        """The pictures of the editor's own lines."""
        items = (item for part in self.parts for item in part.items)
        return tuple(item.image for item in items if isinstance(item, OwnLine) and item.image)

    @property
    def words(self) -> tuple[str, ...]:
        """All rich text."""
        return tuple(part.words for part in self.parts if part.words)


def read(raw: Iterable[Any]) -> Composition:
    """Return what stored blocks are; `raw` is `StreamValue.raw_data`."""
    parts: list[Part] = []
    for number, block in enumerate(raw):
        if not isinstance(block, Mapping):
            continue
        kind, value = block.get("type"), block.get("value")
        if kind == "heading":
            parts.append(Part(heading=_text(value)))
        elif kind == "words":
            # Words below lines begin a part of their own, so that they stay where they are.
            if parts and not parts[-1].words and not parts[-1].items:
                parts[-1] = replace(parts[-1], words=_text(value))
            else:
                parts.append(Part(words=_text(value)))
        elif item := _item(kind, value, str(block.get("id") or f"block-{number}")):
            last = parts.pop() if parts else Part()
            parts.append(replace(last, items=(*last.items, item)))
    return Composition(tuple(parts))


def keys_of(content: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the entries that a digest names, its lead first, from the content of a revision."""
    body = content.get("body")
    try:
        raw = json.loads(body) if isinstance(body, str) else body
    except ValueError:
        raw = None
    lead = _key(content.get("lead"))
    named = read(raw if isinstance(raw, list) else []).entries
    return tuple(dict.fromkeys([lead, *named] if lead is not None else named))


def _item(kind: Any, value: Any, block: str) -> Item | None:
    if not isinstance(value, Mapping):
        return None
    if kind == "entry":
        return EntryLine(
            block,
            _key(value.get("entry")),
            _text(value.get("title")),
            _text(value.get("sentence")),
            _is_on(value.get("image")),
        )
    if kind == "line":
        image = value.get("image")
        image = image if isinstance(image, Mapping) else {"image": image}
        decorative = image.get("decorative") is True
        return OwnLine(
            _text(value.get("title")),
            _address(value.get("url")),
            _text(value.get("sentence")),
            _key(image.get("image")),
            "" if decorative else _text(image.get("alt_text")),
            decorative,
        )
    if kind == "thanks":
        left_out = value.get("left_out")
        return Thanks(
            _is_on(value.get("communities")),
            _is_on(value.get("supporters")),
            frozenset(_keys(left_out if isinstance(left_out, list | tuple) else [])),
        )
    return None


def _keys(values: Iterable[Any]) -> Iterator[int]:
    for each in values:
        # A list is stored with ids or without.
        item = each.get("value") if isinstance(each, Mapping) else each
        if (key := _key(item)) is not None:
            yield key


def _key(value: Any) -> int | None:
    return None if isinstance(value, bool) else number_of(value)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _address(value: Any) -> str:
    """Return an address that a mail program can open: the form takes no other, an import may bring one."""
    text = _text(value)
    return text if text.lower().startswith(("https://", "http://")) else ""


def _is_on(value: Any) -> bool:
    """Return a yes or no; yes where nobody has said."""
    return value in (None, True, "true", "True")
