"""Support in both directions: who supported the stories about a community, and what it supported itself."""

from dataclasses import dataclass

from django.http import HttpRequest

from impact.catalogue.cards import cards
from impact.catalogue.communities.entries import stories_of
from impact.catalogue.selection import select
from impact.communities.models import CommunityPage
from impact.filters.gallery import GalleryFilter
from impact.pages.addresses import Addresses

SUPPORTERS_SHOWN = 12
SUPPORTED_SHOWN = 24


@dataclass(frozen=True)
class Supporter:
    """A community that is thanked, and in how many stories."""

    name: str
    slug: str
    url: str
    count: int


def supporters_of(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return who supported the stories about a community, most first. No query.

    Only supporters that anybody may read of are named, and nobody is their own.
    """
    if not community.slug:
        return {"supporters": []}
    stories = stories_of(community)
    addresses = Addresses(request)
    found = [
        Supporter(term.name, term.slug, addresses.of(term.url_path), number)
        for pk, number in stories.counts("supporter").items()
        if pk != community.pk and (term := stories.content.terms.get("community", pk))
    ]
    found.sort(key=lambda supporter: (-supporter.count, supporter.name.casefold(), supporter.slug))
    return {
        "supporters": found[:SUPPORTERS_SHOWN],
        "others": len(found[SUPPORTERS_SHOWN:]),
    }


def supported_by(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return what a community supported, newest first, apart from what is about them."""
    if community.pk is None:
        return {"total": 0}
    entries = select(GalleryFilter()).having("supporter", community.pk)
    total = entries.count()
    shown = cards(entries[:SUPPORTED_SHOWN], request, ("thumb",)) if total else []
    return {"total": total, "cards": shown, "complete": len(shown) == total}
