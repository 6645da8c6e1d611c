"""Content-Security-Policy: strict on public pages, a second policy for the editor."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN_PREFIX = "/admin/"

# Wagtail's editor has inline scripts and styles in date pickers and choosers, and shows previews in a frame.
ADMIN_DIRECTIVES: dict[str, list[str]] = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *settings.STORAGE_ORIGINS],
    "media-src": [SELF, "blob:", *settings.STORAGE_ORIGINS],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    "worker-src": [SELF, "blob:"],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
    "object-src": [NONE],
}

__all__ = ["ADMIN_DIRECTIVES", "ContentSecurityPolicyMiddleware"]


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the public policy everywhere but under the editor's address."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIX) and not hasattr(response, "_csp_config"):
            response._csp_config = dict(ADMIN_DIRECTIVES)  # type: ignore[attr-defined]
        elif origins := getattr(request, "form_origins", None):
            # Where the newsletter's form of this page posts to.
            response._csp_update = {"form-action": origins}  # type: ignore[attr-defined]
        return super().process_response(request, response)
