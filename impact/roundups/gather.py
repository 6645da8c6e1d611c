"""What a year held, counted now: the gallery's entries, its communities, and the figures.

Every number is the gallery's own. Editors choose what stands first and what is not shown; what is left
out is still counted.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from impact.catalogue.index import Value
from impact.catalogue.models import EntryRow
from impact.catalogue.ranking import best
from impact.catalogue.selection import Selection, rows, select
from impact.catalogue.terms import Term, Terms
from impact.communities.models import CommunityPage
from impact.entries.outcome_sums import outcome_sums
from impact.filters.gallery import GalleryFilter
from impact.metrics.figures import figures_of_year
from impact.metrics.history import history
from impact.metrics.models import Metric
from impact.pages.visibility import public_pages
from impact.roundups.composition import Composition, PlannedSection
from impact.roundups.counts import counts_of
from impact.roundups.facts import (
    CATEGORY,
    TAG,
    Community,
    Entry,
    History,
    Month,
    Named,
    Outcome,
    Section,
    Year,
    YearValue,
)

# Titles that a month names; the gallery has the others.
SHOWN_IN_MONTH = 3


@dataclass(frozen=True)
class Held:
    """What a section holds: all of it, how many stand on the page, and what was chosen from elsewhere."""

    count: int
    shown: int
    strangers: int


@dataclass(frozen=True)
class Gathered:
    """A year, and the rows of the entries that it shows, by their keys."""

    year: Year
    rows: dict[int, EntryRow]


def gather(year: int, composition: Composition) -> Gathered:
    """Return what a year held, as a report with these blocks shows it.

    The same few statements however much happened: the version of the content, what stories report, the
    entries that are shown, the communities that are new, the figures, and the metrics over the years.
    """
    entries = entries_of(year)
    terms = entries.content.terms
    sections = list(_sections(entries, composition.sections, terms))
    months = list(_months(year, entries))
    everywhere = Selection(entries.content, entries.content.index.everything)
    highlights = everywhere.held(composition.highlights)
    keys = tuple(entries.pks())
    outcomes = tuple(_outcomes(keys))
    shown = dict.fromkeys(
        [
            *highlights,
            *(key for section in sections for key in section.shown),
            *(key for month in months for key in month.shown),
            *(key for each in outcomes for key in each.stories),
        ]
    )
    found = {row.pk: row for row in rows(list(shown))}
    partners = _partners(year, entries)
    newcomers = tuple(_newcomers(year, entries, partners))
    return Gathered(
        Year(
            year=year,
            keys=keys,
            entries=tuple(_entry(row, terms) for row in found.values()),
            sections=tuple(sections),
            figures=tuple(figures_of_year(year)),
            communities=tuple(_communities(entries, partners)),
            newcomers=newcomers,
            supporters=tuple(_supporters(entries, terms)),
            authors=tuple(_authors(entries, terms)),
            months=tuple(months),
            outcomes=outcomes,
            highlights=tuple(highlights),
            histories=tuple(_histories(year, composition.charted)),
            counts=tuple(counts_of(entries, entries_of(year - 1), len(newcomers))),
        ),
        found,
    )


def entries_of(year: int) -> Selection:
    """Return the entries of a year, the newest first."""
    return select(GalleryFilter(year=(str(year),)))


def featured_of(year: int, limit: int) -> list[int]:
    """Return the entries of a year that editors featured, the best first, at most so many."""
    return best(entries_of(year).having("featured", True), limit)


def categories_of(year: int) -> list[int]:
    """Return the categories that have entries in a year, in the editors' order."""
    entries = entries_of(year)
    counts = entries.counts("category")
    return [key for key in entries.content.terms.named["category"] if key in counts]  # type: ignore[misc]


def held_by(year: int, section: PlannedSection, named: Iterable[int]) -> Held:
    """Return what a section holds beside sections of the categories `named`."""
    entries = entries_of(year)
    found, _term = _of_section(entries, section, {*named, section.about})
    chosen = {*section.pinned, *section.omitted}
    return Held(
        count=found.count(),
        shown=len(_shown(found, section)),
        strangers=len(chosen) - len(list(found.held(chosen))),
    )


def _sections(
    entries: Selection, planned: Sequence[PlannedSection], terms: Terms
) -> Iterator[Section]:
    """Yield each section, also one that has nothing to say yet."""
    named = {section.about for section in planned if section.kind == CATEGORY}
    for section in planned:
        found, term = _of_section(entries, section, named)
        yield Section(
            block=section.block,
            kind=section.kind,
            count=found.count(),
            shown=tuple(_shown(found, section)),
            about=_named(section.about, term) if section.about and term else None,
            description=term.description if term else "",
        )


def _of_section(
    entries: Selection, section: PlannedSection, named: set[int | None]
) -> tuple[Selection, Term | None]:
    """Return the entries of a section, and the category or tag that it is about."""
    if section.kind not in (CATEGORY, TAG):
        return entries.lacking("category", *(key for key in named if key is not None)), None
    term = entries.content.terms.get(section.kind, section.about)
    # What has been deleted has no entries.
    found = entries.having(section.kind, section.about if term else object())
    return found, term


def _shown(entries: Selection, section: PlannedSection) -> list[int]:
    """Return what editors pinned, in their order, then the best of the others."""
    # A pin of another year, or of an entry that is not public, is passed over.
    pinned = entries.held(key for key in section.pinned if key not in section.omitted)
    others = entries.without([*pinned, *section.omitted])
    return [*pinned, *best(others, max(section.limit - len(pinned), 0))]


def _months(year: int, entries: Selection) -> Iterator[Month]:
    for number in range(1, 13):
        first = date(year, number, 1).toordinal()
        after = date(year + number // 12, number % 12 + 1, 1).toordinal()
        found = entries.between(first, after - 1)
        yield Month(number, found.count(), tuple(best(found, SHOWN_IN_MONTH)))


def _outcomes(keys: tuple[int, ...]) -> Iterator[Outcome]:
    for total in outcome_sums(keys):
        stories = tuple(story.pk for story in total.stories)
        yield Outcome(total.name, total.quantity, stories, total.metric, total.apart)


def _partners(year: int, entries: Selection) -> list[CommunityPage]:
    """Return the communities that entries are about, and those that joined in the year, by name."""
    about = Q(pk__in=list(entries.counts("community")))
    found = public_pages(CommunityPage).filter(about | Q(active_since__year=year))
    return list(
        found.only("title", "slug", "kind", "region", "active_since").order_by("title", "pk")
    )


def _communities(entries: Selection, partners: Iterable[CommunityPage]) -> list[Community]:
    """Return the communities that entries are about, those with most entries first."""
    counts = entries.counts("community")
    found = [
        Community(_partner(page), counts[page.pk], page.kind, page.region)
        for page in partners
        if page.pk in counts
    ]
    return sorted(found, key=lambda each: (-each.count, each.named.name.casefold()))


def _newcomers(year: int, entries: Selection, partners: Iterable[CommunityPage]) -> Iterator[Named]:
    """Yield the communities that joined in a year: since when they say, else since their first entry."""
    counts = entries.counts("community")
    earlier = select(GalleryFilter(until=date(year - 1, 12, 31))).counts("community")
    for page in partners:
        since = page.active_since
        is_new = since.year == year if since else page.pk in counts and page.pk not in earlier
        if is_new:
            yield _partner(page)


def _partner(page: CommunityPage) -> Named:
    return Named(page.pk, page.slug, page.title)


def _histories(year: int, charted: Collection[int]) -> Iterator[History]:
    """Yield the headline metrics, and those that a chart is asked for, over the years."""
    wanted = Metric.objects.filter(Q(headline=True) | Q(pk__in=charted))
    metrics = {metric.slug: metric for metric in wanted.order_by("sort_order", "name", "pk")}
    for series in history(list(metrics), until=year):
        metric = metrics[series.slug]
        values = ((point.year, point.quantity) for point in series.known)
        yield History(
            Named(metric.pk, metric.slug, metric.name),
            tuple(YearValue(on, quantity) for on, quantity in values if quantity),
            metric.headline,
            metric.description,
        )


def _supporters(entries: Selection, terms: Terms) -> list[Named]:
    named = ((key, terms.get("community", key)) for key in entries.counts("supporter"))
    return _by_name(named)


def _authors(entries: Selection, terms: Terms) -> list[Named]:
    return _by_name((key, terms.get("author", key)) for key in entries.counts("author"))


def _by_name(named: Iterable[tuple[Value, Term | None]]) -> list[Named]:
    found = [_named(key, term) for key, term in named if term]
    return sorted(found, key=lambda each: (each.name.casefold(), each.key))


def _entry(row: EntryRow, terms: Terms) -> Entry:
    category = row.filing["category"][0]
    term = terms.get("category", category)
    communities = ((key, terms.get("community", key)) for key in row.filing["community"])
    return Entry(
        key=row.pk,
        kind=row.kind,
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        date=row.date,
        category=_named(category, term) if term else None,
        communities=tuple(_named(key, found) for key, found in communities if found),
        image=row.image_id,
        publisher=row.publisher,
        language=row.language,
    )


def _named(key: Value, term: Term) -> Named:
    return Named(int(str(key)), term.slug, term.name, term.colour)
