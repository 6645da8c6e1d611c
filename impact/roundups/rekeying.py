"""The facts of a year under other keys: a site that has moved knows everything by new ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from impact.roundups.facts import CATEGORY, Entry, Named, Section, Year


@dataclass(frozen=True)
class Rekeying:
    """What each kind of key becomes. A picture is asked for with its entry, a block by its id."""

    entry: Callable[[int], int]
    community: Callable[[int], int]
    category: Callable[[int], int]
    tag: Callable[[int], int]
    metric: Callable[[int], int]
    author: Callable[[int], int]
    picture: Callable[[Entry], int | None]
    block: Callable[[str], str]


def rekeyed(year: Year, new: Rekeying) -> Year:
    """Return a year with the same facts under other keys; all keys of its entries are asked for first."""

    def entries(keys: Iterable[int]) -> tuple[int, ...]:
        return tuple(new.entry(key) for key in keys)

    def named(some: Iterable[Named], key: Callable[[int], int]) -> tuple[Named, ...]:
        return tuple(_named(each, key) for each in some)

    return replace(
        year,
        keys=entries(year.keys),
        entries=tuple(_entry(entry, new) for entry in year.entries),
        sections=tuple(
            replace(_section(section, new), shown=entries(section.shown))
            for section in year.sections
        ),
        figures=tuple(replace(figure, key=new.metric(figure.key)) for figure in year.figures),
        communities=tuple(
            replace(each, named=_named(each.named, new.community)) for each in year.communities
        ),
        newcomers=named(year.newcomers, new.community),
        supporters=named(year.supporters, new.community),
        authors=named(year.authors, new.author),
        months=tuple(replace(month, shown=entries(month.shown)) for month in year.months),
        outcomes=tuple(replace(each, stories=entries(each.stories)) for each in year.outcomes),
        highlights=entries(year.highlights),
        histories=tuple(
            replace(each, metric=_named(each.metric, new.metric)) for each in year.histories
        ),
    )


def _named(named: Named, key: Callable[[int], int]) -> Named:
    return replace(named, key=key(named.key))


def _entry(entry: Entry, new: Rekeying) -> Entry:
    return replace(
        entry,
        key=new.entry(entry.key),
        category=_named(entry.category, new.category) if entry.category else None,
        communities=tuple(_named(each, new.community) for each in entry.communities),
        image=new.picture(entry),
    )


def _section(section: Section, new: Rekeying) -> Section:
    key = new.category if section.kind == CATEGORY else new.tag
    about = _named(section.about, key) if section.about else None
    return replace(section, block=new.block(section.block), about=about)
