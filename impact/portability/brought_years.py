"""The record of a closed year, written as it was for pages that have new keys here."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage
from impact.metrics.models import Metric
from impact.people.models import Author
from impact.portability.closed_years import LEAD, Carried, Name
from impact.roundups.composition import read
from impact.roundups.facts import Entry
from impact.roundups.rekeying import Rekeying, rekeyed
from impact.roundups.snapshot import write
from impact.taxonomy.models import Category, Tag

Lookup = Callable[[str], int | None]


def brought(carried: Carried, body: str, page_id: Lookup, image_id: Lookup) -> dict[str, Any]:
    """Return the record for a report with this body, as its page keeps it.

    What there is none of here has a key below nought, which nothing ever has: it is counted, no more.
    """
    guids = [each.name for each in carried.entries]
    rows = EntryPage.objects.filter(guid__in=guids).values_list("guid", "pk", "lead_image_id")
    found = {guid: (pk, image) for guid, pk, image in rows}
    entries = {each.key: found[each.name][0] for each in carried.entries if each.name in found}
    leads = {each.key: found[each.name][1] for each in carried.entries if each.name in found}
    pictures = {each.key: each.name for each in carried.pictures}
    blocks = [section.block for section in read(json.loads(body)).sections]
    places = {
        str(each.key): blocks[int(each.name) - 1]
        for each in carried.sections
        if re.fullmatch("[0-9]{1,5}", each.name) and 0 < int(each.name) <= len(blocks)
    }

    def picture(entry: Entry) -> int | None:
        name = pictures.get(entry.image or 0, "")
        return leads.get(entry.key) if name == LEAD else image_id(name)

    year = rekeyed(
        carried.closed.year,
        Rekeying(
            entry=_here(entries),
            community=_here(_communities(carried.communities, page_id)),
            category=_here(_by_slug(Category, carried.categories)),
            tag=_here(_by_slug(Tag, carried.tags)),
            metric=_here(_by_slug(Metric, carried.metrics)),
            author=_here(_by_slug(Author, carried.authors)),
            picture=picture,
            block=lambda block: places.get(block, block),
        ),
    )
    return write(year, carried.closed.closed_at)


def _here(keys: dict[int, int]) -> Callable[[int], int]:
    """Return what gives the key of something here, or one of its own that nothing has."""
    gone: dict[int, int] = {}
    return lambda key: keys.get(key) or gone.setdefault(key, -1 - len(gone))


def _communities(names: Iterable[Name], page_id: Lookup) -> dict[int, int]:
    # A mark at the beginning is none of a page's folder, but of what only an import itself may name.
    folders = (each for each in names if not each.name.startswith(("=", "@")))
    wanted = {each.key: pk for each in folders if (pk := page_id(each.name))}
    found = CommunityPage.objects.filter(pk__in=wanted.values())
    there = set(found.values_list("pk", flat=True))
    return {key: pk for key, pk in wanted.items() if pk in there}


def _by_slug(model: Any, names: Iterable[Name]) -> dict[int, int]:
    slugs = {each.key: each.name for each in names}
    there = dict(model.objects.filter(slug__in=slugs.values()).values_list("slug", "pk"))
    return {key: there[slug] for key, slug in slugs.items() if slug in there}
