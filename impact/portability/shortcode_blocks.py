"""What each shortcode becomes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from impact.portability import media_blocks
from impact.portability.content import Block, Line, RichText, Run, tidy
from impact.portability.shortcodes import Shortcode

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter

# They say the same on every page of the old site; the new site says it in its own place.
SITE_WIDE = frozenset({"about-us", "feedback"})
# Parameters that themes show to readers.
_SPOKEN = frozenset(
    {"attr", "author", "caption", "cite", "content", "cta_text", "description", "heading", "label"}
    | {"name", "person", "quote", "role", "subtitle", "summary", "text", "title"}
)


def convert(converter: "MarkdownConverter", shortcode: Shortcode, line: int) -> list[Block]:
    """Return the blocks that a shortcode stands for.

    An unknown one keeps its words, those inside and those that a reader would see of its parameters, and
    is reported.
    """
    log = converter.context.log
    if shortcode.name in SITE_WIDE:
        log.count(f"shortcode_{shortcode.name}_left_out")
        return []
    handler = _HANDLERS.get(shortcode.name)
    if handler is not None:
        log.count(f"shortcode_{shortcode.name}")
        return handler(converter, shortcode, line)
    log.count("shortcodes_unknown")
    log.warning("shortcode", f"unknown shortcode “{shortcode.name}”; its words were kept", line)
    return [*_visible(converter, shortcode, line), *converter.inner_blocks(shortcode, line)]


def _visible(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    """What an unknown shortcode says in its parameters: those named so, and whole phrases."""
    named = [value for name, value in code.named.items() if name in _SPOKEN]
    phrases = [value for value in code.positional if " " in value.strip()]
    lines = [Line(runs) for text in (*named, *phrases) if (runs := converter.runs(text, line))]
    return [Block("text", RichText(tuple(lines)), line)] if lines else []


def _figure(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    title = converter.runs(code.get("title"), line)
    caption = converter.runs(code.get("caption"), line)
    credit = converter.runs(code.get("attr"), line)
    if credit and (target := code.get("attrlink")):
        link = converter.link(target, line)
        credit = tuple(Run(run.text, run.marks, link) for run in credit)
    if title and caption:
        title = tuple(Run(r.text, tuple(sorted({*r.marks, "bold"})), r.link) for r in title)
    href = code.get("link")
    pieces = media_blocks.figure(
        converter,
        code.get("src", position=0),
        code.get("alt"),
        [title, caption, credit],
        line,
        link=converter.link(href, line) if href else None,
        width=code.get("width"),
    )
    return [
        piece if isinstance(piece, Block) else Block("text", RichText((Line((piece,)),)), line)
        for piece in pieces
    ]


def _video(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    src = code.get("src", "url", "mp4", "webm", position=0)
    caption = RichText(tuple(Line(r) for r in [converter.runs(code.get("caption"), line)] if r))
    if media_blocks.is_remote(src):
        card = media_blocks.card_or_video(converter, src, code.get("title", "alt"), line)
        return [*([card] if card else []), *([Block("text", caption, line)] if caption else [])]
    return media_blocks.video(converter, code.get("title", "alt"), line, src=src, caption=caption)


def _provider(url: str) -> Callable[["MarkdownConverter", Shortcode, int], list[Block]]:
    def handler(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
        identifier = code.get("id", position=0)
        if not identifier:
            converter.context.log.warning("video", f"{code.name} without an id", line)
            return []
        return media_blocks.video(converter, code.get("title"), line, url=url.format(identifier))

    return handler


def _callout(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    kind = code.get("type", "kind", position=0) or ("note" if code.name == "callout" else code.name)
    first = line + code.inner_line
    return media_blocks.callout(converter, kind, code.get("title"), code.inner or "", first)


def _pull_quote(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    inner = converter.inner_blocks(code, line)
    words = "\n".join(b.value.text for b in inner if b.name == "text")
    text = words or code.get("text", "quote", position=0)
    if not text:
        return inner
    person = code.get("person", "author", "name", "by", "cite")
    role = code.get("role", "affiliation", "source", "title")
    value = {"text": text, "person": person[:120], "role": role[:160]}
    return [Block("pull_quote", value, line), *(b for b in inner if b.name != "text")]


def _cta(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    label = code.get("cta_text", "text", "label", position=0)
    href = code.get("cta_link", "link", "url", "href", position=1)
    card = media_blocks.card_or_video(converter, href, label, line) if href else None
    if card is not None:
        return [card]
    link = converter.link(href, line) if href else None
    return [Block("text", RichText((Line((Run(label, link=link),)),)), line)] if label else []


def _details(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    summary = code.get("summary", "title", position=0)
    runs = converter.runs(summary, line)
    bold = tuple(Run(r.text, tuple(sorted({*r.marks, "bold"})), r.link) for r in runs)
    head = [Block("text", RichText((Line(tidy(bold)),)), line)] if bold else []
    return [*head, *converter.inner_blocks(code, line)]


def _code(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    language = "mermaid" if code.name == "mermaid" else code.get("lang", position=0)
    return [media_blocks.code((code.inner or "").strip("\n"), language, line)]


_HANDLERS: dict[str, Callable[["MarkdownConverter", Shortcode, int], list[Block]]] = {
    "figure": _figure,
    "video": _video,
    "youtube": _provider("https://www.youtube.com/watch?v={}"),
    "vimeo": _provider("https://vimeo.com/{}"),
    "callout": _callout,
    "note": _callout,
    "tip": _callout,
    "info": _callout,
    "warning": _callout,
    "pull-quote": _pull_quote,
    "pullquote": _pull_quote,
    "cta": _cta,
    "details": _details,
    "highlight": _code,
    "mermaid": _code,
}
