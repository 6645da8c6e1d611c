"""What a community's page offers for their own website: the lines to copy."""

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from impact.catalogue.communities.entries import wanted_of
from impact.catalogue.selection import select
from impact.communities.models import CommunityPage
from impact.embeds.options import LARGEST_LIMIT, LIMIT
from impact.pages.addresses import absolute

# As high as the usual number of entries in one column, in pixels; what is more is scrolled to.
HEIGHT = 640


def offer_of(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return the lines that show a community elsewhere, where there is anything that visitors may see."""
    entries = select(wanted_of(community)) if community.slug else None
    # A community that is not public is no value of the catalogue, so nothing is selected for it.
    if not entries:
        return {"url": ""}
    url = absolute(f"{community.get_url(request)}embed/", request)
    title = _("Impact stories of %(community)s") % {"community": community.title}
    snippet = format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"'
        ' style="border: 0"></iframe>',
        url,
        title,
        HEIGHT,
    )
    return {"url": url, "snippet": snippet, "limit": LIMIT, "limits": range(1, LARGEST_LIMIT + 1)}
