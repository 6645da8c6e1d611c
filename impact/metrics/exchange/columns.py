"""The columns of a file of readings, and texts that no spreadsheet may take for formulas."""

import re

COLUMNS = (
    "metric",
    "period_start",
    "date",
    "value",
    "precision",
    "currency",
    "community",
    "source",
    "note",
)
REQUIRED = ("metric", "date", "value")
# Other names under which a column may stand.
ALIASES = {
    "period_end": "date",
    "end": "date",
    "start": "period_start",
    "from": "period_start",
    "source_url": "source",
}
# A spreadsheet runs a cell that begins like this, whoever wrote it. An apostrophe makes it a text, as it
# does for whoever types it; one that stands there already gets another, so that none is lost on the way.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def column_name(heading: str) -> str:
    """Return the column that a heading names: capitals, spaces and hyphens make no difference."""
    name = re.sub(r"[\s_-]+", "_", heading.strip().casefold())
    return ALIASES.get(name, name)


def guarded(text: str) -> str:
    """Return a text as a cell that is no formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a guarded cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def one_line(text: str) -> str:
    """Return a text without line breaks and outer spaces, as a field of one line keeps it."""
    return re.sub(r"\s*[\r\n]+\s*", " ", text).strip()
