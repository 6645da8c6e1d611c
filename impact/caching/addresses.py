"""What is asked for, in its one spelling: the key of what is kept, and the address that a proxy knows."""

from dataclasses import dataclass
from hashlib import blake2b

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

from impact.caching.release import release
from impact.caching.rules import Facts, rules

# Spellings that are remembered of a version.
REMEMBERED = 1000


@dataclass(frozen=True)
class Address:
    """What was asked for, in its one spelling. `exact` says whether it was spelled so."""

    key: str
    url: str
    exact: bool


def address_of(request: HttpRequest, facts: Facts) -> Address | None:
    """Return what is asked for in its one spelling; `None` when the answer is not to be kept."""
    try:
        origin = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return None
    htmx = request.META.get("HTTP_HX_REQUEST") == "true"
    sent = _as_sent(request)
    asked = (origin, request.path, request.META.get("QUERY_STRING", ""), htmx, sent)
    # Most have been asked for in the same words before, and reading a query takes as long as all else.
    address: Address | None = facts.addresses.get(asked)
    if address is None and (address := _read(request, facts, origin, htmx, sent)):
        if len(facts.addresses) >= REMEMBERED:
            facts.addresses.clear()
        facts.addresses[asked] = address
    return address


def _as_sent(request: HttpRequest) -> str:
    """Return path and query as they were sent, before the web server decoded the path.

    Empty where a server does not tell: gunicorn and uWSGI do.
    """
    sent: str = request.META.get("RAW_URI") or request.META.get("REQUEST_URI") or ""
    return sent


def _read(request: HttpRequest, facts: Facts, origin: str, htmx: bool, sent: str) -> Address | None:
    query = rules.canonical(facts, request.path, request.GET)
    if query is None:
        return None
    target = f"{escape_uri_path(request.path)}{'?' if query else ''}{query}"
    digest = blake2b(f"{release()} {htmx} {origin}{target}".encode(), digest_size=16).hexdigest()
    # A proxy knows only addresses that are spelled as we spell them, and no headers of htmx.
    return Address(f"page:{digest}", f"{origin}{target}", exact=sent == target and not htmx)
