"""Which entries a filter selects, and in what order."""

import re
from collections.abc import Callable

from django.db.models import QuerySet

from impact.entries.models import CommunityRole, EntryCommunity, EntryPage
from impact.entries.querysets import EntryQuerySet
from impact.filters.gallery import OLDEST, RELEVANCE, GalleryFilter
from impact.pages.visibility import public

YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)
WORD = re.compile(r"[^\W_]+")
MAX_WORDS = 16


def select(wanted: GalleryFilter) -> EntryQuerySet:
    """Return the public entries that a filter selects, in its order, each once."""
    found = matching(wanted)
    if wanted.order == RELEVANCE and search_words(wanted.q):
        return by_relevance(found, wanted.q)
    return found.oldest_first() if wanted.order == OLDEST else found.newest_first()


def matching(wanted: GalleryFilter, ignoring: str = "") -> EntryQuerySet:
    """Return the public entries that a filter selects, in no order; leave one facet out if told."""
    entries: EntryQuerySet = EntryPage.objects.published().order_by()
    if wanted.unreadable:
        return entries.none()
    if wanted.since:
        entries = entries.filter(date__gte=wanted.since)
    if wanted.until:
        entries = entries.filter(date__lte=wanted.until)
    for key, narrow in _FACETS.items():
        if key != ignoring and (values := getattr(wanted, key)):
            entries = narrow(entries, values)
    return entries.filter(pk__in=searched(wanted.q)) if wanted.q else entries


def search_words(text: str) -> str:
    """Return the words of a search text alone: quotes and operators mean nothing to us.

    The database's own search languages would trip over them; without any word, nothing is found.
    """
    words = dict.fromkeys(word.casefold() for word in WORD.findall(text))
    return " ".join(list(words)[:MAX_WORDS])


def searched(text: str) -> EntryQuerySet:
    """Return the keys of entries that hold every word of a search text, whoever may read them."""
    words = search_words(text)
    everything = EntryPage.objects.order_by()
    if not words:
        return everything.none().values("pk")
    # Searched on its own: Wagtail refuses to search what is filtered over relations.
    found = everything.search(words, operator="and", order_by_relevance=False).get_queryset()
    return found.order_by().values("pk")


def by_relevance(entries: EntryQuerySet, text: str) -> EntryQuerySet:
    """Return the entries among those given that a search finds, the best first."""
    found = EntryPage.objects.order_by().search(search_words(text), operator="and").get_queryset()
    return found.filter(pk__in=entries.values("pk"))


def community_links() -> QuerySet[EntryCommunity]:
    """Return which entries are about which communities, as far as a visitor may know of them."""
    return EntryCommunity.objects.filter(public("community__"), role=CommunityRole.ABOUT)


def _in_years(entries: EntryQuerySet, values: tuple[str, ...]) -> EntryQuerySet:
    return entries.in_year(*(int(value) for value in values if YEAR.fullmatch(value)))


def _with_communities(entries: EntryQuerySet, values: tuple[str, ...]) -> EntryQuerySet:
    # A community that isn't public is no value, so its address gives nothing away.
    links = community_links().filter(community__slug__in=values)
    return entries.filter(pk__in=links.values("page_id"))


_FACETS: dict[str, Callable[[EntryQuerySet, tuple[str, ...]], EntryQuerySet]] = {
    "year": _in_years,
    "category": lambda entries, values: entries.in_category(*values),
    "community": _with_communities,
    "tag": lambda entries, values: entries.with_tag(*values),
    "author": lambda entries, values: entries.with_author(*values),
    "kind": lambda entries, values: entries.of_kind(*values),
}
