"""What one page of the gallery shows, from a filter: results, facets, chips, words and addresses.

The template only writes it down. The number of statements depends on what the filter names, never on
how much there is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.catalogue import facets as catalogue_facets
from impact.catalogue.cards import cards, found_cards
from impact.catalogue.facets import Facet, FacetValue
from impact.catalogue.models import EntryRow
from impact.catalogue.selection import Selection, rows, search_words, select
from impact.catalogue.spelling import meant
from impact.catalogue.terms import Term, chosen_terms
from impact.filters.gallery import (
    FACETS,
    NEWEST,
    OLDEST,
    RELEVANCE,
    GalleryFilter,
)
from impact.gallery import wording
from impact.gallery.people import Portrait, portrait
from impact.pages.cards import Card
from impact.pages.pagination import Pager, pager

PAGE_SIZE = 24
# A title may hold the whole sentence; this much of it is read.
MAX_TITLE_LENGTH = 120
# What is said of a value that doesn't exist: a sentence for each facet, for languages with genders.
UNKNOWN: dict[str, Promise] = {
    "year": gettext_lazy("There is no year “%(value)s”."),
    "category": gettext_lazy("There is no category “%(value)s”."),
    "community": gettext_lazy("There is no community “%(value)s”."),
    "tag": gettext_lazy("There is no tag “%(value)s”."),
    "author": gettext_lazy("There is no author “%(value)s”."),
    "kind": gettext_lazy("There is no kind “%(value)s”."),
}


@dataclass(frozen=True)
class Link:
    """A way to another selection. Crawlers are asked not to follow where nothing is for them."""

    text: str
    url: str
    rel: str = ""
    current: bool = False
    count: int | None = None
    colour: str = ""


class FacetLink(NamedTuple):
    """A facet's value, and the selection with it, or without it when it is chosen."""

    value: FacetValue
    url: str
    rel: str


@dataclass(frozen=True)
class FacetView:
    """A facet as the rail shows it."""

    key: str
    label: str
    first: tuple[FacetLink, ...]
    rest: tuple[FacetLink, ...]
    size: int


@dataclass(frozen=True)
class Addresses:
    """Writes the canonical address of a filter below the gallery's own."""

    base: str

    def url(self, wanted: GalleryFilter) -> str:
        """Return the address of a selection."""
        return self.of(wanted.query())

    def of(self, query: str) -> str:
        """Return the address with a query string."""
        return f"{self.base}?{query}" if query else self.base

    def link(self, text: str, wanted: GalleryFilter, **more: object) -> Link:
        """Return a link to a selection."""
        return Link(text, self.url(wanted), _rel(wanted), **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Listing:
    """One page of the gallery."""

    wanted: GalleryFilter
    total: int
    title: str
    eyebrow: str
    description: str
    person: Portrait | None
    heading: str
    things: str
    opening: Card | None
    cards: tuple[Card, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Link, ...]
    sorts: tuple[Link, ...]
    pager: Pager
    base: str
    problems: tuple[str, ...]
    suggestions: tuple[Link, ...]
    meant: Link | None

    @property
    def start(self) -> int:
        """How many results stand on the pages before."""
        return (self.wanted.page - 1) * PAGE_SIZE

    @property
    def leads_itself(self) -> bool:
        """Whether the first card of the list is the one that opens the gallery."""
        return bool(self.opening and self.cards and self.cards[0].slug == self.opening.slug)

    @property
    def head_title(self) -> str:
        """What the browser's title says: the sentence, once something is filtered."""
        if not self.wanted.narrows:
            return ""
        return Truncator(self.heading).chars(MAX_TITLE_LENGTH)

    @property
    def url(self) -> str:
        """The canonical address, without the host."""
        return Addresses(self.base).url(self.wanted)

    @property
    def rel(self) -> str:
        """What the links of the pager ask crawlers."""
        return _rel(self.wanted)

    @property
    def feed_url(self) -> str:
        """The address of the feed of this selection; order and page are nothing to a feed."""
        return Addresses(f"{self.base}feed/").url(self.wanted.selection())

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What the form keeps beside its own fields: the chosen values and the order."""
        sort = (("sort", self.wanted.sort),) if self.wanted.sort in (NEWEST, OLDEST) else ()
        return (*self.wanted.chosen, *sort)

    @property
    def since(self) -> str:
        """What the form says in its field; an unreadable date is kept to be corrected."""
        since = self.wanted.since
        return since.isoformat() if since else dict(self.wanted.unreadable).get("since", "")

    @property
    def until(self) -> str:
        """The same for the end."""
        until = self.wanted.until
        return until.isoformat() if until else dict(self.wanted.unreadable).get("until", "")


def listing(wanted: GalleryFilter, base: str, title: str, request: HttpRequest) -> Listing:
    """Return the page of the gallery that a filter names.

    `base` is the gallery's address, `title` its own title. Raises `Http404` for a page that isn't there.
    """
    terms = chosen_terms(wanted)
    found = select(wanted)
    total = found.count()
    last = max(1, ceil(total / PAGE_SIZE))
    if not 1 <= wanted.page <= last:
        raise Http404(_("There is no such page."))
    start = (wanted.page - 1) * PAGE_SIZE
    opening = _opening(wanted, found)
    entries = rows([*opening, *found.pks(start, start + PAGE_SIZE)])
    made = _cards(wanted, found, entries, request)
    facets = catalogue_facets.count(wanted, terms)
    to = Addresses(base)
    counted = wording.things(_numbers(facets, wanted), wanted.kind)
    single = terms[0] if len(terms) == 1 and wanted.indexable and terms[0].known else None
    return Listing(
        wanted=wanted,
        total=total,
        title=single.name if single else title,
        eyebrow=str(catalogue_facets.LABELS[single.key]) if single else "",
        description=single.description if single else "",
        person=portrait(single.slug) if single and single.key == "author" else None,
        heading=wording.heading(counted, wanted, terms),
        things=counted,
        opening=made[0] if opening else None,
        cards=tuple(made[len(opening) :]),
        facets=tuple(_facet_view(facet, wanted, to) for facet in facets),
        chips=tuple(_chips(wanted, terms, to)),
        sorts=tuple(_sorts(wanted, to)),
        pager=pager(wanted.page, last, lambda number: to.url(wanted.with_page(number))),
        base=base,
        problems=tuple(_problems(wanted, terms)),
        suggestions=tuple(_suggestions(wanted, terms, to)) if not total else (),
        meant=_meant(wanted, to) if wanted.q and not total else None,
    )


def _rel(wanted: GalleryFilter) -> str:
    return "" if wanted.indexable else "nofollow"


def _cards(
    wanted: GalleryFilter, found: Selection, entries: list[EntryRow], request: HttpRequest
) -> list[Card]:
    """Return the cards of a page; where words were looked for, with these marked."""
    profiles = ("card", "feature")
    if wanted.q and entries:
        return found_cards(entries, found.content.search(wanted.q).sought, request, profiles)
    return cards(entries, request, profiles)


def _is_opening(wanted: GalleryFilter) -> bool:
    """Return whether this is the gallery as one first meets it: nothing filtered, newest first."""
    return not wanted.narrows and wanted.order == NEWEST and wanted.page == 1


def _opening(wanted: GalleryFilter, found: Selection) -> list[int]:
    """Return the key of the latest featured entry where the gallery opens with it: none or one.

    It keeps its own place in the list, which is strictly in order.
    """
    return found.having("featured", True).pks(0, 1) if _is_opening(wanted) else []


def _numbers(facets: list[Facet], wanted: GalleryFilter) -> dict[str, int]:
    """Return how many of each kind the selection holds: the kinds' own counts ignore their choice."""
    kinds = next(facet for facet in facets if facet.key == "kind").values
    return {v.slug: v.count for v in kinds if v.chosen or not wanted.kind}


def _facet_view(facet: Facet, wanted: GalleryFilter, to: Addresses) -> FacetView:
    # What crawlers are asked depends on whether a value is chosen, not on which one it is.
    one_of = {value.chosen: value.slug for value in facet.values}
    rels = {chosen: _rel(wanted.toggled(facet.key, slug)) for chosen, slug in one_of.items()}

    def links(values: tuple[FacetValue, ...]) -> tuple[FacetLink, ...]:
        queries = wanted.toggled_queries(facet.key, (value.slug for value in values))
        return tuple(
            FacetLink(value, to.of(query), rels[value.chosen])
            for value, query in zip(values, queries, strict=True)
        )

    return FacetView(
        facet.key, facet.label, links(facet.first), links(facet.rest), len(facet.values)
    )


def _chips(wanted: GalleryFilter, terms: list[Term], to: Addresses) -> list[Link]:
    """Return what is chosen, each as a link that takes it away."""
    chips = [
        to.link(term.name, wanted.without(term.key, term.slug), colour=_thread(term))
        for term in terms
    ]
    if wanted.q:
        chips.append(to.link(f"“{wanted.q}”", wanted.without("q")))
    if time := wording.period(wanted):
        chips.append(to.link(time, wanted.without_dates()))
    return chips


def _thread(term: Term) -> str:
    """Return the category whose colour a chip carries."""
    return term.slug if term.key == "category" and term.known else ""


def _sorts(wanted: GalleryFilter, to: Addresses) -> list[Link]:
    names = {NEWEST: _("Newest"), OLDEST: _("Oldest")}
    if wanted.q:
        names = {RELEVANCE: _("Best match"), **names}
    return [
        to.link(name, wanted.with_value("sort", sort), current=wanted.order == sort)
        for sort, name in names.items()
    ]


def _meant(wanted: GalleryFilter, to: Addresses) -> Link | None:
    """Return the search that was probably meant, with how many it finds."""
    if (found := meant(wanted)) is None:
        return None
    other, number = found
    return to.link(other.q, other, count=number)


def _problems(wanted: GalleryFilter, terms: list[Term]) -> list[str]:
    """Return what can't be answered: values that don't exist, dates that are none, words that are none."""
    found = [UNKNOWN[term.key] % {"value": term.slug} for term in terms if not term.known]
    found += [
        _("“%(value)s” is no date. Write it as year, month and day, like 2024-05-31.")
        % {"value": value}
        for _key, value in wanted.unreadable
    ]
    if wanted.since and wanted.until and wanted.until < wanted.since:
        found.append(_("The time you asked for ends before it begins."))
    if wanted.q and not search_words(wanted.q):
        found.append(_("“%(text)s” holds no word to search for.") % {"text": wanted.q})
    return found


def _suggestions(wanted: GalleryFilter, terms: list[Term], to: Addresses) -> list[Link]:
    """Return what to do when nothing is found: drop one filter, or, where that doesn't help, keep one.

    Each comes with what it gives. Values of one facet are alternatives, so only dropping them all can help.
    """
    parts = list(_parts(wanted, terms))
    ways = [(_("Without %(filter)s"), name, dropped) for name, dropped, _kept in parts]
    if found := _helpful(ways, to):
        return found
    return _helpful([(_("Only %(filter)s"), name, kept) for name, _dropped, kept in parts], to)


def _helpful(ways: Iterable[tuple[str, str, GalleryFilter]], to: Addresses) -> list[Link]:
    """Return those ways that lead to any entry, with how many there are."""
    counted = [
        (text % {"filter": name}, target, select(target).count()) for text, name, target in ways
    ]
    return [to.link(text, target, count=number) for text, target, number in counted if number]


def _parts(
    wanted: GalleryFilter, terms: list[Term]
) -> Iterator[tuple[str, GalleryFilter, GalleryFilter]]:
    """Yield each filter that is set: its name, the selection without it, the selection by it alone."""
    nothing = GalleryFilter()
    for key in FACETS:
        if values := getattr(wanted, key):
            name = wording.either([term.name for term in terms if term.key == key])
            yield name, wanted.without(key), replace(nothing, **{key: values})
    if wanted.q:
        yield f"“{wanted.q}”", wanted.without("q"), replace(nothing, q=wanted.q)
    if wanted.has_dates:
        alone = replace(
            nothing, since=wanted.since, until=wanted.until, unreadable=wanted.unreadable
        )
        yield wording.period(wanted), wanted.without_dates(), alone
