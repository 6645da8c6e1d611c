"""From the bytes of a CSV file to lines with named cells, whatever program wrote it. Pure."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.utils.translation import gettext as _

from impact.metrics.exchange.columns import COLUMNS, REQUIRED, column_name

MAX_BYTES = 2_000_000
MAX_ROWS = 20_000

_DELIMITERS = ",;\t"
_WORKBOOK = b"PK\x03\x04"
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Excel's way of saying which sign separates cells; a line of its own before the headings.
_SEPARATOR_LINE = re.compile(r'\A"?sep=(?P<sign>[,;\t])"?\r?\n', re.IGNORECASE)


class TableError(ValueError):
    """The file as a whole can't be read; the message is for the person who made it."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line; `column` is empty where it is the whole line."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = _("line %(line)d") % {"line": self.line}
        return (
            f"{place}, {self.column}: {self.reason}" if self.column else f"{place}: {self.reason}"
        )


@dataclass(frozen=True)
class Line:
    """A row with the number of its first line in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a file, the columns that it has, and rows that don't fit under them."""

    columns: frozenset[str]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def read_table(data: bytes) -> Table:
    """Return the rows of a CSV file; raises `TableError`.

    Takes UTF-8 with or without byte order mark and UTF-16 with one; cells separated by comma, semicolon or
    tab; line breaks inside quotes. Empty rows, and columns without heading or content, are passed over.
    """
    text, delimiter = _without_separator_line(_decoded(data))
    delimiter = delimiter or _likely_delimiter(text)
    rows = _rows(text, delimiter)
    first = next(rows, None)
    headings = [column_name(cell) for cell in first[1]] if first else []
    _check(headings)
    lines, problems = [], []
    for number, cells in rows:
        if len(lines) >= MAX_ROWS:
            raise TableError(
                _("The file has more than %(max)d rows. Split it.") % {"max": MAX_ROWS}
            )
        if any(
            cell.strip() for cell, name in zip(cells, headings, strict=False) if not name
        ) or any(cell.strip() for cell in cells[len(headings) :]):
            problems.append(Problem(number, "", _("A cell stands under no heading.")))
        named = {name: "" for name in headings if name}
        named |= {name: cell for name, cell in zip(headings, cells, strict=False) if name}
        lines.append(Line(number, named))
    return Table(frozenset(filter(None, headings)), tuple(lines), tuple(problems))


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise TableError(
            _("The file is larger than %(max)d MB. Split it.") % {"max": MAX_BYTES // 10**6}
        )
    if data.startswith(_WORKBOOK):
        raise TableError(_("This is a workbook. Save it as “CSV UTF-8” first."))
    encoding = _BYTE_ORDER_MARKS.get(data[:2], "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TableError(
            _("Line %(line)d is not written in UTF-8. Save the file as “CSV UTF-8”.")
            % {"line": line}
        ) from error
    if "\0" in text:
        raise TableError(_("This is no text file."))
    return text


def _without_separator_line(text: str) -> tuple[str, str]:
    """Return the text with that line left empty, so that lines keep their numbers, and its sign."""
    found = _SEPARATOR_LINE.match(text)
    return (f"\n{text[found.end() :]}", found["sign"]) if found else (text, "")


def _likely_delimiter(text: str) -> str:
    """Return the sign that makes most headings out of the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(sign: str) -> int:
        cells = next(csv.reader([first], delimiter=sign), [])
        return len({column_name(cell) for cell in cells}.intersection(COLUMNS))

    return max(_DELIMITERS, key=known)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with the number of its first line."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise TableError(
            _("From line %(line)d on the quotes don't pair: %(error)s.")
            % {"line": before + 1, "error": error}
        ) from error


def _check(headings: list[str]) -> None:
    """Refuse headings that leave a doubt about what stands below them."""
    named = [name for name in headings if name]
    problems = []
    if missing := [name for name in REQUIRED if name not in named]:
        problems.append(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    if unknown := [name for name in named if name not in COLUMNS]:
        problems.append(
            _("These columns are not known: %(names)s.") % {"names": ", ".join(unknown)}
        )
    if twice := sorted({name for name in named if named.count(name) > 1}):
        problems.append(
            _("These columns stand there twice: %(names)s.") % {"names": ", ".join(twice)}
        )
    if problems:
        known = _("Known columns: %(names)s.") % {"names": ", ".join(COLUMNS)}
        raise TableError(" ".join([*problems, known]))
