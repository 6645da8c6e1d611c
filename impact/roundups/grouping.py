"""The communities of a year by what they are, and how many of them work where; pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from impact.communities.models import CommunityKind, Region
from impact.roundups.parts import CommunityGroup, RegionCount, YearCommunity


def by_kind(communities: Sequence[YearCommunity]) -> Iterator[CommunityGroup]:
    """Yield the communities kind by kind, in the order in which the kinds are always named."""
    known: list[str] = [*CommunityKind.values]
    kinds = sorted(
        {each.kind for each in communities},
        key=lambda kind: known.index(kind) if kind in known else len(known),
    )
    for kind in kinds:
        title = name_of_kind(kind) if len(kinds) > 1 else ""
        yield CommunityGroup(title, tuple(each for each in communities if each.kind == kind))


def together(communities: Sequence[YearCommunity]) -> Iterator[CommunityGroup]:
    """Yield all of them as one group without a title, if there are any."""
    if communities:
        yield CommunityGroup("", tuple(communities))


def by_region(communities: Sequence[YearCommunity]) -> Iterator[RegionCount]:
    """Yield the regions that communities say they work in, those with most communities first."""
    counts = Counter(each.region for each in communities if each.region in Region.values)
    # Where there are as many, in the order in which the regions are always named.
    for region in sorted(counts, key=lambda one: (-counts[one], Region.values.index(one))):
        yield RegionCount(name_of_region(region), counts[region])


def name_of_kind(kind: str) -> str:
    """Return what communities of a kind are called; a record may have one that is not known any more."""
    return CommunityKind(kind).several if kind in CommunityKind.values else _("Others")


def name_of_region(region: str) -> str:
    """Return what a region is called."""
    return str(Region(region).label) if region in Region.values else _("nobody says where")
