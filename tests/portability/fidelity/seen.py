"""What a reader sees of a piece of HTML: its words in order, where links lead, which pictures stand there."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib

# A browser shows nothing of them (of a film, what is inside is for browsers without films).
_HIDDEN = frozenset(
    {"audio", "canvas", "head", "iframe", "noscript", "script", "style", "template", "video"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
    | {
        "kbd",
        "mark",
        "picture",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
    }
    | {"time", "tt", "u", "var", "wbr"}
)
# Marks and ways back of footnotes, in Hugo's page and in ours; their numbers are no words of the text.
_NOTES = frozenset({"footnote-ref", "footnote-backref", "footnote-back", "footnote-mark"})
_TOKEN = re.compile(r"\w+(?:'\w+)*|\S")
_FOLDED = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "\u00ad": "", "\u200b": "", "\ufe0f": "", "\ufe0e": ""}
)

ADDRESS = "address"
SITE_WIDE = "site-wide"
TITLE = "title"


@dataclass(frozen=True)
class Word:
    """A word; `reason` says why the importer may leave it out, where it may."""

    text: str
    reason: str = ""


@dataclass(frozen=True)
class Anchor:
    """A link: its address as written, and its words."""

    href: str
    text: str


@dataclass(frozen=True)
class Image:
    """A picture: its address as written, and its alt text."""

    src: str
    alt: str


@dataclass
class Seen:
    """All of it, in reading order; `players` has the addresses of frames and films."""

    words: list[Word] = field(default_factory=list)
    links: list[Anchor] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    players: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def parse(html: str) -> Element:
    """Return HTML as a browser understands it."""
    return html5lib.parse(html, namespaceHTMLElements=False)


def words_of(text: str) -> list[str]:
    """Return the words of a text: letters, digits and signs; punctuation parts them.

    Compatible characters, quotes and apostrophes are folded, upper and lower case are not.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)
    return [token for token in _TOKEN.findall(folded) if _says_something(token)]


def _says_something(token: str) -> bool:
    kind = unicodedata.category(token[0])
    return (
        token[0].isalnum()
        or (len(token) > 1 and kind != "Pc")
        or kind in {"Sc", "So"}
        or token in "+="
    )


def look(
    root: Element,
    title: str = "",
    site_wide: frozenset[str] = frozenset(),
    hidden: frozenset[str] = frozenset(),
) -> Seen:
    """Return what a reader sees below an element.

    `title` and `site_wide` (names of shortcodes) tell the words that may be left out; elements of one of
    the classes `hidden` are not looked at.
    """
    reader = _Reader(site_wide, hidden)
    reader.visit(root, "")
    reader.end_word()
    seen = reader.seen
    opening = words_of(title)
    if opening and reader.first_heading == opening:
        for number in range(len(opening)):
            seen.words[number] = Word(seen.words[number].text, TITLE)
    return seen


class _Reader:
    def __init__(self, site_wide: frozenset[str], hidden: frozenset[str]) -> None:
        self.seen = Seen()
        self.site_wide = site_wide
        self.hidden = hidden
        self.first_heading: list[str] = []
        self.pending: list[tuple[str, str]] = []

    def visit(self, element: Element, reason: str) -> None:
        if not isinstance(element.tag, str) or element.tag in _HIDDEN:
            self._note_player(element)
            return
        classes = set(element.get("class", "").split())
        if classes & (self.hidden | _NOTES):
            self._end_notes(element)
            return
        if identifier := element.get("id"):
            self.seen.ids.add(identifier)
        if element.get("data-shortcode") in self.site_wide:
            reason = SITE_WIDE
        if element.tag == "a" and (href := element.get("href")):
            text = "".join(element.itertext())
            self.seen.links.append(Anchor(href, " ".join(text.split())))
            if is_address(text, href):
                reason = reason or ADDRESS
        if element.tag == "img":
            alt = " ".join(element.get("alt", "").split())
            self.seen.images.append(Image(element.get("src", ""), alt))
        apart = element.tag not in _INLINE
        if apart:
            self.end_word()
        before = len(self.seen.words)
        self._add(element.text, reason)
        for child in element:
            self.visit(child, reason)
            self._add(child.tail, reason)
        if apart:
            self.end_word()
        if re.fullmatch("h[1-6]", element.tag) and before == 0:
            self.first_heading = [word.text for word in self.seen.words]

    def _end_notes(self, element: Element) -> None:
        if identifier := element.get("id"):
            self.seen.ids.add(identifier)

    def _note_player(self, element: Element) -> None:
        if element.tag not in {"iframe", "video"}:
            return
        sources = [element.get("src"), *(child.get("src") for child in element.iter("source"))]
        self.seen.players += [src for src in sources if src]

    def _add(self, text: str | None, reason: str) -> None:
        if text:
            self.pending.append((text, reason))

    def end_word(self) -> None:
        """Read the words of what was collected since the last border between blocks."""
        text = "".join(part for part, _reason in self.pending)
        reasons = [reason for part, reason in self.pending for _c in part]
        self.pending = []
        for match in re.finditer(r"\S+", text):
            # A word that is only partly one to leave out (a full stop behind an address) stays in.
            [reason, *others] = dict.fromkeys(reasons[match.start() : match.end()])
            reason = "" if others else reason
            self.seen.words += [Word(word, reason) for word in words_of(match[0])]


def is_address(text: str, href: str) -> bool:
    """Return whether a link says nothing but its address."""
    return _bare(text) == _bare(href)


def _bare(address: str) -> str:
    return re.sub(r"^(?:mailto:|https?://)?(?:www\.)?|/$", "", address.strip()).casefold()


def below(root: Element, css: str) -> Iterator[Element]:
    """Yield the elements with a class."""
    return (e for e in root.iter() if isinstance(e.tag, str) and css in e.get("class", "").split())
