"""`/search/`: the way to the gallery for a search box that doesn't know its address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from impact.filters.gallery import GalleryFilter
from impact.gallery.models import GalleryPage


def search(request: HttpRequest) -> HttpResponse:
    """Redirect to the gallery with what was asked for, wherever editors have put it."""
    gallery = GalleryPage.objects.live().first()
    url = gallery.get_url(request) if gallery else None
    if not url:
        raise Http404(_("There is no gallery to search yet."))
    query = GalleryFilter.from_query(request.GET).query()
    return redirect(f"{url}?{query}" if query else url)
