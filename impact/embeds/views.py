"""The view behind the sub-route `embed/` of a community: a document that any site may show in a frame.

It is rendered without the request, so it reads no session, asks for no token and sets no cookie.
"""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from impact.branding.frame import frame_of
from impact.catalogue.cards import cards
from impact.catalogue.communities.entries import wanted_of
from impact.catalogue.selection import select
from impact.communities.models import CommunityPage
from impact.embeds.figures import embedded_figures
from impact.embeds.options import FIGURES, EmbedOptions
from impact.pages.addresses import absolute
from impact.taxonomy.theme import theme_url


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request: HttpRequest, community: CommunityPage) -> HttpResponse:
    """Answer with a community's latest entries or its figures."""
    options = EmbedOptions.from_query(request.GET)
    frame = frame_of(request)
    context = {
        "options": options,
        "community": community,
        "canonical_url": community.get_full_url(request),
        "organisation": frame.organisation if frame else "",
        "home_url": absolute(frame.home_url if frame else "/", request),
        "theme_url": theme_url(request),
    }
    if options.show == FIGURES:
        context["figures"] = embedded_figures(community, options.limit, request)
    else:
        newest = select(wanted_of(community))[: options.limit]
        context["cards"] = cards(newest, request, ("thumb",))
    return HttpResponse(render_to_string("embeds/embed.html", context))
