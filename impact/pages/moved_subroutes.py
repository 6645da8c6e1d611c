"""What answers below a page (its feed, its embed) is found where the page stood before.

Readers, mail tools and other sites keep these addresses for years, with their query.
"""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.deprecation import MiddlewareMixin
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from impact.pages.registries import RESERVED_SLUGS, registry


class MovedSubrouteMiddleware(MiddlewareMixin):
    """Where no sub-route answers, follows the redirect of the page that it belonged to.

    One query, and only for an address that is one of a sub-route.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Answer with a redirect instead of 404."""
        if response.status_code != 404:
            return response
        parts = [part for part in request.path.split("/") if part]
        start = next((n for n, part in enumerate(parts) if part in RESERVED_SLUGS), 0)
        if not start:
            return response
        above = Redirect.normalise_path(f"/{'/'.join(parts[:start])}")
        redirect = get_redirect(request, above)
        page = redirect.redirect_page if redirect else None
        if page is None or page.url is None:
            return response
        label = page.specific_class._meta.label
        if registry.subroute(label, parts[start:]) is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        target = f"{page.url}{'/'.join(parts[start:])}/"
        return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
