"""Shortcodes as Hugo is to read them here: each name gets a layout that prints whatever it would show.

The names are found by a plain expression. A theme decides what a shortcode shows; without the theme, what
readers would see are its words (`caption`, `title`, `text` and the like), what is inside, and its picture.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

TAG = re.compile(
    r"\{\{(?P<open>[<%])(?P<escaped>/\*)?\s*(?P<close>/)?\s*(?P<name>[\w][\w./-]*)"
    r"(?P<params>(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|[^\"`])*?)\s*(?P<self>/)?\s*(?:\*/)?[>%]\}\}"
)
# The same on every page of the old site; the importer says that it leaves them out.
SITE_WIDE = ("about-us", "feedback")
AS_MARKDOWN = "as-markdown-"

_WORDS = (
    *("heading", "title", "subtitle", "caption", "text", "quote", "label", "cta_text", "summary"),
    *("description", "content"),
)
_ATTRIBUTION = ("attr", "person", "author", "name", "by", "cite", "role", "affiliation", "credit")
_TARGETS = ("link", "href", "url", "cta_link", "attrlink")
_PLAYERS = {
    "youtube": "https://www.youtube.com/embed/",
    "vimeo": "https://player.vimeo.com/video/",
}
_CODE_SPAN = re.compile(
    r"^[ ]{0,3}(?:>[ ]?)*(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^[ >]*(?P=fence)[`~]*[ ]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)",
    re.M | re.S,
)

# `.Get` fails where parameters are of the other sort; the dictionary does not.
_LAYOUT = """
{{- $named := .IsNamedParams -}}
{{- $file := "" -}}{{- $target := "" -}}{{- $words := slice -}}
{{- if $named -}}
  {{- $file = or (index .Params "src") (index .Params "mp4") (index .Params "webm") -}}
  {{- range (slice TARGETS) }}{{ with index $.Params . }}{{ $target = or $target . }}{{ end }}{{ end -}}
  {{- range (slice WORDS) }}{{ with index $.Params . }}{{ $words = $words | append . }}{{ end }}{{ end -}}
{{- else -}}
  {{- range $number, $value := .Params -}}
    {{- if and (eq $number 0) FILE_FIRST }}{{ $file = $value }}
    {{- else if or (in $value " ") (and (eq $number 0) WORD_FIRST) }}{{ $words = $words | append $value }}
    {{- else if findRE `^https?://` $value }}{{ $target = $value }}{{ end -}}
  {{- end -}}
{{- end -}}
{{- $alt := "" }}{{ if $named }}{{ $alt = or (index .Params "alt") "" }}{{ end -}}
SPAN_OPEN
{{- if $file -}}
  {{- if findRE `(?i)\\.(mp4|webm|mov|ogv)$` $file -}}
    <video src="{{ $file }}"></video>
  {{- else if findRE `^https?://` $file -}}
    {{ if PICTURE }}<img src="{{ $file }}" alt="{{ $alt }}">{{ else }}<a href="{{ $file }}"></a>{{ end }}
  {{- else -}}
    <img src="{{ $file }}" alt="{{ $alt }}">
  {{- end -}}
{{- end -}}
{{- range $words }}<span class="words"> {{ . | $.Page.RenderString }} </span>{{ end -}}
{{- with $target }}<a href="{{ . }}"></a>{{ end -}}
SPAN_CLOSE
"""
_ATTRIBUTED = """
{{- if .IsNamedParams -}}
SPAN_OPEN
{{- range (slice WORDS) }}{{ with index $.Params . -}}
  <span class="words"> {{ . | $.Page.RenderString }} </span>
{{- end }}{{ end -}}
SPAN_CLOSE
{{- end -}}
"""
_PLAYER = """SPAN_OPEN
{{- $id := "" }}{{ if .IsNamedParams }}{{ $id = .Get "id" }}{{ else }}{{ $id = .Get 0 }}{{ end -}}
<iframe src="ADDRESS{{ $id }}"></iframe>
SPAN_CLOSE"""
_INNER = """<div data-shortcode="NAME">
{{- .InnerDeindent | $.Page.RenderString (dict "display" "block") -}}
</div>"""
_VERBATIM = "<pre>{{ .Inner | transform.HTMLEscape | safeHTML }}</pre>"
_CODE = frozenset({"highlight", "mermaid"})
_FILE_FIRST = frozenset({"figure", "img", "image", "picture", "video"})
_WORD_FIRST = frozenset({"cta", "details", "button", "pull-quote", "pullquote", "quote"})


def names(text: str) -> Counter[str]:
    """Return how often each shortcode is opened, outside code."""
    return Counter(tag["name"] for tag in _tags(text) if not tag["close"])


def paired(texts: Iterable[str]) -> set[str]:
    """Return the names that are closed anywhere: their layout shows what is inside."""
    return {tag["name"] for text in texts for tag in _tags(text) if tag["close"]}


def _tags(text: str) -> list[re.Match[str]]:
    """The tags of shortcodes that are used, not shown: neither in code nor written with `/*`."""
    code = [match.span() for match in _CODE_SPAN.finditer(text)]
    return [
        tag
        for tag in TAG.finditer(text)
        if not tag["escaped"] and not any(a < tag.start() < b for a, b in code)
    ]


def prepare(text: str, with_inner: set[str]) -> str:
    """Return a body in which every use of a shortcode agrees with its layout.

    Hugo asks for a closing tag wherever a layout shows what is inside: a use that has none closes itself.
    The form whose result is Markdown gets a name of its own, and one in code is written as text.
    """
    tags = _tags(text)
    used, unclosed = {tag.start() for tag in tags}, _unclosed(tags)

    def written(match: re.Match[str]) -> str:
        close = "%" if match["open"] == "%" else ">"
        if match["escaped"]:
            return match[0]
        if match.start() not in used:
            inside = match[0][3:-3]
            return f"{{{{{match['open']}/*{inside}*/{close}}}}}"
        name = f"{AS_MARKDOWN}{match['name']}" if match["open"] == "%" else match["name"]
        if match["close"]:
            return f"{{{{{match['open']} /{name} {close}}}}}"
        alone = match["self"] or (match.start() in unclosed and match["name"] in with_inner)
        return (
            f"{{{{{match['open']} {name}{match['params'] or ' '} {'/' if alone else ''}{close}}}}}"
        )

    return TAG.sub(written, text)


def _unclosed(tags: Sequence[re.Match[str]]) -> set[int]:
    """Where the tags begin that no closing tag belongs to."""
    unclosed: set[int] = set()
    opened: list[re.Match[str]] = []
    for tag in tags:
        names_open = [match["name"] for match in opened]
        if not tag["close"]:
            if not tag["self"]:
                opened.append(tag)
        elif tag["name"] in names_open:
            position = len(opened) - 1 - names_open[::-1].index(tag["name"])
            unclosed |= {match.start() for match in opened[position + 1 :]}
            del opened[position:]
    return unclosed | {match.start() for match in opened}


def layouts(found: Iterable[str], with_inner: set[str]) -> dict[str, str]:
    """Return the layouts by file name, two for each shortcode."""
    result: dict[str, str] = {}
    for name in found:
        if name in {"ref", "relref"}:
            # Where it leads is decided by whoever compares; an address that can't be found ends no build.
            layout = '{{- if .IsNamedParams }}{{ .Get "path" }}{{ else }}{{ .Get 0 }}{{ end -}}'
            result[f"{name}.html"] = result[f"{AS_MARKDOWN}{name}.html"] = layout
            continue
        head = _head(name)
        foot = _ATTRIBUTED.replace("WORDS", _quoted(_ATTRIBUTION)).strip()
        inner = markdown = ""
        if name in with_inner:
            inner = _VERBATIM if name in _CODE else _INNER
            markdown = '\n\n<div data-shortcode="NAME">\n\n{{ .Inner }}\n\n</div>\n\n'
        result[f"{name}.html"] = _framed(f"{head}{inner}{foot}", name)
        result[f"{AS_MARKDOWN}{name}.html"] = _framed(f"{head}{markdown}{foot}", name)
    return result


def _head(name: str) -> str:
    if name in _PLAYERS:
        return _PLAYER.replace("ADDRESS", _PLAYERS[name])
    return (
        _LAYOUT.replace("TARGETS", _quoted(_TARGETS))
        .replace("WORDS", _quoted(_WORDS))
        .replace("FILE_FIRST", str(name in _FILE_FIRST).lower())
        .replace("WORD_FIRST", str(name in _WORD_FIRST).lower())
        .replace("PICTURE", str(name in _FILE_FIRST - {"video"}).lower())
        .strip()
    )


def _framed(layout: str, name: str) -> str:
    opening = '<span data-shortcode="NAME">'
    layout = layout.replace("SPAN_OPEN", opening).replace("SPAN_CLOSE", "</span>")
    return layout.replace("NAME", name)


def _quoted(words: Sequence[str]) -> str:
    return " ".join(f'"{word}"' for word in words)
