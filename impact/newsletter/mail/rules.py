"""Whether mail programs can show a mail: what they support, as a table, and a check against it. Pure.

Support is what caniemail.com records (github.com/hteumeuleu/caniemail, read in November 2026); each entry
names its page there (`css-padding` is caniemail.com/features/css-padding/), or none where nobody ever had to
ask. Outlook on Windows, which draws with Word, counts as much as the others. What the tables don't name is a
finding.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from impact.newsletter.mail.html import LIMIT
from impact.newsletter.mail.targets import ANY, Target

# Gmail ignores a sheet that is longer, with everything in it: developers.google.com/gmail/design/css.
LONGEST_SHEET = 8192

# Elements that all programs show, by the page that says so.
ELEMENTS = {
    "html": "", "head": "", "meta": "", "title": "", "style": "html-style", "body": "html-body",
    "div": "html-div", "span": "html-span", "p": "html-p",
    "h1": "html-h1-h6", "h2": "html-h1-h6", "h3": "html-h1-h6",
    "table": "html-table", "tbody": "html-table", "tr": "html-table", "td": "html-table",
    "a": "", "img": "", "br": "", "strong": "html-strong", "em": "", "code": "html-code",
    "ul": "html-lists", "ol": "html-lists", "li": "html-lists", "blockquote": "html-blockquote",
}  # fmt: skip

# Where Word knows a property; elsewhere it does as if it were not there.
CELLS = frozenset({"td"})
SIZED = frozenset({"table", "td"})
IMAGES = frozenset({"img"})
# A list has its own distances there, and a quotation is told by its line.
PADDED = CELLS | {"ul", "ol", "blockquote"}


@dataclass(frozen=True)
class Property:
    """What is known of a property of CSS.

    `feature` is its page at caniemail.com. `value` is what its value has to match, `where` the elements on
    which Outlook on Windows knows it, where these are not all. `without` says what is seen where it is not
    known and why that is good enough; empty where all know it.
    """

    feature: str
    value: str = ""
    where: frozenset[str] = frozenset()
    without: str = ""


_LENGTH = r"0|\d+(\.\d+)?(px|%)"
_BOX = rf"({_LENGTH})( ({_LENGTH})){{0,3}}"
_COLOUR = r"#[0-9a-f]{6}"
_LINE = rf"0|\d+px solid {_COLOUR}"

PROPERTIES = {
    "color": Property("", _COLOUR),
    "background-color": Property("css-background-color", _COLOUR),
    "font-family": Property("css-font"),
    "font-size": Property("css-font-size", r"\d+px"),
    "font-weight": Property("css-font-weight", "normal|bold"),
    "line-height": Property("css-line-height", r"\d(\.\d+)?|1px"),
    "text-align": Property("css-text-align", "left|right|center"),
    "text-decoration": Property("css-text-decoration", "none|underline"),
    "vertical-align": Property("css-vertical-align", "top|middle|bottom"),
    "border": Property("css-border", _LINE),
    "border-top": Property("css-border", _LINE),
    "border-left": Property("css-border", _LINE, without="a quotation is indented all the same"),
    "border-right": Property("css-border", _LINE, without="a quotation is indented all the same"),
    "border-collapse": Property("css-border-collapse", "collapse|separate"),
    # Where it is not known, pictures that are not loaded may widen a phone's column.
    "table-layout": Property("css-table-layout", "fixed", frozenset({"table"})),
    "border-spacing": Property("css-border-spacing", "0", without="a pixel around a button"),
    "word-break": Property("css-word-break", "break-word", without="endless words run on"),
    # Negative values are taken away by Gmail and Outlook, `auto` by Word: a table for it alone centres there.
    "margin": Property("css-margin", rf"{_BOX}|0 auto"),
    "padding": Property("css-padding", _BOX, PADDED),
    "padding-left": Property("css-padding", _LENGTH, PADDED),
    "padding-right": Property("css-padding", _LENGTH, PADDED),
    "width": Property("css-width", _LENGTH, SIZED),
    "height": Property("css-height", "auto", IMAGES, without="the attribute says it"),
    # Word doesn't know it: the sheet stands in a table for Word alone, a picture has its attributes.
    "max-width": Property("css-max-width", _LENGTH, without="a table for Word sets the width"),
    "border-radius": Property("css-border-radius", r"\d+px", without="square corners"),
    "display": Property("css-display", "block|none", without="a gap below a picture; mso-hide"),
    # What hides the words for the list of mails, each from another program.
    "overflow": Property("css-overflow", "hidden", without="the others hide it"),
    "max-height": Property("css-max-height", "0", without="the others hide it"),
    "mso-hide": Property("css-display-none", "all"),
}

# Conditions of sheets that some programs read. The others show the mail without them.
CONDITIONS = {
    "max-width": "css-at-media",
    "prefers-color-scheme": "css-at-media-prefers-color-scheme",
}
# Kinds of pictures that some programs leave out.
UNSEEN = {".svg": "image-svg", ".webp": "image-webp", ".avif": "image-avif"}

_CLASSES = re.compile(r"(\.[a-z][a-z-]*)( img)?")
_MEDIA = re.compile(r"@media\s*([^{]+)\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@dataclass(frozen=True)
class Finding:
    """Something that some mail program can't show; `feature` is the page that says so, if one does."""

    feature: str
    text: str

    def __str__(self) -> str:
        return f"{self.text} ({self.feature})" if self.feature else self.text


def findings(html: str, target: Target = ANY) -> list[Finding]:
    """Return what mail programs can't show of a mail; nothing for a good one."""
    reader = _Reader(target)
    reader.feed(html)
    reader.close()
    found = list(reader.found)
    size = len(html.encode())
    if size > LIMIT:
        found.append(Finding("", f"it weighs {size} bytes, more than {LIMIT}"))
    if not html.lstrip().lower().startswith("<!doctype html>"):
        found.append(Finding("html-doctype", "it does not begin with <!doctype html>"))
    if "[if mso]><table" not in html:
        found.append(Finding("css-max-width", "no table sets the width for Word"))
    return found


class _Reader(HTMLParser):
    """Looks at each element of a mail in turn."""

    def __init__(self, target: Target) -> None:
        super().__init__(convert_charrefs=True)
        self._target = target
        self.found: list[Finding] = []
        self._inside: list[str] = []
        self._sheet = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check an element, its attributes and its styles."""
        given = {name: value or "" for name, value in attrs}
        if tag not in ELEMENTS:
            self._say(f"html-{tag}", f"<{tag}> is not shown everywhere")
        if tag == "style" and "body" in self._inside:
            self._say("html-style", "a sheet inside the body is ignored")
        if tag == "table" and given.get("role") != "presentation":
            self._say("html-role", "a table of the layout is read out as one")
        for name in given:
            if name.startswith("on"):
                self._say("", f"{name}= runs nowhere")
        for name in ("href", "src", "background", "srcset", "action"):
            if name in given:
                self._address(tag, name, given[name])
        if tag == "img":
            self._picture(given)
        for name, value in declarations(given.get("style", "")):
            self._declaration(tag, name, value)
        if tag not in ("meta", "img", "br"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check a sheet at its end."""
        if tag == "style":
            self._check_sheet(self._sheet)
            self._sheet = ""
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Collect a sheet."""
        if self._inside and self._inside[-1] == "style":
            self._sheet += data

    def _say(self, feature: str, text: str) -> None:
        self.found.append(Finding(feature, text))

    def _address(self, tag: str, name: str, value: str) -> None:
        if name not in ("href", "src"):
            self._say(f"html-{name}", f"{name}= is ignored")
            return
        if name == "href" and value and value == self._target.unsubscribe:
            return
        parts = urlsplit(value)
        allowed = ("http", "https") if name == "src" else ("http", "https", "mailto", "tel")
        if parts.scheme not in allowed or not (parts.netloc or parts.path):
            self._say("", f"{name}={value!r} leads nowhere from a mail")

    def _picture(self, given: dict[str, str]) -> None:
        source = given.get("src", "")
        for name in ("alt", "width", "height"):
            if name not in given:
                self._say("", f"the picture {source!r} has no {name}")
        for name in ("width", "height"):
            if not given.get(name, "1").isdecimal():
                self._say("", f"the picture {source!r} has a {name} that is no number")
        for ending, feature in UNSEEN.items():
            if urlsplit(source).path.lower().endswith(ending):
                self._say(feature, f"the picture {source!r} is not shown everywhere")
        if "block" not in dict(declarations(given.get("style", ""))).get("display", ""):
            self._say("css-display", f"the picture {source!r} leaves a gap below it")

    def _declaration(self, tag: str, name: str, value: str) -> None:
        known = PROPERTIES.get(name)
        if known is None:
            self._say(f"css-{name}", f"{name}: {value} is not known everywhere")
        elif known.value and not re.fullmatch(known.value, value, re.IGNORECASE):
            self._say(known.feature, f"{name}: {value} on <{tag}> is not known everywhere")
        elif known.where and tag not in known.where and value != "0":
            self._say(known.feature, f"{name} on <{tag}> is ignored by Outlook")

    def _check_sheet(self, sheet: str) -> None:
        if len(sheet) > LONGEST_SHEET:
            self._say("html-style", f"a sheet of {len(sheet)} characters is ignored by Gmail")
        for message in _of_sheet(sheet):
            self._say("css-at-media", message)


def _of_sheet(sheet: str) -> Iterator[str]:
    """Yield what is wrong with a sheet that stays one: it may only refine what the elements say."""
    for condition, rules in _MEDIA.findall(sheet):
        names = re.findall(r"\(\s*([a-z-]+)", condition)
        if condition.strip() != "all" and (not names or set(names) - CONDITIONS.keys()):
            yield f"@media {condition.strip()} is not known"
        for selectors, body in _RULE.findall(rules):
            for selector in selectors.split(","):
                if not _CLASSES.fullmatch(selector.strip()):
                    yield f"the selector {selector.strip()} is not known everywhere"
            for name, value in declarations(body):
                if not value.endswith("!important"):
                    yield f"{name}: {value} loses against the styles of the elements"
    left = _MEDIA.sub("", sheet).strip()
    if left:
        yield f"{left[:40]!r} should stand in the elements"


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """Yield the properties and values of a style, with single spaces."""
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), " ".join(value.split())
