"""What the shortcodes of an exported site become: each the block that it was written from."""

import json
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

from impact.portability import stored_text
from impact.portability.content import (
    Attachment,
    Block,
    Line,
    PageRef,
    Picture,
    RichText,
    Run,
)
from impact.portability.shortcodes import Shortcode, shortcodes_in
from impact.portability.spelled_out import unspell

if TYPE_CHECKING:
    from impact.portability.written import WrittenConverter

Handler = Callable[["WrittenConverter", Shortcode, int], list[Block] | None]


def convert(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block] | None:
    """Return the blocks that an exported shortcode stands for; None for another one."""
    handler = _HANDLERS.get(code.name)
    return handler(converter, code, line) if handler is not None else None


def stored(converter: "WrittenConverter", html: str, line: int) -> RichText:
    """Return rich text that is written as HTML."""
    return stored_text.read(html, _link_reader(converter, line))


def _link_reader(converter: "WrittenConverter", line: int) -> stored_text.LinkReader:
    return lambda attrs: converter.link(attrs["href"], line) if "href" in attrs else None


def table(value: dict[str, Any], named: dict[str, str], line: int) -> Block:
    """Return a table with what its shortcode says of it."""
    row_headers = named.get("row-headers") == "true"
    caption = unescape(named.get("caption", ""))
    return Block("table", {"caption": caption, "table": value, "row_headers": row_headers}, line)


def _text(code: Shortcode, name: str) -> str:
    return unescape(code.named.get(name, ""))


def _rich(converter: "WrittenConverter", code: Shortcode, name: str, line: int) -> RichText:
    """Return a line of rich text: Markdown, or HTML where Markdown does not hold it."""
    if html := _text(code, f"{name}-html"):
        return stored(converter, html, line)
    return converter.one_line(code.named.get(name, ""), line)


def _picture(converter: "WrittenConverter", code: Shortcode, line: int) -> Picture | None:
    src = _text(code, "src")
    file = converter.context.picture(src, line) if src else None
    if file is None:
        return None
    decorative = code.named.get("decorative")
    return Picture(file, _text(code, "alt"), None if not decorative else decorative == "true")


def _attachment(converter: "WrittenConverter", src: str, line: int) -> Attachment | None:
    file = converter.context.attachment(src, line) if src else None
    return Attachment(file) if file else None


def _page(converter: "WrittenConverter", address: str, line: int) -> PageRef | None:
    link = converter.link(address, line) if address else None
    return PageRef(link.page) if link and link.page else None


def _figure(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block] | None:
    picture = _picture(converter, code, line)
    if picture is None and code.named.get("src"):
        # It is missing: its words stay, as those of any other.
        return None
    value = {
        "image": picture,
        "caption": _rich(converter, code, "caption", line),
        "width": _text(code, "class") or "normal",
        "link": _text(code, "link"),
    }
    return [Block("figure", value, line)]


def _image_row(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    images = [
        {"image": _picture(converter, inner, line), "caption": _plain(converter, inner, line)}
        for inner in _inner(code, "figure")
    ]
    caption = _rich(converter, code, "caption", line)
    return [Block("image_row", {"images": images, "caption": caption}, line)]


def _plain(converter: "WrittenConverter", code: Shortcode, line: int) -> str:
    return converter.words(code.named.get("caption", ""), line)


def _inner(code: Shortcode, name: str) -> list[Shortcode]:
    return [found for found in shortcodes_in(code.inner or "") if found.name == name]


def _video(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block] | None:
    file = _attachment(converter, _text(code, "src"), line)
    if file is None and code.named.get("src"):
        return None
    poster = _text(code, "poster")
    still = converter.context.picture(poster, line) if poster else None
    value = {
        "title": _text(code, "title"),
        "url": _text(code, "url"),
        "file": file,
        "captions": _attachment(converter, _text(code, "captions"), line),
        "poster": Picture(still) if still else None,
        "caption": _rich(converter, code, "caption", line),
    }
    return [Block("video", value, line)]


def _pull_quote(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    value = {
        "text": converter.words((code.inner or "").strip("\n"), line),
        "person": _text(code, "person"),
        "role": _text(code, "role"),
    }
    return [Block("pull_quote", value, line)]


def _callout(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    value = {
        "kind": _text(code, "type"),
        "title": _text(code, "title"),
        "text": converter.rich_text(code, line),
    }
    return [Block("callout", value, line)]


def _acknowledgements(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    value = {"title": _text(code, "title"), "text": converter.rich_text(code, line)}
    return [Block("acknowledgements", value, line)]


def _key_figure(_converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    names = ("value", "precision", "unit", "currency", "label")
    value = {name: _text(code, name) for name in names}
    return [Block("key_figure", {**value, "source_url": _text(code, "source")}, line)]


def _link_card(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    value = {
        "page": _page(converter, _text(code, "page"), line),
        "url": _text(code, "url"),
        "title": _text(code, "title"),
        "description": _text(code, "description"),
    }
    return [Block("link_card", value, line)]


def _link_list(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    links = [
        {
            "page": _page(converter, _text(inner, "page"), line),
            "url": _text(inner, "url"),
            "label": _text(inner, "label"),
            "note": _text(inner, "note"),
        }
        for inner in _inner(code, "link")
    ]
    return [Block("link_list", {"title": _text(code, "title"), "links": links}, line)]


def _table(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    inner = converter.blocks((code.inner or "").strip("\n"), line + code.inner_line)
    return [
        table(block.value["table"], code.named, line) if block.name == "table" else block
        for block in inner
    ]


def _code(_converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    source = unescape((code.inner or "").removeprefix("\n").removesuffix("\n"))
    value = {
        "language": _text(code, "language"),
        "code": source,
        "caption": _text(code, "caption"),
    }
    return [Block("code", value, line)]


def _footnote(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    note = {"key": _text(code, "key"), "text": converter.rich_text(code, line)}
    return [Block("footnotes", {"notes": [note]}, line)]


def _footnote_mark(_converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    key = _text(code, "key")
    return [Block("text", RichText((Line((Run(f"[{key}]", note=key),)),)), line)]


def _rich_text(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block]:
    lines = stored_text.lines(code.inner or "", _link_reader(converter, line))
    return [Block("text", RichText(lines), line)]


def _spelled_out(converter: "WrittenConverter", code: Shortcode, line: int) -> list[Block] | None:
    try:
        data = json.loads(_text(code, "value"))
    except ValueError:
        converter.context.log.warning("shortcode", "the value of this block can't be read", line)
        return None
    value = unspell(
        data,
        lambda html: stored(converter, html, line),
        lambda address: _page(converter, address, line),
        lambda src: converter.context.picture(src, line),
        lambda src: converter.context.attachment(src, line),
    )
    return [Block(_text(code, "type"), value, line)]


_HANDLERS: dict[str, Handler] = {
    "acknowledgements": _acknowledgements,
    "block": _spelled_out,
    "callout": _callout,
    "code": _code,
    "figure": _figure,
    "footnote": _footnote,
    "footnote-mark": _footnote_mark,
    "image-row": _image_row,
    "key-figure": _key_figure,
    "link-card": _link_card,
    "link-list": _link_list,
    "pull-quote": _pull_quote,
    "rich-text": _rich_text,
    "table": _table,
    "video": _video,
}
