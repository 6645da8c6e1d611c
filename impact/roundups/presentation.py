"""From what a year held to what a page shows, for an open report and a closed one alike.

Words, counts and the choice of entries are those of the facts. Whether an entry can still be read, and
where it stands now, is asked anew: what is no longer public has neither card nor title here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from impact.catalogue.addresses import GalleryAddress, gallery_address
from impact.catalogue.cards import address, made_cards
from impact.catalogue.models import EntryRow
from impact.catalogue.snapshot import snapshot
from impact.catalogue.terms import Term
from impact.filters.gallery import GalleryFilter
from impact.metrics.charts import Point, Series, line_chart, small_multiples
from impact.pages.addresses import Addresses
from impact.pages.cards import Card, Label
from impact.roundups import composition as plan
from impact.roundups import parts
from impact.roundups.composition import Block
from impact.roundups.counts import figures_of_counts
from impact.roundups.facts import CATEGORY, OTHERS, Entry, History, Named, Section, Year
from impact.roundups.grouping import by_kind, by_region, name_of_kind, together


@dataclass(frozen=True)
class Shown:
    """What is needed to show a year: its facts, and the rows of those of its entries that are public."""

    year: Year
    rows: Mapping[int, EntryRow]
    request: HttpRequest | None = None

    @property
    def gone(self) -> tuple[Entry, ...]:
        """The entries that were shown when the year was closed and can't be read any more."""
        return tuple(entry for entry in self.year.entries if entry.key not in self.rows)

    @cached_property
    def gallery(self) -> GalleryAddress:
        """Where the gallery is. One statement."""
        return gallery_address(self.request)

    @cached_property
    def addresses(self) -> Addresses:
        """Addresses by paths."""
        return Addresses(self.request)

    @cached_property
    def cards(self) -> dict[int, Card]:
        """A card for each public entry of a section or a highlight. Two statements, for the pictures."""
        wanted = [key for section in self.year.sections for key in section.shown]
        keys = dict.fromkeys([*wanted, *self.year.highlights])
        entries = [self.year.entry[key] for key in keys if key in self.rows]
        recorded = [_as_recorded(self.rows[entry.key], entry) for entry in entries]
        made = made_cards(recorded, self.request)
        return {
            entry.key: replace(
                card,
                category=self._category(entry.category, card.category),
                communities=tuple(self.labels(entry.communities)),
            )
            for entry, card in zip(entries, made, strict=True)
        }

    def term(self, key: str, named: Named | None) -> Term | None:
        """Return what a category, tag, community or author is now; None where visitors know of none."""
        return snapshot().terms.get(key, named.key) if named else None

    def labels(self, communities: Iterable[Named]) -> Iterator[Label]:
        """Yield the communities that are public, as they were named."""
        for named in communities:
            if term := self.term("community", named):
                yield Label(named.name, term.slug, self.addresses.of(term.url_path))

    def entries(self, keys: Iterable[int]) -> Iterator[Label]:
        """Yield the entries that can be read, as they were titled."""
        for key in keys:
            if (row := self.rows.get(key)) and (entry := self.year.entry.get(key)):
                yield Label(entry.title, row.slug, address(row, self.addresses))

    def _category(self, named: Named | None, now: Label | None) -> Label | None:
        if named is None:
            return None
        return Label(named.name, named.slug, now.url if now else "", named.colour)


def part_of(shown: Shown, block: Block) -> parts.Part | None:
    """Return what a block shows; None where it has nothing to say."""
    maker = _MAKERS.get(block.kind)
    return maker(shown, block) if maker else None


def _as_recorded(row: EntryRow, entry: Entry) -> EntryRow:
    """Return a row with the words of the record; where it stands and leads is what it is now."""
    names = [field.attname for field in EntryRow._meta.concrete_fields]
    values = {name: getattr(row, name) for name in names}
    words = {
        "title": entry.title,
        "summary": entry.summary,
        "date": entry.date,
        "publisher": entry.publisher,
        "language": entry.language,
        "image_id": entry.image,
    }
    category = [entry.category.key if entry.category else None]
    filing = {**row.filing, "category": category, "community": []}
    return EntryRow(**{**values, **words, "filing": filing})


def _own_words(block: Block) -> RichText | None:
    text = block.text("text")
    return RichText(text) if text else None


def _key_figures(shown: Shown, block: Block) -> parts.Part | None:
    figures = shown.year.figures
    chosen = block.keys("metrics")
    if chosen:
        by_key = {figure.key: figure for figure in figures}
        first = tuple(by_key[key] for key in chosen if key in by_key)
    else:
        first = tuple(figure for figure in figures if figure.headline)
    others = tuple(f for f in figures if f not in first) if block.is_on("others", True) else ()
    counts = tuple(figures_of_counts(shown.year)) if block.is_on("counts", True) else ()
    # Without metrics, how much there was is what the year has in figures.
    first, counts = (first, counts) if first else (counts, ())
    if not first and not others:
        return None
    title = block.text("heading") or _("The year in figures")
    return parts.KeyFiguresPart("figures", title, _own_words(block), first, others, counts)


def _section(shown: Shown, block: Block) -> parts.Part | None:
    section = shown.year.section.get(block.id)
    if section is None or not section.count:
        return None
    about = section.about
    is_category = section.kind == CATEGORY
    slug = about.slug if about else ""
    prefix = "section" if is_category or section.kind == OTHERS else section.kind
    return parts.SectionPart(
        anchor=f"{prefix}-{slug}" if slug else prefix,
        title=block.text("heading") or (about.name if about else _("More of the year")),
        text=_own_words(block),
        count=section.count,
        cards=tuple(shown.cards[key] for key in section.shown if key in shown.cards),
        year=shown.year.year,
        slug=slug if is_category else "",
        tag="" if is_category else slug,
        description="" if block.text("text") else section.description,
        url=_gallery_of(shown, section),
    )


def _gallery_of(shown: Shown, section: Section) -> str:
    """Return where all entries of a section stand; the gallery has no filter for what is left over."""
    term = shown.term(section.kind, section.about)
    if term is None:
        return ""
    return shown.gallery.of(year=shown.year.year, **{section.kind: term.slug})


def _highlights(shown: Shown, block: Block) -> parts.Part | None:
    found = tuple(
        parts.ShownHighlight(
            shown.cards[highlight.entry],
            RichText(highlight.sentence) if highlight.sentence else None,
        )
        for highlight in plan.highlights(block)
        if highlight.entry in shown.cards
    )
    if not found:
        return None
    title = block.text("heading") or _("Highlights")
    return parts.HighlightsPart("highlights", title, _own_words(block), found)


def _communities(shown: Shown, block: Block) -> parts.Part | None:
    kind = block.text("only")
    found = [each for each in _active(shown) if not kind or each.kind == kind]
    new = shown.labels(shown.year.newcomers) if block.is_on("new", True) else ()
    # What a community without stories is, the year does not say.
    newcomers = tuple(n for n in new if not kind or n.slug in {each.slug for each in found})
    active = found if block.is_on("active", True) else []
    if not newcomers and not active:
        return None
    groups = by_kind if block.is_on("by_kind", True) else together
    ours = name_of_kind(kind) if kind else _("The communities of the year")
    return parts.CommunitiesPart(
        "communities",
        block.text("heading") or ours,
        _own_words(block),
        newcomers,
        tuple(groups(active)),
        tuple(by_region(active)),
        sum(not kind or each.kind == kind for each in shown.year.communities) if active else 0,
    )


def _active(shown: Shown) -> Iterator[parts.YearCommunity]:
    for each in shown.year.communities:
        if term := shown.term("community", each.named):
            url = shown.gallery.of(community=term.slug, year=shown.year.year)
            yield parts.YearCommunity(
                term.slug, each.named.name, each.count, url, each.kind, each.region
            )


def _timeline(shown: Shown, block: Block) -> parts.Part | None:
    most = max((month.count for month in shown.year.months), default=0)
    if not most:
        return None
    months = tuple(
        parts.ShownMonth(
            date(shown.year.year, month.number, 1),
            month.count,
            Decimal(month.count * 100) / most,
            _gallery_of_month(shown, month.number) if month.count else "",
            tuple(shown.entries(month.shown)),
        )
        for month in shown.year.months
    )
    title = block.text("heading") or _("The year by month")
    return parts.TimelinePart("months", title, _own_words(block), months)


def _gallery_of_month(shown: Shown, number: int) -> str:
    first = date(shown.year.year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    query = GalleryFilter(since=first, until=last).query()
    return f"{shown.gallery.url}?{query}" if shown.gallery.url else ""


def _outcomes(shown: Shown, block: Block) -> parts.Part | None:
    sums = tuple(
        parts.ShownSum(
            total.name,
            total.quantity,
            len(total.stories),
            total.apart,
            total.metric,
            tuple(shown.entries(total.stories)),
        )
        for total in shown.year.outcomes
    )
    if not sums:
        return None
    title = block.text("heading") or _("What the stories report")
    return parts.OutcomesPart("outcomes", title, _own_words(block), sums)


def _chart(shown: Shown, block: Block) -> parts.Part | None:
    metric = plan.key(block.get("metric"))
    series = [_series(history) for history in shown.year.drawn(metric)]
    if not series:
        return None
    key = f"chart-{block.id}"
    if len(series) == 1:
        chart = line_chart(series, title=series[0].name, description=series[0].description, key=key)
    else:
        chart = small_multiples(series, title=_("Headline figures by year"), key=key)
    title = block.text("heading") or (series[0].name if metric else _("Over the years"))
    return parts.ChartPart("over-the-years", title, _own_words(block), chart)


def _series(history: History) -> Series:
    points = [Point(value.year, value.quantity) for value in history.values]
    named = history.metric
    return Series(named.name, points, slug=named.slug, description=history.description)


def _goals(shown: Shown, block: Block) -> parts.Part | None:
    found = tuple(plan.goals(block))
    if not found and not block.text("text"):
        return None
    title = block.text("heading") or _("Goals for %(year)s") % {"year": shown.year.year + 1}
    return parts.GoalsPart("goals", title, _own_words(block), found)


def _last_goals(shown: Shown, block: Block) -> parts.Part | None:
    found = tuple(plan.answers(block))
    if not found:
        return None
    title = block.text("heading") or _("What became of our goals for %(year)s") % {
        "year": shown.year.year
    }
    return parts.LastGoalsPart("last-goals", title, _own_words(block), found)


def _thanks(shown: Shown, block: Block) -> parts.Part | None:
    on = block.is_on("supporters", True)
    supporters = tuple(shown.labels(shown.year.supporters)) if on else ()
    authors = tuple(_authors(shown)) if block.is_on("authors", True) else ()
    if not supporters and not authors and not block.text("text"):
        return None
    title = block.text("heading") or _("Thanks")
    return parts.ThanksPart("thanks", title, _own_words(block), supporters, authors)


def _authors(shown: Shown) -> Iterator[Label]:
    for named in shown.year.authors:
        if term := shown.term("author", named):
            url = shown.gallery.of(author=term.slug, year=shown.year.year)
            yield Label(named.name, term.slug, url)


Maker = Callable[[Shown, Block], parts.Part | None]
_MAKERS: Mapping[str, Maker] = {
    "key_figures": _key_figures,
    "category_section": _section,
    "tag_section": _section,
    "other_section": _section,
    "highlights": _highlights,
    "communities": _communities,
    "timeline": _timeline,
    "outcomes": _outcomes,
    "chart": _chart,
    "goals": _goals,
    "last_goals": _last_goals,
    "thanks": _thanks,
}
