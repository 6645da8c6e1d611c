"""What a file would do: each row new, changed or unchanged, or everything that is wrong with it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from impact.metrics.directory import Directory
from impact.metrics.exchange.columns import one_line
from impact.metrics.exchange.rows import Key, Row, Values, read_row
from impact.metrics.exchange.table import Problem, Table, TableError, read_table
from impact.metrics.models import Metric, Reading
from impact.pages.quantities import Quantity

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass(frozen=True)
class Step:
    """What a row does to a reading."""

    row: Row
    before: Values | None
    after: Values
    pk: int | None = None

    @property
    def state(self) -> str:
        """`new`, `changed` or `unchanged`."""
        if self.before is None:
            return NEW
        return UNCHANGED if self.before == self.after else CHANGED

    @property
    def value(self) -> str:
        """The value in full, with its precision in words."""
        return self._spoken(self.after)

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What changes: its name, what it was and what it will be."""
        if self.before is None or self.state == UNCHANGED:
            return []
        before, after = self._told(self.before), self._told(self.after)
        return [(name, before[name], after[name]) for name in before if before[name] != after[name]]

    def _told(self, values: Values) -> dict[str, str]:
        return {
            _("value"): self._spoken(values),
            _("from"): values.period_start.isoformat() if values.period_start else "–",
            _("source"): values.source_url or "–",
            _("note"): values.note or "–",
        }

    def _spoken(self, values: Values) -> str:
        metric = self.row.metric
        return Quantity(values.value, values.precision, metric.unit, metric.currency).spoken


@dataclass(frozen=True)
class Plan:
    """What a file would do. It may be carried out when nothing is wrong with any row."""

    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def idle(self) -> bool:
        """Whether nothing would change."""
        return all(step.state == UNCHANGED for step in self.steps)

    @property
    def fingerprint(self) -> str:
        """What tells this plan from one that would do anything else."""
        said = [
            (step.row.key, step.before and asdict(step.before), asdict(step.after))
            for step in self.steps
        ]
        return sha256(repr(said).encode()).hexdigest()


def plan(data: bytes, *, lock: bool = False) -> Plan:
    """Return what a file would do. Three statements; a file that can't be read at all takes none.

    `lock` keeps others from importing into the same metrics until the transaction ends.
    """
    try:
        table = read_table(data)
    except TableError as error:
        return Plan(problems=(Problem(1, "", str(error)),))
    rows, problems = _read(table, lock=lock)
    problems += _twice(rows)
    there = _there({row.metric.pk for row in rows})
    steps = []
    for row in rows:
        pk, before = there.get(row.key, (None, None))
        steps.append(Step(row, before, row.over(before), pk))
    return Plan(
        steps=tuple(steps),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        counts=Counter(step.state for step in steps),
    )


def _read(table: Table, *, lock: bool) -> tuple[list[Row], list[Problem]]:
    named = Metric.objects.order_by("pk")
    metrics = {metric.slug: metric for metric in (named.select_for_update() if lock else named)}
    communities = Directory()
    rows: list[Row] = []
    problems = list(table.problems)
    for line in table.lines:
        found = read_row(line, metrics, communities)
        if isinstance(found, Row):
            rows.append(found)
        else:
            problems += found
    return rows, problems


def _twice(rows: Iterable[Row]) -> list[Problem]:
    """Return a problem for each row that names the reading of an earlier one."""
    first: dict[Key, int] = {}
    problems = []
    for row in rows:
        line = first.setdefault(row.key, row.line)
        if line != row.line:
            reason = _("Line %(line)d is about the same reading.") % {"line": line}
            problems.append(Problem(row.line, "date", reason))
    return problems


def _there(metrics: set[int]) -> dict[Key, tuple[int, Values]]:
    """Return the readings of some metrics by what they are known by."""
    found: dict[tuple[int, date, int | None], tuple[int, Values]] = {}
    for row in Reading.objects.filter(metric__in=metrics).order_by().values():
        # Compared as a file would give it, so that what was exported is unchanged.
        values = Values(
            value=row["value"],
            precision=row["precision"],
            period_start=row["period_start"],
            source_url=one_line(row["source_url"]),
            note=one_line(row["note"]),
        )
        found[row["metric_id"], row["date"], row["community_id"]] = (row["id"], values)
    return found
