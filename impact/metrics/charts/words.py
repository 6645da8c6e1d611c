"""What a chart says in words: its unit, a sentence for those who don't see it, and its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import get_currency_name
from django.utils.translation import gettext as _

from impact.metrics.charts.data import Bar, Measure, Series, years_of
from impact.pages.quantities import Quantity, current_locale


def unit_name(measure: Measure) -> str:
    """Return what the numbers count, as a reader should know it; empty for plain numbers."""
    if measure.unit == "currency":
        return str(get_currency_name(measure.currency, count=2, locale=current_locale()))
    return {
        "people": _("People"),
        "percent": _("Percent"),
        "hours": _("Hours"),
        "days": _("Days"),
        "kilometres": _("Kilometres"),
        "terabytes": _("Terabytes"),
    }.get(measure.unit, "")


def sentence_of_series(series: Series) -> str:
    """Say where a series begins and ends, and which years have no figure."""
    known = series.known
    if not known:
        return ""
    first, last = known[0], known[-1]
    told = {
        "first": first.year,
        "last": last.year,
        "start": _spoken(first.quantity),
        "end": _spoken(last.quantity),
    }
    if first.year == last.year:
        said = _("%(last)s: %(end)s.") % told
    else:
        said = _("From %(start)s in %(first)s to %(end)s in %(last)s.") % told
    have = {point.year for point in known}
    missing = [str(year) for year in years_of([series]) if year not in have]
    if missing:
        said = f"{said} {_('No figure for %(years)s.') % {'years': ', '.join(missing)}}"
    return said


def sentence_of_bars(bars: Sequence[Bar]) -> str:
    """Say which bars are the highest and the lowest."""
    known = [(bar, bar.quantity) for bar in bars if bar.quantity]
    if not known:
        return ""
    highest, lowest = (choose(known, key=lambda item: item[1].value) for choose in (max, min))
    return _("Highest: %(high)s, %(most)s. Lowest: %(low)s, %(least)s.") % {
        "high": highest[0].label,
        "most": highest[1].spoken,
        "low": lowest[0].label,
        "least": lowest[1].spoken,
    }


def _spoken(quantity: Quantity | None) -> str:
    return quantity.spoken if quantity else ""


@dataclass(frozen=True)
class Row:
    """A year or a name, and the values in the order of the table's heads; None where there is none."""

    name: str
    cells: tuple[Quantity | None, ...]


@dataclass(frozen=True)
class Table:
    """Every value of a chart as text. `first` says what the names of the rows are."""

    first: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of_series(series: Sequence[Series]) -> Table:
    """Return a row for each year, also for those without a figure."""
    values = [each.by_year for each in series]
    return Table(
        first=_("Year"),
        heads=tuple(each.name for each in series),
        rows=tuple(
            Row(str(year), tuple(each.get(year) for each in values)) for year in years_of(series)
        ),
    )


def table_of_bars(bars: Sequence[Bar], first: str, head: str) -> Table:
    """Return a row for each bar."""
    return Table(first, (head,), tuple(Row(bar.label, (bar.quantity,)) for bar in bars))
