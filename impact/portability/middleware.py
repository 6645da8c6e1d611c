"""Old addresses in the other spellings under which web servers of static sites answer them."""

import re

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.deprecation import MiddlewareMixin
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from impact.portability.old_addresses import stored_path

# The file behind a folder's address, and the further pages of a list.
_ENDING = re.compile(r"(?:/page/\d+)?(?:/index\.html?)?/*$", re.IGNORECASE)


def usual_spelling(path: str) -> str:
    """Return the one spelling of a path for which a redirect is kept.

    >>> usual_spelling("/Blog/page/2/index.html")
    '/blog'
    """
    return stored_path(_ENDING.sub("", path).lower())


class OldSpellingMiddleware(MiddlewareMixin):
    """Where nothing answers, tries the redirect of an address in its usual spelling.

    It stands outside of Wagtail's own, which looks for the very address first. One query, and only for a
    spelling that is unusual.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Answer with the redirect instead of 404."""
        if response.status_code != 404:
            return response
        spelled = usual_spelling(request.path)
        if spelled in {"/", Redirect.normalise_path(request.path)}:
            return response
        redirect = get_redirect(request, spelled)
        if redirect is None or redirect.link is None:
            return response
        kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return kind(redirect.link)
