"""Answers visitors from whole pages that were made before, ahead of sessions and Wagtail's routing.

Each request asks the database once which version of the content holds; what was made for another one is
not used. So nothing here has to be told of a change.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from impact.caching import proxies, shelf
from impact.caching.addresses import Address, address_of
from impact.caching.answers import CONDITIONS, VARY, Answer, make_answer
from impact.caching.rules import Facts, rules
from impact.freshness.state import current

logger = logging.getLogger(__name__)

# Views whose answers are the same for everybody; all others are never kept.
PUBLIC_VIEWS = frozenset({"wagtail_serve", "theme", "sitemap", "robots", "suggestions"})
# Larger answers are made each time, in bytes: what is kept has to stay small in sum.
LARGEST = 1024 * 1024
# While the database is away it is asked again so often, in seconds.
PATIENCE = 5.0


class PageCacheMiddleware:
    """Keeps what public pages answer to anonymous visitors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        # What held when the database last answered, and when it is asked again after it did not.
        self.last: Facts | None = None
        self.away_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from what is kept, or with a new page, which is kept then."""
        if not is_anonymous(request) or not is_public(request.path_info):
            return self.get_response(request)
        checked = self._facts()
        facts = checked or self.last
        address = facts and address_of(request, facts)
        if not facts or not address:
            return self.get_response(request)
        if answer := _find(address, facts):
            return _respond(request, address, answer) if checked else _stale(request, answer)
        if not checked or request.method == "HEAD":
            return self.get_response(request)
        return self._make(request, address, facts)

    def _facts(self) -> Facts | None:
        """Return what holds now, or `None` while the database can't say."""
        if time.monotonic() < self.away_until:
            return None
        try:
            self.last = rules.at(current())
        except (OperationalError, InterfaceError) as error:
            logger.warning("Pages may be out of date, the database can't be reached: %s", error)
            self.away_until = time.monotonic() + PATIENCE
            return None
        return self.last

    def _make(self, request: HttpRequest, address: Address, facts: Facts) -> HttpResponseBase:
        """Make the page, once for all who ask for it now."""
        if answer := shelf.take_turn(address.key, partial(_find, address, facts)):
            return _respond(request, address, answer)
        try:
            with _unconditional(request):
                response = self.get_response(request)
            if not may_be_kept(response):
                return response
            seconds = proxies.seconds_for(address.key, address.url, facts.version)
            answer = make_answer(response, facts.version, time.time(), facts.until, seconds)
            shelf.keep(address.key, answer)
        finally:
            shelf.end_turn(address.key)
        return _respond(request, address, answer)


def is_anonymous(request: HttpRequest) -> bool:
    """Return whether a request only reads, and says nothing of who sent it.

    The editor's previews are requests that the editor itself makes up.
    """
    if request.method not in ("GET", "HEAD") or getattr(request, "is_dummy", False):
        return False
    if "HTTP_AUTHORIZATION" in request.META:
        return False
    # Messages wait in a cookie of their own; a form's token is bound to the cookie it came with.
    own = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
    return "HTTP_COOKIE" not in request.META or not any(name in request.COOKIES for name in own)


@lru_cache(maxsize=4096)
def is_public(path: str) -> bool:
    """Return whether one of the public views answers at a path."""
    try:
        return resolve(path).view_name in PUBLIC_VIEWS
    except Resolver404:
        return False


def may_be_kept(response: HttpResponseBase) -> bool:
    """Return whether a response is the same for everybody, whole, and of a reasonable size."""
    control = response.headers.get("Cache-Control", "").lower()
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and "private" not in control
        and "no-store" not in control
        and varies <= {"", *(name.lower() for name in VARY)}
        # A nonce is good for one answer only.
        and "'nonce-" not in response.headers.get("Content-Security-Policy", "")
        and len(response.content) <= LARGEST  # type: ignore[attr-defined]
    )


@contextmanager
def _unconditional(request: HttpRequest) -> Iterator[None]:
    """Let a request ask for the whole page: what the caller has is for the answer to compare with."""
    asked = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
    try:
        yield
    finally:
        request.META.update(asked)


def find_near(address: Address, facts: Facts) -> Answer | None:
    """Return the answer that holds now, if it is kept in this process."""
    return shelf.find_near(address.key, partial(_holds, facts))


def _find(address: Address, facts: Facts) -> Answer | None:
    return shelf.find(address.key, partial(_holds, facts))


def _holds(facts: Facts, answer: Answer) -> bool:
    return answer.holds(facts.version, time.time())


def _respond(request: HttpRequest, address: Address, answer: Answer) -> HttpResponseBase:
    return answer.respond(request, shared=address.exact)


def _stale(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Return a response that says it could not be checked."""
    response = answer.respond(request)
    response.headers["Age"] = str(max(0, int(time.time() - answer.made)))
    response.headers["Warning"] = '110 - "Response is Stale"'
    return response
