"""The sign of the site in the forms that browsers ask for, and the manifest that names them."""

import logging
from collections.abc import Callable
from dataclasses import replace

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from impact.branding import icons
from impact.branding.frame import frame_of
from impact.branding.icons import SIZES, Icon, initial_svg
from impact.branding.models import SiteSettings
from impact.media.renditions import UNREADABLE

logger = logging.getLogger(__name__)

MINUTE = 60
DAY = 24 * 60 * MINUTE
YEAR = 365 * DAY


@require_safe
def icon_png(request: HttpRequest, size: int) -> HttpResponse:
    """Answer with the sign at one of its sizes."""
    if size not in SIZES:
        raise Http404
    icon = _icon(request)
    return _kept(request, icon, f"{size}.png", "image/png", lambda icon: icons.png(icon, size))


@require_safe
def icon_svg(request: HttpRequest) -> HttpResponse:
    """Answer with the initial as a drawing."""
    icon = _icon(request)
    return _kept(
        request,
        icon,
        "svg",
        "image/svg+xml; charset=utf-8",
        lambda icon: initial_svg(icon).encode(),
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer what browsers, and much else, ask for without being told."""
    icon = _icon(request)
    return _kept(request, icon, "ico", "image/x-icon", icons.ico)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Name the site, its colours and its signs to phones that put it on a home screen."""
    frame, icon = frame_of(request), _icon(request)
    response = JsonResponse(
        {
            "name": frame.organisation if frame else "Impact",
            "start_url": frame.home_url if frame else "/",
            "display": "browser",
            "background_color": icon.paper,
            "theme_color": icon.paper,
            "icons": [
                {
                    "src": f"{reverse('icon', args=[size])}?v={icon.version}",
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                }
                for size in (192, 512)
            ],
        },
        content_type="application/manifest+json",
    )
    patch_cache_control(response, public=True, max_age=DAY)
    return response


def _icon(request: HttpRequest) -> Icon:
    frame = frame_of(request)
    return (frame.icon if frame else None) or icons.icon_of(SiteSettings())


def _kept(
    request: HttpRequest, icon: Icon, name: str, content_type: str, make: Callable[[Icon], bytes]
) -> HttpResponse:
    """Answer with what is drawn once; for good when the address names this very version.

    Where the logo can't be read the initial stands in, but nobody keeps it: the file may be there again soon.
    """
    try:
        content = cache.get_or_set(f"icon-{icon.version}-{name}", lambda: make(icon), 30 * DAY)
    except UNREADABLE as error:
        logger.warning("The icon %s can't be read: %s", icon.image and icon.image.file, error)
        response = HttpResponse(make(replace(icon, image=None)), content_type=content_type)
        patch_cache_control(response, public=True, max_age=MINUTE)
        return response
    response = HttpResponse(content, content_type=content_type)
    if request.GET.get("v") == icon.version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=DAY)
    return response
