"""The blocks that Markdown, shortcodes and HTML all lead to: figures, films, cards, code, tables."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from impact.blocks.video_urls import parse as parse_video
from impact.portability.bodies import passage
from impact.portability.comments import without_comments
from impact.portability.content import (
    Attachment,
    Block,
    Line,
    Link,
    PageRef,
    Picture,
    RichText,
    Run,
    plain,
)
from impact.portability.shortcodes import unescaped
from impact.portability.values import humanise

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter, Piece

CALLOUTS = {
    "note": "note",
    "tip": "tip",
    "hint": "tip",
    "info": "info",
    "important": "warning",
    "warning": "warning",
    "caution": "warning",
    "danger": "warning",
    "success": "success",
    "check": "success",
}


def is_remote(src: str) -> bool:
    """Return whether a file lies on another server."""
    return src.startswith(("http://", "https://", "//"))


def readable(url: str) -> str:
    """Return an address as people write it, short enough for a title."""
    text = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return text if len(text) <= 120 else f"{text[:119]}…"


def caption_of(lines: Sequence[tuple[Run, ...]]) -> RichText:
    """Return a caption of one or two lines."""
    return RichText(tuple(Line(runs) for runs in lines if runs))


def figure(
    converter: "MarkdownConverter",
    src: str,
    alt: str,
    caption: Sequence[tuple[Run, ...]],
    line: int,
    *,
    link: Link | None = None,
    width: str = "",
) -> "list[Piece]":
    """Return a picture with its caption.

    Where the picture is missing its words stay: the caption, else the alt text. One on another server
    stays as a link to it.
    """
    words = caption_of(caption)
    alt = " ".join(without_comments(alt).split()) or " ".join(words.text.split())
    remote = is_remote(src)
    file = (converter.context.remote_picture if remote else converter.context.picture)(src, line)
    if link and link.picture:
        # A small picture that opens the large one: the page shows the large one itself.
        file, link = link.picture, None
    if remote and file is None:
        text = f"picture on another server, kept as a link: {src}"
        converter.context.log.notice("remote-image", text, line)
        converter.context.log.count("images_remote")
        target = link or Link(href=src)
        label = Run(alt or readable(src), ("italic",), target)
        return [
            label,
            *([Block("text", italic(words), line)] if caption_says_more(words, alt) else []),
        ]
    if file is None:
        if words and link:
            words = _with_link(converter, words, link, alt)
        kept = words or RichText((Line((Run(alt, link=link),)),) if alt else ())
        return [Block("text", italic(kept), line)] if kept else []
    if not alt:
        converter.context.no_alt(src, line)
    address = link.href if link and is_address(link.href) else ""
    if link and not address:
        words = _with_link(converter, words, link, alt)
    value = {
        "image": Picture(file, alt[:255]),
        "caption": words,
        "width": figure_width(width),
        "link": address,
    }
    return [Block("figure", value, line)]


def beside_picture(
    pieces: "Sequence[Piece]", link: Link, line: int
) -> "tuple[list[Piece], list[Block]]":
    """Return the inside of a link that opens a picture as words, and the picture to show with them."""
    words = [Run(p.text, p.marks, None, p.note) if isinstance(p, Run) else p for p in pieces]
    if any(isinstance(piece, Block) for piece in words):
        # A small picture is inside, and became the large one.
        return words, []
    image = Picture(link.picture, plain([p for p in words if isinstance(p, Run)])[:255])
    value = {"image": image, "caption": RichText(), "width": "normal", "link": ""}
    return words, [Block("figure", value, line)]


def caption_says_more(words: RichText, alt: str) -> bool:
    """Return whether a caption says anything that the alt text does not."""
    return bool(words) and " ".join(words.text.split()) != alt


def bold(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs set in bold."""
    return tuple(Run(r.text, tuple(sorted({*r.marks, "bold"})), r.link, r.note) for r in runs)


def italic(text: RichText) -> RichText:
    """Return a text set in italics, as a caption without its picture is."""
    return RichText(
        tuple(
            Line(
                tuple(
                    Run(run.text, tuple(sorted({*run.marks, "italic"})), run.link, run.note)
                    for run in line.runs
                ),
                line.kind,
                line.depth,
            )
            for line in text.lines
        )
    )


def figure_width(width: str) -> str:
    """Return our width for Hugo's `75%` or `300`: what is meant to be small stays small."""
    digits = width.strip().removesuffix("px")
    if digits.endswith("%"):
        number = digits[:-1]
        return "narrow" if number.isdigit() and int(number) <= 60 else "normal"
    return "narrow" if digits.isdigit() and int(digits) <= 400 else "normal"


def is_address(href: str) -> bool:
    """Return whether our blocks accept an address as one on the web."""
    if len(href) > 500 or not href.startswith(("http://", "https://")):
        return False
    try:
        URLValidator(schemes=["http", "https"])(href)
    except ValidationError:
        return False
    return True


def label_of(converter: "MarkdownConverter", link: Link) -> str:
    """Return what a link says where nobody gave it words: the title of its page, or the address."""
    if link.page:
        return converter.context.page_title(link.page)
    return readable(link.href.removeprefix("mailto:")) if link.href else ""


def links_below(converter: "MarkdownConverter", runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the links and footnote marks of runs that are shown as plain text, to stand below it.

    A link to a place on the page itself, as headings have one to be copied, is left out.
    """
    links = dict.fromkeys(run.link for run in runs if run.link)
    shown: list[Run] = []
    for link in links:
        words = plain([run for run in runs if run.link == link])
        if not link.href.startswith("#"):
            label = label_of(converter, link) or words
            shown += [*([Run(", ")] if shown else []), Run(label, link=link)]
    return (*shown, *(run for run in runs if run.note))


def _with_link(converter: "MarkdownConverter", caption: RichText, link: Link, alt: str) -> RichText:
    """A picture leads to addresses of the web only: other links stand in its caption."""
    label = label_of(converter, link) or alt
    lines = [*caption.lines, Line((Run(label, link=link),))] if label else caption.lines
    return RichText(tuple(lines))


def video(
    converter: "MarkdownConverter",
    title: str,
    line: int,
    *,
    url: str = "",
    src: str = "",
    caption: RichText | None = None,
) -> list[Block]:
    """Return a film of a provider or of the source; where it is missing, its caption stays."""
    words = caption or RichText()
    file = None
    if not url:
        file = converter.context.attachment(src, line)
        if file is None:
            return [Block("text", italic(words), line)] if words else []
    name = humanise(src.rsplit("/", 1)[-1].rsplit(".", 1)[0]) if src else ""
    title = title or " ".join(words.text.split()) or name or converter.context.title
    value = {
        "title": title[:200],
        "url": url,
        "file": Attachment(file) if file else None,
        "captions": None,
        "poster": None,
        "caption": words,
    }
    return [Block("video", value, line)]


def card_or_video(converter: "MarkdownConverter", href: str, title: str, line: int) -> Block:
    """Return a card for an address that stands alone, or the film that it is.

    What can be neither stays a line of text: a place within a page, an address of no known form, one
    that leads nowhere.
    """
    if (film := parse_video(href)) is not None:
        return video(converter, title, line, url=film.watch_url)[0]
    target = converter.link(href, line)
    if target and target.page and not target.suffix:
        value: dict[str, Any] = {"page": PageRef(target.page), "url": "", "title": title}
    elif target and is_address(target.href):
        value = {"page": None, "url": target.href, "title": title or readable(target.href)}
    else:
        label = title or (label_of(converter, target) if target and target.page else "") or href
        return Block("text", RichText((Line((Run(label, link=target),)),)), line)
    return Block("link_card", {**value, "title": value["title"][:200], "description": ""}, line)


def callout(kind: str, title: str, blocks: Sequence[Block], line: int) -> list[Block]:
    """Return a callout around some blocks; what can't stand inside one follows it."""
    text, rest = passage(blocks)
    if not text:
        head = [Block("text", RichText((Line((Run(title, ("bold",)),)),)), line)] if title else []
        return [*head, *rest]
    value = {"kind": CALLOUTS.get(kind.lower(), "note"), "title": title[:160], "text": text}
    return [Block("callout", value, line), *rest]


def code(source: str, language: str, line: int) -> Block:
    """Return lines of code."""
    shown = unescaped(source.rstrip("\n"))
    value = {"language": language[:40], "code": shown, "caption": ""}
    return Block("code", value, line)


def table(
    converter: "MarkdownConverter",
    headings: Sequence[RichText],
    rows: Sequence[Sequence[RichText]],
    line: int,
    caption: str = "",
) -> list[Block]:
    """Return a table; every column holds rich text, as Markdown's do.

    Its headings are plain text: their links stand below it.
    """
    width = max([len(headings), *(len(row) for row in rows)])
    titles = [plain(cell.lines[0].runs) if cell else "" for cell in headings]
    value = {
        "columns": [
            {"type": "text", "heading": titles[n] if n < len(titles) else ""} for n in range(width)
        ],
        "rows": [{"values": [*row, *[RichText()] * (width - len(row))]} for row in rows],
        "caption": "",
    }
    block = Block("table", {"caption": caption, "table": value, "row_headers": False}, line)
    runs = [run for cell in headings for part in cell.lines for run in part.runs]
    below = links_below(converter, runs)
    return [block, *([Block("text", RichText((Line(below),)), line)] if below else [])]


def host_of(url: str) -> str:
    """Return the host of an address without `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
