"""The map above the list: which communities stand on it, and what its regions link to."""

from django.http import HttpRequest

from impact.communities.directory import Directory
from impact.communities.models import CommunityPage
from impact.communities.worldmap.drawing import MapRegion, WorldMap, place, world_map
from impact.communities.worldmap.land import land
from impact.communities.worldmap.spots import Place


def map_of(directory: Directory, request: HttpRequest | None = None) -> WorldMap | None:
    """Return the map of the listed communities; None where nobody has said where they are. No query."""
    if not directory.anybody_placed:
        return None
    outlines = land()
    regions = (
        (
            choice.value,
            MapRegion(
                path=outlines[choice.value],
                label=choice.label,
                count=choice.count,
                query=choice.query,
                chosen=choice.chosen,
                indexable=choice.indexable,
            ),
        )
        for group in directory.groups
        for choice in group.choices
        if group.key == "region" and choice.value in outlines
    )
    return world_map([_place(one, request) for one in directory.communities if one.placed], regions)


def _place(community: CommunityPage, request: HttpRequest | None) -> Place:
    return place(
        float(community.longitude or 0),
        float(community.latitude or 0),
        community.title,
        community.get_url(request) or "",
        community.country,
    )
