"""What would change in a closed report if it were taken over today; pure."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from impact.roundups.counts import name_of
from impact.roundups.facts import Community, Count, Outcome, Section, Year
from impact.roundups.grouping import name_of_kind, name_of_region
from impact.roundups.telling import (
    entry_apart,
    figure_apart,
    history_apart,
    joined,
    section_apart,
    sum_apart,
)

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True)
class Difference:
    """One thing that is otherwise today; an empty `then` is new, an empty `now` is gone."""

    what: str
    then: str = ""
    now: str = ""


@dataclass(frozen=True)
class Comparison:
    """All differences, by what they are about; nothing in it where the record equals today."""

    counts: tuple[Difference, ...] = ()
    entries: tuple[Difference, ...] = ()
    shown: tuple[Difference, ...] = ()
    figures: tuple[Difference, ...] = ()
    charts: tuple[Difference, ...] = ()
    communities: tuple[Difference, ...] = ()

    @property
    def groups(self) -> list[tuple[str, tuple[Difference, ...]]]:
        """The differences under their headings."""
        headed = [
            (_("Counts"), self.counts),
            (_("Entries of the year"), self.entries),
            (_("What stands in sections and highlights"), self.shown),
            (_("Figures and outcomes"), self.figures),
            (_("Charts"), self.charts),
            (_("Communities, supporters and authors"), self.communities),
        ]
        return [(heading, found) for heading, found in headed if found]

    @property
    def same(self) -> bool:
        """Whether nothing would change."""
        return not self.groups


def compare(
    then: Year,
    now: Year,
    titles: Mapping[int, str],
    charts: Iterable[int | None] = (None,),
    elsewhere: Mapping[int, int] | None = None,
) -> Comparison:
    """Return what has changed.

    `titles` names entries that neither of the two shows; `charts` are the metrics that charts are about,
    None for one of all headline metrics; `elsewhere` has the year of entries that are now in another one.
    """
    names = {**titles, **_titles(now), **_titles(then)}
    return Comparison(
        counts=tuple(_counts(then, now)),
        entries=tuple(_entries(then, now, names, elsewhere or {})),
        shown=tuple(_shown(then, now, names)),
        figures=tuple(_figures(then, now, names)),
        charts=tuple(_charts(then, now, list(charts))),
        communities=tuple(_communities(then, now)),
    )


def gone(then: Year, now: Year) -> set[int]:
    """Return the entries that the year no longer has: withdrawn, deleted, or dated anew."""
    return set(then.keys) - set(now.keys)


def unnamed(then: Year, now: Year) -> set[int]:
    """Return the entries that came or went and that neither of the two has a title for."""
    changed = set(then.keys) ^ set(now.keys)
    return changed - _titles(then).keys() - _titles(now).keys()


def _titles(year: Year) -> dict[int, str]:
    return {entry.key: entry.title for entry in year.entries}


def _counts(then: Year, now: Year) -> Iterator[Difference]:
    yield from _differing(_("All entries"), then.total, now.total)
    for before, after in _paired(then.section, now.section):
        section = after or before
        if section:
            yield from _differing(
                _name(section), before.count if before else 0, after.count if after else 0
            )
    for month, later in zip(then.months, now.months, strict=False):
        yield from _differing(
            date_format(date(then.year, month.number, 1), "F"), month.count, later.count
        )


def _entries(
    then: Year, now: Year, names: Mapping[int, str], elsewhere: Mapping[int, int]
) -> Iterator[Difference]:
    for key in now.keys:
        if key not in then.keys:
            yield Difference(_("Added"), now=_named(key, names))
    for key in then.keys:
        if key in now.keys:
            continue
        if year := elsewhere.get(key):
            moved = _("now among the entries of %(year)s") % {"year": year}
            yield Difference(_("Moved"), _named(key, names), moved)
        else:
            yield Difference(_("Gone"), then=_named(key, names))
    for before, after in _paired(then.entry, now.entry):
        if before and after and (sides := entry_apart(before, after)):
            yield Difference(_("Changed"), *sides)


def _shown(then: Year, now: Year, names: Mapping[int, str]) -> Iterator[Difference]:
    for before, after in _paired(then.section, now.section):
        section = after or before
        if before and after and (sides := section_apart(before, after)):
            yield Difference(_("Heading of a section"), *sides)
        first = before.shown if before else ()
        second = after.shown if after else ()
        if section and first != second:
            yield Difference(_name(section), _listed(first, names), _listed(second, names))
    if then.highlights != now.highlights:
        yield Difference(
            _("Highlights"), _listed(then.highlights, names), _listed(now.highlights, names)
        )


def _figures(then: Year, now: Year, names: Mapping[int, str]) -> Iterator[Difference]:
    figures = [{figure.key or figure.metric: figure for figure in y.figures} for y in (then, now)]
    for before, after in _paired(*figures):
        figure = after or before
        if figure and (sides := figure_apart(before, after)):
            yield Difference(figure.name, *sides)
    counts = [{count.what: count for count in year.counts} for year in (then, now)]
    for before_count, after_count in _paired(*counts):
        count = after_count or before_count
        if count and before_count != after_count:
            yield Difference(name_of(count), _counted(before_count), _counted(after_count))
    sums = [{_identity(total): total for total in year.outcomes} for year in (then, now)]
    for before_sum, after_sum in _paired(*sums):
        total = after_sum or before_sum
        sides = sum_apart(before_sum, after_sum, lambda keys: _listed(keys, names))
        if total and sides:
            yield Difference(total.name, *sides)


def _identity(total: Outcome) -> tuple[str, ...]:
    """Return what tells sums apart: they share a name where their units or precisions differ."""
    quantity = total.quantity
    return total.name, total.metric, quantity.precision, quantity.unit, quantity.currency


def _charts(then: Year, now: Year, charts: Sequence[int | None]) -> Iterator[Difference]:
    drawn = [
        {history.metric.key: history for chart in charts for history in year.drawn(chart)}
        for year in (then, now)
    ]
    for before, after in _paired(*drawn):
        history = after or before
        if history and (sides := history_apart(before, after)):
            yield Difference(history.metric.name, *sides)


def _communities(then: Year, now: Year) -> Iterator[Difference]:
    firsts = {each.named.key: each for each in then.communities}
    for before, after in _paired(firsts, {each.named.key: each for each in now.communities}):
        community = after or before
        if community and before != after:
            yield Difference(community.named.name, *_partners(before, after))
    for heading, one, other in (
        (_("New communities"), then.newcomers, now.newcomers),
        (_("Supporters"), then.supporters, now.supporters),
        (_("Authors"), then.authors, now.authors),
    ):
        if one != other:
            yield Difference(heading, joined(one), joined(other))


def _paired(first: Mapping[K, T], second: Mapping[K, T]) -> Iterator[tuple[T | None, T | None]]:
    """Yield what stands under each key, None where there is nothing."""
    for key in dict.fromkeys([*first, *second]):
        yield first.get(key), second.get(key)


def _differing(what: str, then: int, now: int) -> Iterator[Difference]:
    if then != now:
        yield Difference(what, str(then), str(now))


def _name(section: Section) -> str:
    return section.about.name if section.about else _("More of the year")


def _named(key: int, names: Mapping[int, str]) -> str:
    return names.get(key) or _("an entry that has been deleted")


def _listed(keys: Iterable[int], names: Mapping[int, str]) -> str:
    return "; ".join(_named(key, names) for key in keys)


def _counted(count: Count | None) -> str:
    if count is None:
        return ""
    return str(count.number) if count.before is None else f"{count.number} ({count.before})"


def _partners(before: Community | None, after: Community | None) -> tuple[str, str]:
    """Return names and counts, with what the community is and where it works if that differs."""
    then = f"{before.named.name}: {before.count}" if before else ""
    now = f"{after.named.name}: {after.count}" if after else ""
    if before and after:
        for one, other in (
            (name_of_kind(before.kind), name_of_kind(after.kind)),
            (name_of_region(before.region), name_of_region(after.region)),
        ):
            if one != other:
                then, now = f"{then} · {one}", f"{now} · {other}"
    return then, now
