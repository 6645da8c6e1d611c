"""Answers a page from one version of the content, asked for once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from impact.freshness.state import held


class OneVersionMiddleware:
    """Asks for the version once a request; whatever changes something asks each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the version is asked for when somebody needs it."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with held():
            return self.get_response(request)
