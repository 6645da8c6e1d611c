"""One row of a file: what it says a reading was, or everything that is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from impact.metrics.directory import Directory
from impact.metrics.exchange.columns import one_line, unguarded
from impact.metrics.exchange.table import Line, Problem
from impact.metrics.models import Metric, Precision, Reading
from impact.pages.amounts import Amount, AmountError, agreed_precision, read_amount

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_LONGEST_SOURCE = Reading._meta.get_field("source_url").max_length
_LONGEST_NOTE = Reading._meta.get_field("note").max_length
_is_address = URLValidator(schemes=["http", "https"])

Key = tuple[int, date, int | None]


@dataclass(frozen=True)
class Values:
    """What a reading says, apart from what it is a reading of."""

    value: Decimal
    precision: str
    period_start: date | None = None
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A reading as a file gives it; what the file has no column for is None and stays as it is."""

    line: int
    metric: Metric
    day: date
    community_id: int | None
    community: str
    value: Decimal
    precision: str
    period_start: date | None
    source_url: str | None
    note: str | None
    has_period: bool
    strict: bool

    @property
    def key(self) -> Key:
        """What the reading is known by."""
        return self.metric.pk, self.day, self.community_id

    def over(self, before: Values | None) -> Values:
        """Return what the reading says once the row is imported."""
        kept = before or Values(self.value, self.precision)
        return Values(
            value=self.value,
            precision=self.precision,
            period_start=self.period_start if self.has_period else kept.period_start,
            source_url=kept.source_url if self.source_url is None else self.source_url,
            note=kept.note if self.note is None else self.note,
        )


class _Cells:
    """The cells of a row, and what was found wrong while they were read."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.problems: list[Problem] = []

    def text(self, column: str) -> str:
        return one_line(unguarded(self.line.cells.get(column, "").strip()))

    def refuse(self, column: str, reason: str) -> None:
        self.problems.append(Problem(self.line.number, column, reason))


def read_row(
    line: Line, metrics: Mapping[str, Metric], communities: Directory
) -> Row | list[Problem]:
    """Return a row as a reading, or all that is wrong with it."""
    cells = _Cells(line)
    metric = _metric(cells, metrics)
    day = _day(cells, "date")
    start = _day(cells, "period_start")
    if start and day and start > day:
        cells.refuse("period_start", _("The period begins after it ends."))
    community_id = _community(cells, communities)
    amount = _amount(cells, metric)
    precision = _precision(cells, amount)
    source, note = _source(cells), _note(cells)
    if cells.problems or metric is None or day is None or amount is None:
        return cells.problems
    given = line.cells.keys()
    return Row(
        line=line.number,
        metric=metric,
        day=day,
        community_id=community_id,
        community=communities.names[community_id] if community_id else "",
        value=amount.value,
        precision=precision,
        period_start=start,
        source_url=source if "source" in given else None,
        note=note if "note" in given else None,
        has_period="period_start" in given,
        strict=amount.strict,
    )


def _metric(cells: _Cells, metrics: Mapping[str, Metric]) -> Metric | None:
    slug = cells.text("metric")
    metric = metrics.get(slug)
    if not slug:
        cells.refuse("metric", _("A metric is missing."))
    elif metric is None:
        cells.refuse("metric", _("There is no metric “%(slug)s”.") % {"slug": slug})
    return metric


def _day(cells: _Cells, column: str) -> date | None:
    text = cells.text(column)
    if not text:
        if column == "date":
            cells.refuse(column, _("A date is missing."))
        return None
    try:
        days = set(_possible_days(text))
    except ValueError:
        days = set()
    if len(days) == 1:
        return days.pop()
    if days:
        first, second = sorted(day.isoformat() for day in days)
        reason = _("“%(text)s” may be %(first)s or %(second)s. Write one of them.")
        cells.refuse(column, reason % {"text": text, "first": first, "second": second})
    else:
        reason = _("“%(text)s” is no date. Write year-month-day: 2024-12-31.")
        cells.refuse(column, reason % {"text": text})
    return None


def _possible_days(text: str) -> Iterator[date]:
    """Yield the days that a text may mean; raises `ValueError` where there is no such day."""
    if found := _ISO.fullmatch(text):
        yield date(*map(int, found.groups()))
    elif found := _DOTTED.fullmatch(text):
        day, month, year = map(int, found.groups())
        yield date(year, month, day)
    elif found := _SLASHED.fullmatch(text):
        first, second, year = map(int, found.groups())
        # Day and month stand in either order, and the file doesn't say in which.
        for day, month in ((first, second), (second, first)):
            if month <= 12:
                yield date(year, month, day)


def _community(cells: _Cells, communities: Directory) -> int | None:
    name = cells.text("community")
    if not name:
        return None
    community = communities.find(name)
    if community is None:
        cells.refuse("community", _("There is no community “%(name)s”.") % {"name": name})
        return None
    return int(community.pk)


def _amount(cells: _Cells, metric: Metric | None) -> Amount | None:
    """Return the value, which must be in the metric's own unit and currency."""
    if metric and (currency := cells.text("currency").upper()) and currency != metric.currency:
        cells.refuse("currency", _counted_in(metric))
    try:
        amount = read_amount(cells.text("value"))
    except AmountError as error:
        cells.refuse("value", str(error))
        return None
    if metric and not amount.fits(metric.unit, metric.currency):
        cells.refuse("value", _counted_in(metric))
    return amount


def _counted_in(metric: Metric) -> str:
    unit = metric.currency or metric.get_unit_display()
    return _("The metric is counted in another unit: %(unit)s.") % {"unit": unit}


def _precision(cells: _Cells, amount: Amount | None) -> str:
    chosen = re.sub(r"[\s_]+", "-", cells.text("precision").casefold())
    if chosen and chosen not in Precision.values:
        cells.refuse(
            "precision", _("Write one of: %(names)s.") % {"names": ", ".join(Precision.values)}
        )
    elif amount:
        try:
            return agreed_precision(amount, chosen)
        except AmountError as error:
            cells.refuse("precision", str(error))
    return chosen


def _source(cells: _Cells) -> str:
    address = cells.text("source")
    if address:
        try:
            _is_address(address)
        except ValidationError:
            cells.refuse("source", _("“%(text)s” is no web address.") % {"text": address[:80]})
    if _LONGEST_SOURCE and len(address) > _LONGEST_SOURCE:
        cells.refuse("source", _too_long(_LONGEST_SOURCE))
    return address


def _note(cells: _Cells) -> str:
    note = cells.text("note")
    if _LONGEST_NOTE and len(note) > _LONGEST_NOTE:
        cells.refuse("note", _too_long(_LONGEST_NOTE))
    return note


def _too_long(longest: int) -> str:
    return _("At most %(number)d characters are kept.") % {"number": longest}
