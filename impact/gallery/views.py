"""`/search/`: the way to the gallery for a search box that doesn't know its address, and what it offers."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from impact.filters.gallery import GalleryFilter
from impact.gallery import suggestions
from impact.gallery.models import GalleryPage


def search(request: HttpRequest) -> HttpResponse:
    """Redirect to the gallery with what was asked for, wherever editors have put it."""
    gallery = GalleryPage.objects.live().first()
    url = gallery.get_url(request) if gallery else None
    if not url:
        raise Http404(_("There is no gallery to search yet."))
    query = GalleryFilter.from_query(request.GET).query()
    return redirect(f"{url}?{query}" if query else url)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer what a search field offers for what is typed so far, with the words for who can't see it."""
    wanted = GalleryFilter.from_query(request.GET)
    groups = suggestions.suggestions(wanted, request)
    number = sum(len(group.options) for group in groups)
    said = ngettext("%(count)s suggestion", "%(count)s suggestions", number) % {"count": number}
    return JsonResponse(
        {
            "label": _("Suggestions"),
            "status": said if number else _("No suggestions"),
            "groups": [asdict(group) for group in groups],
        }
    )
