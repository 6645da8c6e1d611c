"""Which site and root page an address belongs to, read once for each version of the content."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Site
from wagtail.views import serve

from impact.freshness.kept import Kept

_sites: Kept[Site | None] = Kept(20)


class SiteMiddleware:
    """Hands Wagtail the site, with its root page, before it looks for the page of an address.

    Wagtail keeps the site of a request on the request, but reads it and its root page for each one:
    three of the statements of every page. Each request gets copies, so nothing that a view does to
    them reaches another request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what is needed is done once the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Set the site of a request that Wagtail is about to answer."""
        if view is not serve or hasattr(request, "_wagtail_site"):
            return
        kept = _sites.get((request.get_host(), request.get_port()), lambda: _found(request))
        request._wagtail_site = _copied(kept)  # type: ignore[attr-defined]


def _found(request: HttpRequest) -> Site | None:
    """Return the site of a request as Wagtail finds it, its root page read with it."""
    site = Site._find_for_request(request)
    if site is not None:
        site.root_page = site.root_page.specific
    return site


def _copied(kept: Site | None) -> Site | None:
    """Return a site, and a root page, that can be changed without harm."""
    if kept is None:
        return None
    site = copy(kept)
    site.root_page = copy(kept.root_page)
    return site
