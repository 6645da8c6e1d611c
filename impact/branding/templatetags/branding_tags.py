"""The frame of every page."""

from typing import Any

from django import template
from wagtail.models import Page

from impact.branding.frame import Frame, frame_of

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Frame | None:
    """Return header and footer of the page in the context."""
    request = context.get("request")
    page = context.get("page")
    frame = frame_of(request, page if isinstance(page, Page) else None) if request else None
    if request and frame and frame.newsletter and frame.newsletter.origin:
        # Read by the middleware that writes the policy: this page, and only such a one, has the form.
        request.form_origins = [frame.newsletter.origin]
    return frame
