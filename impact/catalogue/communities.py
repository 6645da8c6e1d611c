"""What the catalogue adds to the pages of communities: their entries, and what they supported."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest

from impact.catalogue.addresses import gallery_address
from impact.catalogue.cards import cards
from impact.catalogue.facets import count_one
from impact.catalogue.selection import select
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.filters.gallery import GalleryFilter
from impact.pages.cards import Card

# As many stories as a visitor reads down to; the gallery has the others.
SHOWN = 18
SUPPORTED_SHOWN = 24
DOTS = 40


@dataclass(frozen=True)
class CommunityYear:
    """A year of a community: how many entries the gallery has of it, and those that are shown."""

    year: str
    count: int
    url: str
    cards: tuple[Card, ...] = ()

    @property
    def dots(self) -> range:
        """A dot for each entry, as many as fit into a line."""
        return range(min(self.count, DOTS))


def entries_of(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return a community's entries by year, newest first. The same few queries for any number of them."""
    if not community.slug:
        return {"total": 0}
    wanted = GalleryFilter(community=(community.slug,))
    counted = count_one("year", wanted).values
    gallery = gallery_address(request)
    shown = cards(select(wanted)[:SHOWN], request) if counted else []
    by_year = {year: tuple(some) for year, some in groupby(shown, lambda card: str(card.date.year))}
    return {
        "total": sum(value.count for value in counted),
        "url": gallery.of(community=community.slug),
        "years": [
            CommunityYear(
                value.slug,
                value.count,
                gallery.of(community=community.slug, year=value.slug),
                by_year.get(value.slug, ()),
            )
            for value in counted
        ],
    }


def supported_by(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return what a community supported, newest first, apart from what is about them."""
    if community.pk is None:
        return {"total": 0}
    entries = select(GalleryFilter()).having("supporter", community.pk)
    total = entries.count()
    shown = cards(entries[:SUPPORTED_SHOWN], request, ("thumb",)) if total else []
    return {"total": total, "cards": shown, "complete": len(shown) == total}


def entry_counts(request: HttpRequest, index: CommunityIndexPage) -> dict[str, object]:
    """Return how many entries the gallery has of each community, by slug."""
    values = count_one("community", GalleryFilter()).values
    return {"counts": {value.slug: value.count for value in values}}
