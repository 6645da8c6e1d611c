"""Where to read on: entries that have something in common with one, and its neighbours in time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.http import HttpRequest
from django.utils.translation import gettext as _

from impact.catalogue.cards import address, cards
from impact.catalogue.models import EntryRow
from impact.catalogue.selection import rows
from impact.catalogue.snapshot import Snapshot, snapshot
from impact.entries.models import CommunityRole, EntryPage
from impact.pages.addresses import Addresses
from impact.pages.cards import Card

# What having something in common is worth: whom it is about says most, a category least. Powers of two.
WORTH = {"community": 4, "tag": 2, "category": 1}


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
    language: str = ""


@dataclass(frozen=True)
class Neighbours:
    """The entries before and after one, by date; `None` at the ends."""

    previous: Neighbour | None
    next: Neighbour | None


def related(entry: EntryPage, limit: int = 3, request: HttpRequest | None = None) -> list[Related]:
    """Return the entries that have most in common with one, the closest in time first among equals."""
    content = snapshot()
    own = _filing(entry, content)
    found = rows(_closest(entry, own, content, limit))
    return [
        Related(card, _reason(row, own, content))
        for row, card in zip(found, cards(found, request), strict=True)
    ]


def neighbours(entry: EntryPage, request: HttpRequest | None = None) -> Neighbours:
    """Return the public entries before and after one in the gallery's order."""
    before, after = snapshot().index.neighbours(entry.date.toordinal(), entry.pk or 0)
    found = {row.pk: row for row in rows([pk for pk in (before, after) if pk is not None])}

    def way_to(pk: int | None) -> Neighbour | None:
        row = None if pk is None else found.get(pk)
        if row is None:
            return None
        url = address(row, Addresses(request))
        return Neighbour(row.title, url, bool(row.external_url), row.language)

    return Neighbours(way_to(before), way_to(after))


def _filing(entry: EntryPage, content: Snapshot) -> dict[str, list[int]]:
    """Return what an entry is filed under, as far as visitors know of it; it may be a draft."""
    about = [
        link.community_id
        for link in entry.community_links.all()
        if link.role == CommunityRole.ABOUT
    ]
    filing = {
        "community": about,
        "tag": [item.tag_id for item in entry.tagged_items.all()],
        "category": [entry.category_id],
    }
    return {
        key: [value for value in dict.fromkeys(values) if content.terms.get(key, value)]
        for key, values in filing.items()
    }


def _closest(
    entry: EntryPage, own: dict[str, list[int]], content: Snapshot, limit: int
) -> list[int]:
    index = content.index
    others = ~index.among([entry.pk or 0])
    shared = (
        (index.having(key, [value]) & others, WORTH[key]) for key in own for value in own[key]
    )
    closest: list[int] = []
    for found in _by_score(shared):
        closest += index.nearest(found, entry.date.toordinal(), limit - len(closest))
        if len(closest) >= limit:
            break
    return closest


def _by_score(shared: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield the entries of each score, the highest first, from what each shared value is worth to whom.

    The scores of all entries are added up at once: integer n holds bit n of every entry's score.
    """
    planes: list[int] = []
    for entries, worth in shared:
        place = worth.bit_length() - 1
        while entries:
            planes += [0] * (place + 1 - len(planes))
            planes[place], entries = planes[place] ^ entries, planes[place] & entries
            place += 1
    anything = reduce(or_, planes, 0)
    for score in range((1 << len(planes)) - 1, 0, -1):
        found = anything
        for place, plane in enumerate(planes):
            found &= plane if score >> place & 1 else ~plane
        if found:
            yield found


def _reason(row: EntryRow, own: dict[str, list[int]], content: Snapshot) -> str:
    """Return words for what is shared: a community and a tag or, failing these, the category."""
    shared: dict[str, str] = {}
    for key in own:
        terms = (content.terms.get(key, value) for value in row.filing[key] if value in own[key])
        if name := next((term.name for term in terms if term), ""):
            shared[key] = name
    if {"community", "tag"} <= shared.keys():
        return _("Also with %(community)s and about %(tag)s") % shared
    if "community" in shared:
        return _("Also with %(name)s") % {"name": shared["community"]}
    if "tag" in shared:
        return _("Also about %(name)s") % {"name": shared["tag"]}
    return _("Also in %(name)s") % {"name": shared["category"]} if shared else ""
