"""A chart with everything that its template shows: drawings, words and table."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.utils.translation import gettext as _

from impact.metrics.charts.bars import draw_bars
from impact.metrics.charts.data import Bar, Series, measure_of, years_of
from impact.metrics.charts.frame import NARROW, PANEL, WIDE
from impact.metrics.charts.lines import draw_lines
from impact.metrics.charts.shapes import Drawing, Line, Mark
from impact.metrics.charts.words import (
    Table,
    sentence_of_bars,
    sentence_of_series,
    table_of_bars,
    table_of_series,
    unit_name,
)


@dataclass(frozen=True)
class Panel:
    """One drawing, or one chart of several: `key` begins its ids, `summary` says what it shows."""

    key: str
    title: str
    summary: str
    drawings: tuple[Drawing, ...]
    unit: str = ""
    slug: str = ""


@dataclass(frozen=True)
class KeyEntry:
    """A line in the key: its marker and its name."""

    line: Line
    mark: Mark
    name: str


@dataclass(frozen=True)
class Chart:
    """A line chart, a bar chart or small multiples; `kind` is `lines`, `bars` or `multiples`.

    Without any value `panels` is empty, and a message stands there instead of a frame.
    """

    kind: str
    key: str
    title: str
    description: str
    unit: str
    panels: tuple[Panel, ...]
    tables: tuple[Table, ...]
    names: tuple[KeyEntry, ...] = ()

    @property
    def keyed_wide(self) -> bool:
        """Whether the wide drawing needs the key too; the narrow one does where there is one."""
        return any(
            drawing.keyed
            for panel in self.panels
            for drawing in panel.drawings
            if drawing.name == WIDE.name
        )

    @property
    def hollow(self) -> bool:
        """Whether any marker is hollow, which has to be explained."""
        drawings = [drawing for panel in self.panels for drawing in panel.drawings]
        return any(
            any(mark.hollow for mark in drawing.marks)
            or any(column.hollow for column in drawing.columns)
            for drawing in drawings
        )


def line_chart(
    series: Series | Sequence[Series], *, title: str, description: str = "", key: str = ""
) -> Chart:
    """Return a line for each series over the years, all on one scale that holds zero.

    `key` begins the ids and is unique on a page; the same chart always gets the same one by itself.
    Raises ValueError for series of several units: show those as small multiples.
    """
    every = [series] if isinstance(series, Series) else list(series)
    shown = [each for each in every if each.known]
    key = key or _key("lines", title, every)
    summary = " ".join(_named(each, len(shown) > 1) for each in shown)
    measure = measure_of(quantity for each in shown for quantity in each.quantities)
    drawings = tuple(draw_lines(every, frame) for frame in (WIDE, NARROW)) if shown else ()
    keyed = any(drawing.keyed for drawing in drawings)
    return Chart(
        kind="lines",
        key=key,
        title=title,
        description=description,
        unit=unit_name(measure),
        panels=(Panel(key, title, _joined(description, summary), drawings),) if shown else (),
        tables=(table_of_series(every),) if shown else (),
        names=tuple(
            KeyEntry(Line(number, ()), Mark(10, 6, number, False, ""), each.name)
            for number, each in enumerate(shown)
            if keyed
        ),
    )


def bar_chart(
    bars: Sequence[Bar],
    *,
    title: str,
    description: str = "",
    key: str = "",
    names: str = "",
    values: str = "",
) -> Chart:
    """Return bars in the order given; `names` and `values` are the heads of the table.

    Raises ValueError for values of several units.
    """
    known = [bar.quantity for bar in bars if bar.quantity]
    key = key or _key("bars", title, bars)
    summary = _joined(description, sentence_of_bars(bars))
    drawings = tuple(draw_bars(bars, frame) for frame in (WIDE, NARROW)) if known else ()
    return Chart(
        kind="bars",
        key=key,
        title=title,
        description=description,
        unit=unit_name(measure_of(known)),
        panels=(Panel(key, title, summary, drawings),) if known else (),
        tables=(table_of_bars(bars, names or _("Name"), values or title),) if known else (),
    )


def small_multiples(
    series: Sequence[Series],
    *,
    title: str,
    description: str = "",
    key: str = "",
    one_scale: bool = False,
) -> Chart:
    """Return a small line chart for each series, over the same years.

    Each has a scale of its own, or all have one to be compared, which raises ValueError for several
    units. Series without any value are left out.
    """
    shown = [each for each in series if each.known]
    key = key or _key("multiples", title, series)
    quantities = [quantity for each in shown for quantity in each.quantities]
    if one_scale:
        measure_of(quantities)
    years = years_of(shown)
    panels = tuple(
        Panel(
            key=f"{key}-{number}",
            title=each.name,
            summary=_joined(each.description, sentence_of_series(each)),
            drawings=(
                draw_lines(
                    [each],
                    PANEL,
                    years=years,
                    values=[quantity.value for quantity in quantities] if one_scale else (),
                ),
            ),
            unit=unit_name(measure_of(each.quantities)),
            slug=each.slug,
        )
        for number, each in enumerate(shown, 1)
    )
    return Chart(
        kind="multiples",
        key=key,
        title=title,
        description=description,
        unit="",
        panels=panels,
        tables=(table_of_series(shown),) if shown else (),
    )


def _named(series: Series, several: bool) -> str:
    said = sentence_of_series(series)
    return f"{series.name}: {said}" if several else said


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _key(kind: str, title: str, data: object) -> str:
    """Return an id of a chart that depends on what it shows and on nothing else."""
    digest = blake2b(repr((kind, str(title), data)).encode(), digest_size=4)
    return f"chart-{digest.hexdigest()}"
