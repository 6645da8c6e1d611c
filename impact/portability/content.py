"""What a text is made of between Markdown and the database: lines, runs, references, blocks.

Nothing here knows ids: a page is named by its key (the path of its file below the content), a file by
the hash of its bytes. All of it is plain, comparable data, so that a plan can be printed and hashed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Mark = Literal["bold", "code", "italic"]
LineKind = Literal["p", "ul", "ol", "blockquote"]

# Of Unicode; the breaks in exported cells and captions, which stand on one line.
LINE_SEPARATOR, PARAGRAPH_SEPARATOR = "\u2028", "\u2029"


@dataclass(frozen=True)
class Link:
    """Where a link leads: to a page by its key, with query and fragment, to a file, or to an address.

    A `picture` is no place to go to here: whoever meets one shows it.
    """

    page: str = ""
    suffix: str = ""
    href: str = ""
    file: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Run:
    """Characters that share marks and link; `"\\n"` is a hard break. `note` makes it a footnote mark."""

    text: str
    marks: tuple[Mark, ...] = ()
    link: Link | None = None
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph, an item of a list at a depth, or a paragraph of a quotation."""

    runs: tuple[Run, ...]
    kind: LineKind = "p"
    depth: int = 0

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(run.text for run in self.runs if not run.note)


@dataclass(frozen=True)
class RichText:
    """Lines that stand in one rich-text value."""

    lines: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def text(self) -> str:
        """The words, a line each."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Picture:
    """A picture in use, with the alt text it has there; empty means decorative, unless it says not."""

    file: str
    alt: str = ""
    decorative: bool | None = None

    @property
    def is_decorative(self) -> bool:
        """Whether it says nothing that the text does not."""
        return not self.alt if self.decorative is None else self.decorative


@dataclass(frozen=True)
class Attachment:
    """An uploaded film or document."""

    file: str


@dataclass(frozen=True)
class PageRef:
    """A page."""

    key: str


@dataclass(frozen=True)
class Block:
    """A block of a body: its name in `BodyBlock`, and its value with references in place of ids."""

    name: str
    value: Any
    line: int = 0


def walk(value: Any) -> Iterator[Any]:
    """Yield every reference, run and text of a value, in reading order."""
    if isinstance(value, dict):
        for part in value.values():
            yield from walk(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from walk(part)
    elif isinstance(value, Block):
        yield from walk(value.value)
    elif isinstance(value, RichText):
        for line in value.lines:
            yield from line.runs
    elif value is not None:
        yield value


def plain(runs: list[Run] | tuple[Run, ...]) -> str:
    """Return the words of runs in one line."""
    return " ".join("".join(run.text for run in runs if not run.note).split())


def tidy(runs: list[Run] | tuple[Run, ...]) -> tuple[Run, ...]:
    """Collapse white space as HTML does, trim both ends, and join runs that are alike."""
    result: list[Run] = []
    space = False
    for run in runs:
        text = _collapse(run.text)
        if (space or not result) and text.startswith(" "):
            text = text[1:]
        if text.startswith("\n") and result and not result[-1].note:
            result[-1] = _replace(result[-1], result[-1].text.rstrip(" "))
        if not text:
            continue
        space = text[-1] in " \n"
        if result and _alike(result[-1], run):
            result[-1] = _replace(result[-1], result[-1].text + text)
        else:
            result.append(_replace(run, text))
    return _trim(result)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join runs that are alike, without a change to their characters."""
    result: list[Run] = []
    for run in runs:
        if result and _alike(result[-1], run):
            result[-1] = _replace(result[-1], result[-1].text + run.text)
        elif run.text:
            result.append(run)
    return tuple(result)


def _collapse(text: str) -> str:
    parts = (" ".join(_words(part)) for part in text.split("\n"))
    return "\n".join(parts)


def _words(text: str) -> list[str]:
    # Ordinary spaces only: a no-break space is the writer's.
    words = [word for word in text.replace("\t", " ").replace("\r", " ").split(" ") if word]
    if text[:1] in {" ", "\t", "\r"}:
        words.insert(0, "")
    if words != [""] and text[-1:] in {" ", "\t", "\r"}:
        words.append("")
    elif words == [""]:
        words = ["", ""]
    return words


def _replace(run: Run, text: str) -> Run:
    return Run(text, run.marks, run.link, run.note)


def _alike(one: Run, other: Run) -> bool:
    return (one.marks, one.link, one.note) == (other.marks, other.link, other.note) and not one.note


def _trim(runs: list[Run]) -> tuple[Run, ...]:
    while runs and not runs[-1].note:
        text = runs[-1].text.rstrip(" \n")
        if text:
            runs[-1] = _replace(runs[-1], text)
            break
        runs.pop()
    while runs and not runs[0].note:
        # The editor drops white space of every kind at the beginning.
        text = runs[0].text.lstrip()
        if text:
            runs[0] = _replace(runs[0], text)
            break
        runs.pop(0)
    return tuple(run for run in runs if run.text)
