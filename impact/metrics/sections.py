"""What metrics add to the page of a community: its figures."""

from django.http import HttpRequest

from impact.communities.models import CommunityPage
from impact.metrics.figures import figures_of_community


def figures_section(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return the community's own figures. One query."""
    return {"figures": figures_of_community(community.pk) if community.pk else []}
