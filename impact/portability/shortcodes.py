"""Hugo's shortcodes: finding them, reading their parameters, and teaching the Markdown parser."""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

TAG = re.compile(
    r"\{\{[<%]\s*(?P<close>/?)\s*(?P<name>\w[\w.-]*(?:/[\w.-]+)*)"
    r"(?P<params>(?:\s|\"(?:\\.|[^\"\\])*\"|`[^`]*`|[^\s\"`>%/]|/(?!\s*[>%]\}\})|[>%](?!\}\}))*+)"
    r"(?P<self>/?)\s*[>%]\}\}"
)
_PARAM = re.compile(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?:\"(?P<quoted>(?:\\.|[^\"\\])*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`]+))"
)
REFS = frozenset({"ref", "relref"})
_CODE_OR_TAG = re.compile(
    rf"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|{TAG.pattern}", re.DOTALL
)
# Where a reference stands for the address of a link, in Markdown and in HTML.
_ADDRESS = re.compile(r"(?:\]\(\s*<?|=\s*[\"']?)$")
_DEFINITION = re.compile(rf" {{0,3}}\[(?P<label>[^\]\n]+)\]:[ \t]*(?P<tag>{TAG.pattern})[ \t]*")
# No call is longer; without an end a text of such beginnings would be read again and again.
_ESCAPED = re.compile(r"\{\{([<%])/\*(.{0,1000}?)\*/([>%])\}\}", re.DOTALL)


@dataclass(frozen=True)
class Shortcode:
    """One use of a shortcode; `inner` is None unless it has a closing tag."""

    name: str
    named: dict[str, str] = field(default_factory=dict)
    positional: tuple[str, ...] = ()
    inner: str | None = None
    inner_line: int = 0

    def get(self, *names: str, position: int | None = None) -> str:
        """Return the first named parameter that is there, else the positional one, else nothing."""
        for name in names:
            if value := self.named.get(name, "").strip():
                return value
        if position is not None and position < len(self.positional):
            return self.positional[position].strip()
        return ""


@dataclass(frozen=True)
class Found:
    """A shortcode and where it stands in a text."""

    shortcode: Shortcode
    start: int
    end: int


def resolve_refs(text: str) -> str:
    """Write `{{< ref "page" >}}` as the address that it means, so that links parse as links.

    Only where an address belongs, and never in code.
    """
    if "ref" not in text:
        return text

    def address(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 9) : match.start()]
        if match["ticks"] or match["name"] not in REFS or not _ADDRESS.search(before):
            return match[0]
        return _target(match)

    return _CODE_OR_TAG.sub(address, text)


def _target(tag: re.Match[str]) -> str:
    named, positional = _parameters(tag["params"])
    return (named.get("path") or next(iter(positional), "")).strip().replace(" ", "%20")


def unescaped(text: str) -> str:
    """Return a text in which `{{</* x */>}}`, Hugo's way to show a shortcode, is what it shows."""
    return _ESCAPED.sub(r"{{\1\2\3}}", text)


def find(text: str, start: int = 0) -> Found | None:
    """Return the shortcode that begins at a position, with what stands before its closing tag."""
    match = TAG.match(text, start)
    if match is None or match["close"]:
        return None
    named, positional = _parameters(match["params"])
    closing = None if match["self"] else _closing(text, match)
    if closing is None:
        return Found(Shortcode(match["name"], named, positional), start, match.end())
    inner = text[match.end() : closing.start()]
    line = text.count("\n", start, match.end())
    return Found(Shortcode(match["name"], named, positional, inner, line), start, closing.end())


def shortcodes_in(text: str) -> list[Shortcode]:
    """Return the shortcodes of a text, those inside of others left out."""
    found: list[Shortcode] = []
    position = text.find("{{")
    while position != -1:
        one = find(text, position)
        if one is not None:
            found.append(one.shortcode)
        position = text.find("{{", one.end if one is not None else position + 2)
    return found


def _closing(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    name = re.escape(opening["name"])
    if not re.compile(rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}").search(text, opening.end()):
        return None
    depth = 1
    for match in TAG.finditer(text, opening.end()):
        if match["name"] == opening["name"] and not match["self"]:
            depth += -1 if match["close"] else 1
            if not depth:
                return match
    return None


def _parameters(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    named: dict[str, str] = {}
    positional: list[str] = []
    for match in _PARAM.finditer(text):
        value = match["quoted"]
        if value is not None:
            # As in Hugo: one quotation mark with a backslash, and all backslashes go.
            value = value.replace("\\", "") if '\\"' in value else value
        else:
            value = match["raw"] if match["raw"] is not None else match["bare"]
        if match["key"]:
            named[match["key"]] = value
        else:
            positional.append(value)
    return named, tuple(positional)


def shortcode_plugin(md: MarkdownIt) -> None:
    """Let the parser make a `shortcode` token of each shortcode; code is never looked into."""
    # Before lists and HTML, and able to end a paragraph, as Hugo treats one on a line of its own.
    md.block.ruler.before(
        "table", "shortcode", _block_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.before("reference", "reference_to_ref", _reference_rule)
    md.core.ruler.after("block", "refs", _refs_rule)
    md.inline.ruler.before("link", "shortcode", _inline_rule)


def _refs_rule(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.content = resolve_refs(token.content)


def _reference_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`[label]: {{< ref "page" >}}`, whose spaces and quotes are no address to Markdown."""
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if state.is_code_block(start_line) or not state.src.startswith("[", start):
        return False
    match = _DEFINITION.fullmatch(state.src, start, end)
    if match is None or match["name"] not in REFS:
        return False
    if not silent:
        label = normalizeReference(match["label"])
        definition = {"title": "", "href": _target(match), "map": [start_line, start_line + 1]}
        state.env.setdefault("references", {}).setdefault(label, definition)
        state.line = start_line + 1
    return True


def _block_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.is_code_block(start_line) or not state.src.startswith("{{", start):
        return False
    # The block's own part of the source: a quotation or an item ends before the whole text does.
    found = find(state.src[: state.eMarks[end_line - 1]], start)
    if found is None or state.src[found.end :].split("\n", 1)[0].strip():
        return False
    if not silent:
        last = start_line + state.src.count("\n", start, found.end)
        token = state.push("shortcode", "", 0)
        token.block = True
        token.map = [start_line, last + 1]
        token.meta = {"shortcode": found.shortcode}
        state.line = last + 1
    return True


def _inline_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    if shown := _ESCAPED.match(state.src, state.pos, state.posMax):
        if not silent:
            state.push("text", "", 0).content = unescaped(shown[0])
        state.pos = shown.end()
        return True
    found = find(state.src[: state.posMax], state.pos)
    if found is not None:
        end = found.end
    else:
        closing = TAG.match(state.src, state.pos)
        if closing is None:
            return False
        end = closing.end()
    if not silent and found is not None:
        token = state.push("shortcode", "", 0)
        token.meta = {"shortcode": found.shortcode}
        token.content = state.src[state.pos : end]
    state.pos = end
    return True
