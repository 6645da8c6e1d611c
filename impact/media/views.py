"""Makes a copy of a picture when a browser asks for one that isn't there yet."""

import logging

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.images.models import Filter
from wagtail.images.utils import verify_signature

from impact.media.models import ImpactImage, ImpactRendition
from impact.media.placeholder import placeholder_svg
from impact.media.renditions import UNREADABLE
from impact.media.turns import BusyError, once

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60
# An SVG that is opened by itself is a page of its own; docs/operators.md says the same to proxies.
DRAWING_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "font-src": ["data:"],
    "img-src": ["data:"],
    "sandbox": True,
}


@require_safe
def rendition(
    request: HttpRequest, signature: str, image_id: int, filter_spec: str
) -> HttpResponseBase:
    """Redirect to the copy; a picture that can't be read is answered with a pattern.

    Only addresses that this site has signed are answered, so nobody can fill the disk.
    """
    if not verify_signature(signature.encode(), image_id, filter_spec):
        raise PermissionDenied
    image = get_object_or_404(ImpactImage, pk=image_id)
    if image.is_svg():
        # It took the place of a photograph, whose copies somebody still asks for.
        return redirect(image.file.url)
    try:
        copy = once(
            f"{image_id}:{filter_spec}",
            lambda: _made(image, filter_spec),
            lambda: image.get_rendition(filter_spec),
        )
    except BusyError:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    except UNREADABLE as error:
        logger.warning("The picture %s (%s) can't be read: %s", image.pk, image.file, error)
        return HttpResponse(
            placeholder_svg(image.title, standalone=True), content_type="image/svg+xml", status=404
        )
    response = redirect(copy.url)
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response


def _made(image: ImpactImage, filter_spec: str) -> ImpactRendition | None:
    """Return the copy if it is made."""
    try:
        copy: ImpactRendition = image.find_existing_rendition(Filter(spec=filter_spec))
    except ImpactRendition.DoesNotExist:
        return None
    return copy


def uploaded(request: HttpRequest, path: str) -> HttpResponseBase:
    """Show an uploaded file in development, as a proxy does elsewhere: nothing in it may run or load."""
    response = _drawing(request, path) if path.lower().endswith(".svg") else _served(request, path)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _served(request: HttpRequest, path: str) -> HttpResponseBase:
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))


_drawing = csp(DRAWING_POLICY)(_served)
