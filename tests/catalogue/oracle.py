"""The catalogue as the database itself answers: slow, plain queries over pages, to compare with."""

from collections.abc import Callable
from datetime import date

from django.db.models import (
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.html import strip_tags

from impact.catalogue import fulltext
from impact.catalogue.forms import forms
from impact.catalogue.selection import search_words
from impact.catalogue.terms import KIND_NAMES, YEAR
from impact.entries.kinds import kind_of
from impact.entries.models import CommunityRole, EntryAuthor, EntryCommunity, EntryPage, EntryTag
from impact.entries.querysets import EntryQuerySet
from impact.filters.gallery import FACETS, OLDEST, GalleryFilter
from impact.pages.visibility import public

COMMUNITY, TAG, CATEGORY = 4, 2, 1
# A row of a count: slug, name, number of entries.
Row = tuple[str, str, int]


def select(wanted: GalleryFilter) -> EntryQuerySet:
    """Return the public entries that a filter selects, by date."""
    found = matching(wanted)
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


def searched(text: str) -> list[int]:
    """Return the keys of entries whose own fields hold a form of every word of a search text."""
    words = search_words(text).split()
    found = []
    for page in EntryPage.objects.specific():
        held = set(fulltext.words(" ".join(_searchable(page))))
        if words and all(held & set(forms(word)) for word in words):
            found.append(page.pk)
    return found


def _searchable(page: EntryPage) -> list[str]:
    body = page.body.render_as_block() if hasattr(page, "body") else ""
    return [page.title, page.summary, getattr(page, "publisher", ""), strip_tags(body)]


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


def count(wanted: GalleryFilter) -> dict[str, list[Row]]:
    """Return the counts of every facet, in order."""
    return {key: _COUNTERS[key](matching(wanted, ignoring=key)) for key in FACETS}


def _years(entries: EntryQuerySet) -> list[Row]:
    rows = entries.values_list(ExtractYear("date")).annotate(number=Count("pk"))
    return [(str(year), str(year), number) for year, number in rows.order_by("-extractyear1")]


def _categories(entries: EntryQuerySet) -> list[Row]:
    rows = (
        entries.filter(category__isnull=False)
        .values_list("category__slug", "category__name")
        .annotate(number=Count("pk"))
        .order_by("category__sort_order", "category__name")
        .values_list("category__slug", "category__name", "number")
    )
    return list(rows)


def _communities(entries: EntryQuerySet) -> list[Row]:
    return _linked(entries, community_links(), "page_id", "community__slug", "community__title")


def _tags(entries: EntryQuerySet) -> list[Row]:
    return _linked(entries, EntryTag.objects.all(), "content_object_id", "tag__slug", "tag__name")


def _authors(entries: EntryQuerySet) -> list[Row]:
    return _linked(entries, EntryAuthor.objects.all(), "page_id", "author__slug", "author__name")


def _kinds(entries: EntryQuerySet) -> list[Row]:
    rows = entries.values_list("content_type_id").annotate(number=Count("pk"))
    numbers = {kind_of(content_type_id): number for content_type_id, number in rows}
    return [
        (kind, str(name), numbers[kind]) for kind, name in KIND_NAMES.items() if kind in numbers
    ]


def _linked(entries: EntryQuerySet, links: QuerySet, page: str, slug: str, name: str) -> list[Row]:
    """Count entries by what rows of a relation link them to, the largest number first."""
    rows = (
        links.filter(**{f"{page}__in": entries.values("pk")})
        .order_by()
        .values_list(slug, name)
        .annotate(number=Count(page, distinct=True))
    )
    ordered = sorted(rows, key=lambda row: (-row[2], row[1].casefold(), row[0]))
    return [(slug, name, number) for slug, name, number in ordered]


_COUNTERS: dict[str, Callable[[EntryQuerySet], list[Row]]] = {
    "year": _years,
    "category": _categories,
    "community": _communities,
    "tag": _tags,
    "author": _authors,
    "kind": _kinds,
}


def related(entry: EntryPage) -> EntryQuerySet:
    """Return the entries that share something with one, in order."""
    links = community_links().filter(page_id=entry.pk)
    return _ranked(
        entry,
        list(links.values_list("community_id", flat=True)),
        list(entry.tagged_items.values_list("tag_id", flat=True)),
    )


def neighbours(entry: EntryPage) -> list[int | None]:
    """Return the keys of the public entries before and after one."""
    others = EntryPage.objects.published().exclude(pk=entry.pk)
    same_day = Q(date=entry.date)
    before = others.filter(Q(date__lt=entry.date) | same_day & Q(pk__lt=entry.pk))
    after = others.filter(Q(date__gt=entry.date) | same_day & Q(pk__gt=entry.pk))
    found = before.newest_first().first(), after.oldest_first().first()
    return [page and page.pk for page in found]


def _ranked(entry: EntryPage, communities: list[int], tags: list[int]) -> EntryQuerySet:
    """Return the entries that share something, by how much and then by distance in time."""
    same_category = Case(
        # A draft may still lack its category, which then has nothing in common with anything.
        When(category_id=entry.category_id or 0, then=Value(CATEGORY)),
        default=Value(0),
        output_field=IntegerField(),
    )
    score = (
        _number(community_links().filter(community_id__in=communities), "page_id", "community_id")
        * COMMUNITY
        + _number(EntryTag.objects.filter(tag_id__in=tags), "content_object_id", "tag_id") * TAG
        + same_category
    )
    return (
        EntryPage.objects.published()
        .exclude(pk=entry.pk)
        .annotate(_score=score, _distance=_distance(entry.date))
        .filter(_score__gt=0)
        .order_by("-_score", "_distance", "-date", "-pk")
    )


def _number(rows: object, page: str, other: str) -> Coalesce:
    """Return how many of the rows belong to an entry, as a subquery."""
    counted = (
        rows.filter(**{page: OuterRef("pk")})  # type: ignore[attr-defined]
        .order_by()
        .values(page)
        .annotate(number=Count(other, distinct=True))
        .values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _distance(day: date) -> Case:
    """Return how far an entry's date is from a day, either way."""
    on = Value(day)
    after = ExpressionWrapper(F("date") - on, output_field=DurationField())
    before = ExpressionWrapper(on - F("date"), output_field=DurationField())
    return Case(When(date__gte=day, then=after), default=before, output_field=DurationField())
