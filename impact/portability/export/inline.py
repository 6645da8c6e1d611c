"""One line of Markdown: the runs of a paragraph, a caption or a cell.

What is written is read back as the same characters with the same marks, by CommonMark's rules. Two
tricks keep it so: a character that would mean something is escaped, and where a mark could not open or
close beside its neighbour (`a**"b"**c`), an empty comment `<!-- -->` stands between them, which neither
Hugo nor the import shows.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from impact.blocks.footnotes import KEY as NOTE_KEY
from impact.portability.content import LINE_SEPARATOR, PARAGRAPH_SEPARATOR, Link, Mark, Run
from impact.portability.export.params import text_param

JOINER = "<!-- -->"


@dataclass(frozen=True)
class Page:
    """What a line must know of the page that it stands on.

    `address` gives the address of a link as it stands there; `notes` are the keys of its footnotes.
    """

    address: Callable[[Link], str]
    notes: Collection[str] = ()


NOWHERE = Page(lambda _link: "")

_DELIMITERS: dict[Mark, str] = {"bold": "**", "italic": "*"}
_SPECIAL = re.compile(
    r"[\\`*\[\]~]"
    r"|<(?=[A-Za-z/!?])"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside of a word it means nothing
    r"|&(?=#?[0-9A-Za-z]+;)"
    r"|(?<=\{\{)[<%]"  # Hugo looks for shortcodes before anything else
)
_OTHER_SPACE = re.compile(r"[^\S ]")
_LINE_START = re.compile(r"(?P<sign>[#>+=:|-])|(?P<number>\d{1,9})(?P<dot>[.)])|(?P<space> )")
_DESTINATION = re.compile(r"[\\()<>]|&(?=#?[0-9A-Za-z]+;)|(?<=\{\{)%")


class NotInMarkdownError(ValueError):
    """These runs can't be written as a line of Markdown."""


@dataclass(frozen=True)
class _Token:
    kind: Literal["text", "code", "open", "close"]
    text: str


def line(runs: Sequence[Run], page: Page) -> str:
    r"""Return a line of Markdown; a break in it is `\` and a new line.

    Raises `NotInMarkdownError`.
    """
    if not any(run.text for run in runs):
        raise NotInMarkdownError("an empty line")
    if runs[-1].text.endswith("\n"):
        raise NotInMarkdownError("a break that nothing follows")
    text = _LineWriter(page).write(runs)
    return f"{text[:-1]}&#32;" if text.endswith(" ") else text


def one_line(lines: Sequence[Sequence[Run]], page: Page, *, at_start: bool = True) -> str:
    """Return several lines on one: parted by characters that mean just that.

    `at_start` says that it is a line of its own. Raises `NotInMarkdownError`.
    """
    if any(sign in run.text for runs in lines for run in runs for sign in _SEPARATORS):
        raise NotInMarkdownError("a character that parts lines")
    text = escape(PARAGRAPH_SEPARATOR).join(
        _LineWriter(page, at_start=at_start).write([_unbroken(run) for run in runs])
        for runs in lines
    )
    text = f"&#32;{text[1:]}" if text.startswith(" ") else text
    return f"{text[:-1]}&#32;" if text.endswith(" ") else text


def _unbroken(run: Run) -> Run:
    return Run(run.text.replace("\n", LINE_SEPARATOR), run.marks, run.link, run.note)


def cell(lines: Sequence[Sequence[Run]], page: Page) -> str:
    """Return the lines of a cell. Raises `NotInMarkdownError`."""
    # Tables take this backslash away before they read what is in the cell, code as well.
    return one_line(lines, page, at_start=False).replace("|", "\\|")


_SEPARATORS = (LINE_SEPARATOR, PARAGRAPH_SEPARATOR)


def plain_cell(text: str) -> str:
    """Return plain text as a cell."""
    return cell([[Run(text)]], NOWHERE) if text else ""


def plain_line(text: str) -> str:
    """Return plain text as a line of Markdown; a break in it is a line of its own."""
    return line([Run(text)], NOWHERE) if text else ""


class _LineWriter:
    def __init__(self, page: Page, *, at_start: bool = True) -> None:
        self.page = page
        self.at_start = at_start
        self.text = ""

    def write(self, runs: Sequence[Run]) -> str:
        for (link, note), group in groupby(runs, key=lambda run: (run.link, run.note)):
            members = list(group)
            if note:
                for _again in members:
                    self._mark(note)
            elif link is None:
                self._marked(members)
            else:
                self._bracket("[")
                self._marked(members)
                self.text += f"]({destination(self.page.address(link))})"
        return self.text

    def _mark(self, key: str) -> None:
        """Write the mark of a footnote; without its note Markdown would take it for words."""
        if key in self.page.notes and NOTE_KEY.fullmatch(key):
            self._bracket(f"[^{key}]")
        else:
            self.text += f'{{{{< footnote-mark key="{text_param(key)}" >}}}}'

    def _bracket(self, text: str) -> None:
        if self.text.endswith(("!", "^")):
            # `![` is a picture, `^[` a note.
            self.text = f"{self.text[:-1]}\\{self.text[-1]}"
        self.text += text

    def _marked(self, runs: Sequence[Run]) -> None:
        tokens = list(_tokens(runs))
        for position, token in enumerate(tokens):
            if token.kind == "text":
                self.text += self._plain(tokens, position)
            elif token.kind == "code":
                self.text += f"{JOINER if self.text.endswith('`') else ''}{token.text}"
            elif token.kind == "open":
                self.text += f"{self._before_open(tokens, position)}{token.text}"
            else:
                self.text += f"{token.text}{_after_close(tokens, position)}"

    def _plain(self, tokens: Sequence[_Token], position: int) -> str:
        text = tokens[position].text
        starts = self.at_start and (not self.text or self.text.endswith("\n"))
        # What follows the mark of a footnote must not make it the note itself, or a link.
        after_note = self.text.endswith("]") and text[0] in "(:{"
        written = f"\\{text[0]}{escape(text[1:])}" if after_note else escape(text, at_start=starts)
        # A mark opens before a word and closes behind one; a space there is written as what it is.
        if position and tokens[position - 1].kind == "open" and text.startswith(" "):
            written = f"&#32;{written.removeprefix(' ').removeprefix('&#32;')}"
        if written.endswith(" ") and [t.kind for t in tokens[position + 1 :][:1]] == ["close"]:
            written = f"{written[:-1]}&#32;"
        return written

    def _before_open(self, tokens: Sequence[_Token], position: int) -> str:
        if position and tokens[position - 1].kind == "open":
            return ""
        following = next(token.text for token in tokens[position:] if token.kind in _WORDS)
        return "" if _is_word(following[0]) or _parts(self.text[-1:]) else JOINER


_WORDS = frozenset({"text", "code"})


def _after_close(tokens: Sequence[_Token], position: int) -> str:
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is None or following.kind == "close":
        return ""
    if following.kind == "open":
        return JOINER
    words = next(t.text for t in reversed(tokens[:position]) if t.kind in _WORDS)
    return "" if _is_word(words[-1]) or _parts(following.text[0]) else JOINER


def _tokens(runs: Sequence[Run]) -> Iterator[_Token]:
    """Yield words, and the marks that open and close around them; a mark that goes on stays open."""
    open_marks: list[Mark] = []
    for run in [*runs, Run("")]:
        wanted = [mark for mark in _DELIMITERS if mark in run.marks]
        kept = [mark for mark in open_marks if mark in wanted]
        while open_marks != kept[: len(open_marks)]:
            yield _Token("close", _DELIMITERS[open_marks.pop()])
        for mark in wanted:
            if mark not in open_marks:
                open_marks.append(mark)
                yield _Token("open", _DELIMITERS[mark])
        if "code" in run.marks:
            yield from _code(run.text)
        elif run.text:
            yield _Token("text", run.text)


def _code(text: str) -> Iterator[_Token]:
    """Yield spans of code; one that would open a shortcode is cut in two, which are read as one."""
    if "\n" in text:
        raise NotInMarkdownError("a break in code")
    for part in re.split(r"(?<=\{)(?=\{[<%])", text):
        ticks = "`" * (max((len(run) for run in re.findall("`+", part)), default=0) + 1)
        # A space at both ends is taken away again, and keeps ticks of the code from the span's own.
        pad = " " if (part[0] in "` " or part[-1] in "` ") and part.strip(" ") else ""
        yield _Token("code", f"{ticks}{pad}{part}{pad}{ticks}")


def _is_word(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character)[0] not in "PS"


def _parts(character: str) -> bool:
    """Whether a character, or the end of a line, is no part of a word."""
    return not character or not _is_word(character)


def escape(text: str, *, at_start: bool = False) -> str:
    """Return plain text so that Markdown reads it as it is; `at_start` says that it begins a line."""
    lines = [_OTHER_SPACE.sub(_entity, _SPECIAL.sub(r"\\\g<0>", part)) for part in text.split("\n")]
    return "\\\n".join(
        _escape_start(part) if number or at_start else part for number, part in enumerate(lines)
    )


def _entity(match: re.Match[str]) -> str:
    return "&nbsp;" if match[0] == "\xa0" else f"&#{ord(match[0])};"


def _escape_start(text: str) -> str:
    """Return a line that begins no list, heading, quotation or code."""
    match = _LINE_START.match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    if match["space"]:
        return f"&#32;{rest}"
    return f"\\{text}" if match["sign"] else f"{match['number']}\\{match['dot']}{rest}"


def destination(address: str) -> str:
    """Return an address as it stands between the brackets of a link."""
    if "\n" in address:
        raise NotInMarkdownError("a break in an address")
    escaped = _DESTINATION.sub(r"\\\g<0>", address)
    return f"<{escaped}>" if re.search(r"\s", address) else escaped
