"""Raw HTML in Markdown: what is kept of it, and what is left out on purpose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nh3

from impact.portability import media_blocks
from impact.portability.comments import CLOSE, COMMENT
from impact.portability.content import Link, Mark, Run
from impact.portability.html_tree import VOID, parse_tree

if TYPE_CHECKING:
    from impact.portability.markdown import MarkdownConverter, Piece

MARKS: dict[str, Mark] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "cite": "italic",
    "code": "code",
    "kbd": "code",
    "samp": "code",
}
# What is in them is for browsers, not for readers.
DROPPED = frozenset({"script", "style", "noscript", "template"})
# Their words stay; what they do does not.
REDUCED = frozenset({"canvas", "form", "math", "select", "svg"})
# Elements of running text that are read with all that is in them.
WHOLE = DROPPED | {"audio", "embed", "iframe", "object", "video"}
STRUCK = frozenset({"del", "s", "strike"})
_SECTIONS = {"address", "article", "aside", "body", "center", "details", "dialog", "div", "footer"}
_SECTIONS |= {"header", "html", "main", "nav", "section", "summary", "figcaption", "p"}
_STRUCTURES = {"audio", "blockquote", "dd", "dl", "dt", "embed", "figure", "form", "hr", "iframe"}
_STRUCTURES |= {"li", "object", "ol", "pre", "ul", "video"}
_STRUCTURES |= {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
_CONTROLS = {"button", "fieldset", "label", "legend", "option", "select", "textarea"}
BLOCKS = frozenset(_SECTIONS | _STRUCTURES | _CONTROLS | {f"h{level}" for level in range(1, 7)})
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "title", "width"},
    "iframe": {"src", "title"},
    "embed": {"src", "title"},
    "object": {"data", "title"},
    "video": {"src", "title"},
    "audio": {"src", "title"},
    "source": {"src"},
    "ol": {"start"},
    "code": {"class"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
_INLINE = frozenset({"a", "img", "br", "sup", "sub", "span", "ins", "q"}) | STRUCK
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*?(?P<self>/?)>"
)
_DROPPED_WHOLE = re.compile(
    rf"<(?P<name>{'|'.join(sorted(DROPPED))})\b[^>]*>.*?</(?P=name)\s*>", re.DOTALL | re.IGNORECASE
)
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(frozen=True)
class Tag:
    """One tag in running text."""

    name: str
    closing: bool
    void: bool
    attrs: dict[str, str]


def read_tag(source: str) -> Tag | None:
    """Read one tag; None for a comment and the like."""
    match = _TAG.fullmatch(source.strip())
    if match is None:
        return None
    name = match["name"].lower()
    attrs: dict[str, str] = {}
    if not match["close"]:
        tree = parse_tree(clean(source))
        element = tree.find(name)
        attrs = element.attrs if element else {}
    return Tag(name, bool(match["close"]), name in VOID or bool(match["self"]), attrs)


def raised(text: str, name: str) -> str:
    """Return the characters of `sup` and `sub` as Unicode has them; the editor knows neither tag."""
    return text.translate(_RAISED if name == "sup" else _LOWERED)


def clean(source: str) -> str:
    """Return HTML without anything that runs, and without comments."""
    return nh3.clean(
        source,
        tags=set(MARKS) | BLOCKS | _INLINE | {"source"},
        attributes=_ATTRIBUTES,
        clean_content_tags=set(DROPPED),
        # A picture inside an address is reported as missing; nothing else reads such an address.
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
        strip_comments=True,
    )


def report_dropped(converter: "MarkdownConverter", source: str, line: int) -> None:
    """Say which parts of HTML were left out on purpose."""
    log = converter.context.log
    for comment in COMMENT.finditer(source):
        if comment[0].endswith(CLOSE):
            log.count("html_comments_dropped")
        else:
            opened = line + source.count("\n", 0, comment.start())
            converter.report_open_comment(opened, "all that follows it")
    shown = COMMENT.sub(_only_lines, source)
    for match in _TAG.finditer(shown):
        name = match["name"].lower()
        if name in DROPPED and not match["close"]:
            log.count(f"html_{name}_dropped")
            opened = line + shown.count("\n", 0, match.start())
            log.notice("html-dropped", f"<{name}> was left out", opened)
        elif name in REDUCED and not match["close"]:
            report_reduced(converter, name, line + shown.count("\n", 0, match.start()))


def report_reduced(converter: "MarkdownConverter", name: str, line: int) -> None:
    """Say that an element is not what it was."""
    text = f"of <{name}> only the words were kept"
    converter.context.log.notice("html-reduced", text, line)


def without_hidden(source: str) -> str:
    """Return HTML without comments and without what is dropped, every tag still on its line."""
    shown = _DROPPED_WHOLE.sub(_only_lines, COMMENT.sub(_only_lines, source))
    return _TAG.sub(lambda tag: tag[0].replace("\n", " ") + _only_lines(tag), shown)


def _only_lines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def image(
    converter: "MarkdownConverter",
    attrs: dict[str, str],
    caption: Sequence[tuple[Run, ...]],
    line: int,
    link: Link | None = None,
) -> "list[Piece]":
    """Return an `img`."""
    src = attrs.get("src", "")
    if not src:
        return [Run(attrs["alt"])] if attrs.get("alt") else []
    words = [runs for runs in caption if runs]
    if attrs.get("title") and not words:
        words = [converter.runs(attrs["title"], line)]
    return media_blocks.figure(
        converter, src, attrs.get("alt", ""), words, line, link=link, width=attrs.get("width", "")
    )
