"""What each shortcode becomes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from impact.blocks.video_urls import parse as parse_video
from impact.portability import media_blocks
from impact.portability.content import Block, Line, RichText, Run
from impact.portability.shortcodes import Shortcode

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter

# They say the same on every page of the old site; the new site says it in its own place. What a
# writer keeps in a `comment` is for writers.
LEFT_OUT = frozenset({"about-us", "comment", "feedback"})
# Parameters that themes show to readers.
_SPOKEN = frozenset(
    {"attr", "author", "caption", "cite", "content", "cta_text", "description", "heading", "label"}
    | {"name", "person", "quote", "role", "subtitle", "summary", "text", "title"}
)
_LONGEST_CALL = 200


def convert(converter: "MarkdownConverter", shortcode: Shortcode, line: int) -> list[Block]:
    """Return the blocks that a shortcode stands for.

    An unknown one keeps its words, those inside and those that a reader would see of its parameters, and
    is reported.
    """
    log = converter.context.log
    if shortcode.name in LEFT_OUT:
        log.count(f"shortcode_{shortcode.name}_left_out")
        return []
    handler = _HANDLERS.get(shortcode.name)
    if handler is not None:
        log.count(f"shortcode_{shortcode.name}")
        return handler(converter, shortcode, line)
    log.count("shortcodes_unknown")
    called = f"; it was called with {call}" if (call := _call(shortcode)) else ""
    text = f"unknown shortcode “{shortcode.name}”; its words were kept{called}"
    log.warning("shortcode", text, line)
    return [*_visible(converter, shortcode, line), *converter.inner_blocks(shortcode, line)]


def _visible(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    """What an unknown shortcode says in its parameters: those named so, and whole phrases."""
    named = [value for name, value in code.named.items() if name in _SPOKEN]
    phrases = [value for value in code.positional if " " in value.strip()]
    lines = [Line(runs) for text in (*named, *phrases) if (runs := converter.runs(text, line))]
    return [Block("text", RichText(tuple(lines)), line)] if lines else []


def _call(shortcode: Shortcode) -> str:
    """The parameters as their writer gave them, so that what they did can be put back by hand."""
    named = [f'{key}="{value}"' for key, value in shortcode.named.items()]
    parts = [*(f'"{value}"' for value in shortcode.positional), *named]
    return " ".join(" ".join(parts).split())[:_LONGEST_CALL]


def _text(runs: tuple[Run, ...], line: int) -> list[Block]:
    return [Block("text", RichText((Line(runs),)), line)] if runs else []


def _figure(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    title = converter.runs(code.get("title"), line)
    caption = converter.runs(code.get("caption"), line)
    credit = converter.runs(code.get("attr"), line)
    if credit and (target := code.get("attrlink")):
        link = converter.link(target, line)
        credit = tuple(Run(run.text, run.marks, link) for run in credit)
    if title and caption:
        title = media_blocks.bold(title)
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
        block
        for piece in pieces
        for block in ([piece] if isinstance(piece, Block) else _text((piece,), line))
    ]


def _video(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    src = code.get("src", "url", "mp4", "webm", position=0)
    title = converter.words(code.get("title", "alt"), line)
    caption = converter.runs(code.get("caption"), line)
    if media_blocks.is_remote(src):
        return [
            media_blocks.card_or_video(converter, src, title, line),
            *_text(caption, line),
        ]
    words = media_blocks.caption_of([caption])
    return media_blocks.video(converter, title, line, src=src, caption=words)


def _provider(url: str) -> Callable[["MarkdownConverter", Shortcode, int], list[Block]]:
    def handler(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
        identifier = code.get("id", position=0)
        if not identifier:
            converter.context.log.warning("video", f"{code.name} without an id", line)
            return []
        start = f"&t={seconds}" if (seconds := code.get("start")) else ""
        film = parse_video(identifier) or parse_video(url.format(identifier) + start)
        title = converter.words(code.get("title"), line)
        if film is None:
            text = f"“{identifier}” is no film of {code.name}; left out"
            converter.context.log.warning("video", text, line)
            return _text((Run(title),), line) if title else []
        return media_blocks.video(converter, title, line, url=film.watch_url)

    return handler


def _callout(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    """`callout` names its kind, the others are named by it; a title may follow."""
    kind, position = code.get("type", "kind"), 0
    if not kind and code.name == "callout":
        kind, position = code.get(position=0) or "note", 1
    title = converter.words(code.get("title", position=position), line)
    inner = converter.inner_blocks(code, line) or converter.blocks(code.get("text"), line)
    return media_blocks.callout(kind or code.name, title, inner, line)


def _pull_quote(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    inner = converter.inner_blocks(code, line) or converter.blocks(
        code.get("text", "quote", position=0), line
    )
    texts = [block for block in inner if block.name == "text"]
    rest = [block for block in inner if block.name != "text"]
    if not texts:
        return rest
    person = converter.words(code.get("person", "author", "name", "by", "cite"), line)
    role = converter.words(code.get("role", "affiliation", "source", "title"), line)
    text = "\n".join(block.value.text for block in texts)
    value = {"text": text, "person": person[:120], "role": role[:160]}
    lines = [quoted for block in texts for quoted in block.value.lines]
    below = media_blocks.links_below(converter, [run for quoted in lines for run in quoted.runs])
    return [Block("pull_quote", value, line), *(_text(below, line)), *rest]


def _cta(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    label = converter.words(code.get("cta_text", "text", "label", position=0), line)
    href = code.get("cta_link", "link", "url", "href", position=1)
    if href:
        return [media_blocks.card_or_video(converter, href, label, line)]
    return _text((Run(label),), line) if label else []


def _details(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    """What was folded away is open here, below its summary: a reader on paper sees it too."""
    summary = converter.runs(code.get("summary", "title", position=0), line)
    return [*_text(media_blocks.bold(summary), line), *converter.inner_blocks(code, line)]


def _reference(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
    """An address in the middle of a text, which was none to click on: a link with a title."""
    href = code.get("path", position=0)
    link = converter.link(href, line) if href else None
    label = (media_blocks.label_of(converter, link) if link else "") or href
    return _text((Run(label, link=link),), line) if label else []


def _embedded(url: str) -> Callable[["MarkdownConverter", Shortcode, int], list[Block]]:
    """What Hugo embeds from elsewhere is a card here: readers choose whether they go there."""

    def handler(converter: "MarkdownConverter", code: Shortcode, line: int) -> list[Block]:
        address = url.format(
            user=code.get("user", position=0), id=code.get("id", position=len(code.positional) - 1)
        )
        return [media_blocks.card_or_video(converter, address, "", line)]

    return handler


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
    "ref": _reference,
    "relref": _reference,
    "gist": _embedded("https://gist.github.com/{user}/{id}"),
    "instagram": _embedded("https://www.instagram.com/p/{id}/"),
    "tweet": _embedded("https://x.com/{user}/status/{id}"),
    "x": _embedded("https://x.com/{user}/status/{id}"),
    "highlight": _code,
    "mermaid": _code,
}
