"""One thing as it was recorded and as it is today, in the words in which a reader meets it; pure.

Each function returns both sides, or None where a reader would see no difference: where only a key or
something that no page shows is another one.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from impact.metrics.figures import Figure
from impact.roundups.facts import Entry, History, Named, Outcome, Section

Sides = tuple[str, str]
T = TypeVar("T")


def entry_apart(before: Entry, after: Entry) -> Sides | None:
    """Return both titles, with whatever else of a card differs."""
    return _apart(
        (before.title, after.title),
        (before.summary, after.summary),
        (before.date.isoformat(), after.date.isoformat()),
        (_category(before), _category(after)),
        (joined(before.communities), joined(after.communities)),
        (before.publisher or _("no publisher"), after.publisher or _("no publisher")),
        (_language(before.language), _language(after.language)),
        *_pictures(before, after),
    )


def section_apart(before: Section, after: Section) -> Sides | None:
    """Return both names of what a section is about, and both of its descriptions if these differ."""
    if before.about is None or after.about is None:
        return None
    return _apart(
        (before.about.name, after.about.name),
        (before.description or _("no description"), after.description or _("no description")),
    )


def figure_apart(before: Figure | None, after: Figure | None) -> Sides | None:
    """Return both values, each with that of the year before, and whatever else of a figure differs."""
    if before is None or after is None:
        return _one_side(before, after, _value)
    return _apart(
        (_value(before), _value(after)),
        (before.name, after.name),
        (_when(before), _when(after)),
        (before.description or _("no description"), after.description or _("no description")),
        (before.source_url or _("no source"), after.source_url or _("no source")),
        (_size(before), _size(after)),
    )


def sum_apart(
    before: Outcome | None, after: Outcome | None, listed: Callable[[Iterable[int]], str]
) -> Sides | None:
    """Return both sums, and the stories that only one of them counts; `listed` names stories."""
    if before is None or after is None:
        return _one_side(before, after, _sum)
    then, now = set(before.stories), set(after.stories)
    return _apart(
        (before.quantity.spoken, after.quantity.spoken),
        (_from(before), _from(after)),
        (
            listed(key for key in before.stories if key not in now),
            listed(key for key in after.stories if key not in then),
        ),
        (_alone(before), _alone(after)),
    )


def history_apart(before: History | None, after: History | None) -> Sides | None:
    """Return the values of the years in which two lines of a chart differ."""
    if before is None or after is None:
        return _one_side(before, after, _values)
    known = [{value.year: value.quantity for value in each.values} for each in (before, after)]
    years = {year for year in {*known[0], *known[1]} if known[0].get(year) != known[1].get(year)}
    return _apart(
        (_values(before, years), _values(after, years)),
        (before.metric.name, after.metric.name),
        (before.description or _("no description"), after.description or _("no description")),
    )


def joined(named: Iterable[Named]) -> str:
    """Return names in a row."""
    return "; ".join(each.name for each in named)


def _apart(always: Sides, *others: Sides) -> Sides | None:
    """Return the first pair and all others that differ; None where none does."""
    differing = [pair for pair in others if pair[0] != pair[1]]
    if always[0] == always[1] and not differing:
        return None
    told = [always, *differing]
    return _side(then for then, _now in told), _side(now for _then, now in told)


def _side(texts: Iterable[str]) -> str:
    return " · ".join(text for text in texts if text)


def _one_side(before: T | None, after: T | None, text: Callable[[T], str]) -> Sides:
    return (text(before) if before else "", text(after) if after else "")


def _category(entry: Entry) -> str:
    return entry.category.name if entry.category else _("no category")


def _language(code: str) -> str:
    """Name a language; an empty code is the site's own."""
    try:
        return str(get_language_info(code)["name_translated"]) if code else _("the site’s language")
    except KeyError:
        return code


def _pictures(before: Entry, after: Entry) -> Iterator[Sides]:
    if before.image != after.image:
        then = _("its picture") if before.image else _("no picture")
        yield then, _("another picture") if after.image else _("no picture")


def _value(figure: Figure) -> str:
    spoken = figure.quantity.spoken
    return f"{spoken} ({figure.previous.spoken})" if figure.previous else spoken


def _when(figure: Figure) -> str:
    days = (figure.period_start, figure.on)
    return " – ".join(date_format(day, "j F Y") for day in days if day)


def _size(figure: Figure) -> str:
    return _("a headline figure") if figure.headline else _("among the others")


def _sum(total: Outcome) -> str:
    return _side((total.quantity.spoken, _from(total)))


def _from(total: Outcome) -> str:
    count = len(total.stories)
    return ngettext("from %(count)d story", "from %(count)d stories", count) % {"count": count}


def _alone(total: Outcome) -> str:
    return _("not all of its kind") if total.apart else _("all of its kind")


def _values(history: History, years: Container[int] | None = None) -> str:
    told = (value for value in history.values if years is None or value.year in years)
    return "; ".join(f"{value.year}: {value.quantity.spoken}" for value in told)
