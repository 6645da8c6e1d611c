"""Answers with the share image of a page to whoever may read the page."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from impact.branding.frame import frame_of
from impact.media.turns import BusyError
from impact.pages.models import BasePage
from impact.pages.sharing.card import Brand
from impact.pages.sharing.store import share_image

YEAR = 365 * 24 * 60 * 60


@require_safe
def share(request: HttpRequest, page_id: int, digest: str) -> HttpResponseBase:
    """Answer with the image, which never changes under its address; an old address leads to the new one.

    So nothing is made but what a page looks like now.
    """
    there = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    page = get_object_or_404(Page.objects.filter(there, live=True), pk=page_id).specific
    frame = frame_of(request)
    if not isinstance(page, BasePage) or frame is None:
        raise Http404
    restrictions = list(page.get_view_restrictions())
    if not all(each.accept_request(request) for each in restrictions):
        raise PermissionDenied
    card = page.share_card(Brand.of(frame))
    if digest != card.digest:
        return redirect(card.path(page_id))
    try:
        data = share_image(page_id, card)
    except BusyError:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    response = HttpResponse(data, content_type="image/jpeg")
    if restrictions:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
