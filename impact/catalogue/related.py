"""Where to read on: entries that have something in common with one, and its neighbours in time."""

from dataclasses import dataclass
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
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _

from impact.catalogue.cards import cards, link_targets
from impact.catalogue.selection import community_links
from impact.entries.models import EntryPage, EntryTag
from impact.entries.querysets import EntryQuerySet
from impact.pages.cards import Card

# What having something in common is worth: whom it is about says most, a category least.
COMMUNITY, TAG, CATEGORY = 4, 2, 1


@dataclass(frozen=True)
class Related:
    """An entry that has something in common with another, and what."""

    card: Card
    reason: str


@dataclass(frozen=True)
class Neighbour:
    """An entry as the way to it is written; `outbound` when it leads to another site."""

    title: str
    url: str
    outbound: bool


@dataclass(frozen=True)
class Neighbours:
    """The entries before and after one, by date; `None` at the ends."""

    previous: Neighbour | None
    next: Neighbour | None


def related(entry: EntryPage, limit: int = 3, request: HttpRequest | None = None) -> list[Related]:
    """Return the entries that have most in common with one, the closest in time first among equals."""
    communities = _communities(entry)
    tags = {item.tag_id: item.tag.name for item in entry.tagged_items.select_related("tag")}
    found = list(_ranked(entry, list(communities), list(tags))[:limit])
    shared = _shared(found, communities, tags)
    return [
        Related(card, shared.get(page.pk) or _("Also in %(name)s") % {"name": entry.category})
        for page, card in zip(found, cards(found, request), strict=True)
    ]


def neighbours(entry: EntryPage, request: HttpRequest | None = None) -> Neighbours:
    """Return the public entries before and after one in the gallery's order."""
    others = EntryPage.objects.published().exclude(pk=entry.pk)
    same_day = Q(date=entry.date)
    before = others.filter(Q(date__lt=entry.date) | same_day & Q(pk__lt=entry.pk or 0))
    after = others.filter(Q(date__gt=entry.date) | same_day & Q(pk__gt=entry.pk or 0))
    previous, following = before.newest_first().first(), after.oldest_first().first()
    outside = link_targets([page for page in (previous, following) if page is not None])

    def way_to(page: EntryPage | None) -> Neighbour | None:
        if page is None:
            return None
        url, _publisher = outside.get(page.pk) or (page.get_url(request) or "", "")
        return Neighbour(page.title, url, page.pk in outside)

    return Neighbours(way_to(previous), way_to(following))


def _communities(entry: EntryPage) -> dict[int, str]:
    """Return the public communities that an entry is about, by key."""
    links = community_links().filter(page_id=entry.pk).select_related("community")
    return {link.community_id: link.community.title for link in links}


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


def _shared(
    pages: list[EntryPage], communities: dict[int, str], tags: dict[int, str]
) -> dict[int, str]:
    """Return the reason that names a shared community or, failing that, a shared tag."""
    keys = [page.pk for page in pages]
    reasons: dict[int, str] = {}
    tagged = EntryTag.objects.filter(content_object_id__in=keys, tag_id__in=tags).order_by("-pk")
    for item in tagged:
        reasons[item.content_object_id] = _("Also about %(name)s") % {"name": tags[item.tag_id]}
    linked = community_links().filter(page_id__in=keys, community_id__in=communities)
    for link in linked.order_by("-sort_order", "-pk"):
        reasons[link.page_id] = _("Also with %(name)s") % {"name": communities[link.community_id]}
    return reasons
