"""What stands on the home page: this year's figures, stories, the latest roundup, the communities."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from impact.catalogue.addresses import gallery_address
from impact.catalogue.cards import cards
from impact.catalogue.facets import count_one
from impact.catalogue.selection import rows, select
from impact.communities.directory import public_communities
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.filters.gallery import GalleryFilter
from impact.media.renditions import prefetch
from impact.metrics.figures import Figure, latest_headlines
from impact.pages.cards import Card
from impact.pages.visibility import public_pages
from impact.roundups.archive import ArchiveYear, archive

FIGURES = 4
# One that opens the page, and a row of three.
LEAD = 4
LATEST = 6
COMMUNITIES = 12


@dataclass(frozen=True)
class Front:
    """Everything that the home page shows; each part may be empty."""

    figures: tuple[Figure, ...] = ()
    lead: tuple[Card, ...] = ()
    latest: tuple[Card, ...] = ()
    roundup: ArchiveYear | None = None
    communities: tuple[CommunityPage, ...] = ()
    community_total: int = 0
    communities_url: str = ""
    gallery_url: str = ""
    entry_total: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing has been published yet."""
        return not (self.lead or self.communities or self.roundup)


def front(request: HttpRequest) -> Front:
    """Return what the home page shows, with a constant number of queries."""
    lead, latest = _stories(request)
    everybody = public_communities()
    newest = archive(request, newest=1)
    index = public_pages(CommunityIndexPage).first()
    return Front(
        figures=tuple(latest_headlines(until=timezone.localdate().year)[:FIGURES]),
        lead=lead,
        latest=latest,
        roundup=newest[0] if newest else None,
        communities=tuple(_most_told_of(everybody)),
        community_total=len(everybody),
        communities_url=(index.get_url(request) or "") if index else "",
        gallery_url=gallery_address(request).url,
        entry_total=select(GalleryFilter()).count(),
    )


def _stories(request: HttpRequest) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """Return what leads the page, featured entries before new ones, and the latest others.

    No entry stands twice. Where nobody has featured any, the largest place is for one with a picture.
    """
    entries = select(GalleryFilter())
    featured = entries.having("featured", True).pks(0, LEAD)
    others = entries.without(featured).pks(0, LEAD + LATEST - len(featured))
    shown = rows(featured + others)
    if not featured:
        pictured = next((row for row in shown if row.image_id), None)
        shown.sort(key=lambda row: row is not pictured)
    made = cards(shown, request, ("card", "feature"))
    return tuple(made[:LEAD]), tuple(made[LEAD:])


def _most_told_of(everybody: list[CommunityPage]) -> list[CommunityPage]:
    """Return the communities with the most entries, in the order of their names."""
    counts = {value.slug: value.count for value in count_one("community", GalleryFilter()).values}
    ranked = sorted(everybody, key=lambda community: -counts.get(community.slug, 0))
    chosen = {community.pk for community in ranked[:COMMUNITIES]}
    shown = [community for community in everybody if community.pk in chosen]
    prefetch((community.logo for community in shown), "emblem")
    return shown
