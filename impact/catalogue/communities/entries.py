"""A community's entries: its stories year by year, and apart from them what others wrote."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest

from impact.catalogue.addresses import gallery_address
from impact.catalogue.cards import cards
from impact.catalogue.facets import count_one
from impact.catalogue.selection import Selection, select
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.entries.kinds import LINK, STORY
from impact.filters.gallery import GalleryFilter
from impact.pages.addresses import absolute
from impact.pages.cards import Card

# As many stories as a visitor reads down to; the gallery has the others.
SHOWN = 18
LINKS_SHOWN = 9
DOTS = 40


@dataclass(frozen=True)
class ShownStory:
    """A story as a card, and for paper its address in full."""

    card: Card
    address: str


@dataclass(frozen=True)
class CommunityYear:
    """A year of a community: how many stories the gallery has of it, and those that are shown."""

    year: str
    count: int
    url: str
    stories: tuple[ShownStory, ...] = ()

    @property
    def dots(self) -> range:
        """A dot for each story, as many as fit into a line."""
        return range(min(self.count, DOTS))


def wanted_of(community: CommunityPage, *kinds: str) -> GalleryFilter:
    """Return what the gallery is asked for when it is to list a community's entries."""
    return GalleryFilter(community=(community.slug,), kind=kinds)


def stories_of(community: CommunityPage) -> Selection:
    """Return the public stories about a community, newest first."""
    return select(wanted_of(community, STORY))


def timeline_of(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return a community's stories by year, newest first. The same few queries for any number of them.

    `total` counts everything that the gallery has of the community; `silent` says that no entry names it.
    """
    if not community.slug:
        return {"total": 0, "silent": True}
    counted = count_one("year", wanted_of(community, STORY)).values
    gallery = gallery_address(request)
    shown = cards(stories_of(community)[:SHOWN], request) if counted else []
    by_year = {
        year: tuple(ShownStory(card, absolute(card.url, request)) for card in some)
        for year, some in groupby(shown, lambda card: str(card.date.year))
    }
    total = select(wanted_of(community)).count()
    supported = select(GalleryFilter()).having("supporter", community.pk or 0)
    return {
        "total": total,
        "silent": not total and not supported,
        "url": gallery.of(community=community.slug),
        "years": [
            CommunityYear(
                value.slug,
                value.count,
                gallery.of(community=community.slug, kind=STORY, year=value.slug),
                by_year.get(value.slug, ()),
            )
            for value in counted
        ],
    }


def links_of(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return what others published about a community, newest first."""
    if not community.slug:
        return {"total": 0}
    links = select(wanted_of(community, LINK))
    total = links.count()
    return {
        "total": total,
        "cards": cards(links[:LINKS_SHOWN], request, ("thumb",)) if total else [],
        "url": gallery_address(request).of(community=community.slug, kind=LINK),
    }


def entry_counts(request: HttpRequest, index: CommunityIndexPage) -> dict[str, object]:
    """Return how many entries the gallery has of each community, by slug."""
    values = count_one("community", GalleryFilter()).values
    return {"counts": {value.slug: value.count for value in values}}
