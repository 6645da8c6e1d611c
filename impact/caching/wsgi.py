"""The way in from the web server: what is kept is answered before Django takes up the request.

Half the time of a kept page would go into what Django does around its middleware. Nothing is decided
here that `PageCacheMiddleware` does not decide in the same way: whatever is not at hand, or not certain, is
left to Django as if nobody had looked.
"""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse

from impact.caching.addresses import address_of
from impact.caching.middleware import find_near, is_anonymous, is_public
from impact.caching.rules import rules
from impact.freshness.statement import ask_at_hand


class KeptPagesHandler(WSGIHandler):
    """Django's WSGI application, with kept pages ahead of it."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Answer a request with an iterable of bytes."""
        response = answer_at_hand(self.request_class(environ))
        if response is None:
            return super().__call__(environ, start_response)
        start_response(
            f"{response.status_code} {response.reason_phrase}", list(response.headers.items())
        )
        # Not the response itself: as it is closed it would tell Django of the end of a request.
        return [response.content]


def answer_at_hand(request: HttpRequest) -> HttpResponse | None:
    """Return the kept page that answers a request, if the database says that it holds."""
    if request.method != "GET" or not is_anonymous(request) or not is_public(request.path_info):
        return None
    version = ask_at_hand()
    if version is None or version.unsettled:
        return None
    facts = rules.known(version.number)
    address = facts and address_of(request, facts)
    if not facts or not address:
        return None
    answer = find_near(address, facts)
    return answer.respond(request, shared=address.exact) if answer else None
