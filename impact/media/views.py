"""Makes a copy of a picture when a browser asks for one that isn't there yet."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail.images.utils import verify_signature

from impact.media.models import ImpactImage
from impact.media.placeholder import placeholder_svg
from impact.media.renditions import UNREADABLE

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60


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
    try:
        copy = image.get_rendition(filter_spec)
    except UNREADABLE as error:
        logger.warning("The picture %s (%s) can't be read: %s", image.pk, image.file, error)
        return HttpResponse(
            placeholder_svg(image.title, standalone=True), content_type="image/svg+xml", status=404
        )
    response = redirect(copy.url)
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response
