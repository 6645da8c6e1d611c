"""A whole answer as it is kept: headers, and the body plain and compressed, ready to be sent."""

import gzip
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import cast

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import ResponseHeaders
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

PLAIN = "identity"
# What a caller may ask for, the smallest first; brotli's higher qualities take a hundred times as long.
COMPRESSIONS = MappingProxyType(
    {
        "br": lambda body: brotli.compress(body, quality=5),
        "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    }
)
# Below this, compressing saves nothing.
SMALL = 500
# What a browser may do where the page says nothing else: keep it, and ask each time.
BROWSERS = "max-age=0, must-revalidate"
# What an answer depends on besides its address.
VARY = ("Accept-Encoding", "Cookie", "HX-Request")
# What a caller says they have already.
CONDITIONS = (
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
)
REFUSED = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")
# Written anew for each way of sending an answer.
_OWN = frozenset({"content-length", "etag", "vary"})


@dataclass(frozen=True)
class Answer:
    """What one address answers as of a version of the content.

    `until` is when the clock makes it wrong, in seconds since 1970; `made` is when it was made.
    """

    version: int
    made: float
    until: float
    tag: str
    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]
    # How long a shared cache may keep it, in seconds; 0 where nobody would tell it of a change.
    shared: int = 0

    def holds(self, version: int, now: float) -> bool:
        """Return whether this is what the address answers now."""
        return self.version == version and now < self.until

    def respond(self, request: HttpRequest, *, shared: bool = False) -> HttpResponse:
        """Return the response in the smallest form that the caller reads, or 304 when they have it.

        `shared` says whether a shared cache may keep it under the address that it was asked for by.
        """
        coding = best_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""), self.bodies)
        response = HttpResponse(self.bodies[coding])
        response.headers = _copied(self._heads[coding])
        if shared and (seconds := min(self.shared, int(self.until - time.time()))) > 0:
            response.headers["Cache-Control"] += f", s-maxage={seconds}"
        if not any(name in request.META for name in CONDITIONS):
            return response
        return get_conditional_response(  # type: ignore[return-value]
            request,
            etag=response.headers["ETag"],
            last_modified=self._last_modified(),
            response=response,
        )

    @cached_property
    def _heads(self) -> dict[str, ResponseHeaders]:
        """The headers of each form."""
        return {coding: self._head(coding) for coding in self.bodies}

    def _head(self, coding: str) -> ResponseHeaders:
        head = ResponseHeaders(dict(self.headers))
        head["Content-Length"] = str(len(self.bodies[coding]))
        head["Vary"] = ", ".join(VARY)
        # A strong tag names these very bytes, so each form has its own.
        head["ETag"] = f'"{self.tag}"'
        if coding != PLAIN:
            head["ETag"] = f'"{self.tag}-{coding}"'
            head["Content-Encoding"] = coding
        head.setdefault("Cache-Control", BROWSERS)
        return head

    def _last_modified(self) -> int | None:
        """Return the second of the last change where no other answer can share it."""
        since = parse_http_date_safe(dict(self.headers).get("Last-Modified", ""))
        return since if since is not None and since < int(self.made) else None


def make_answer(
    response: HttpResponseBase, version: int, made: float, until: float, shared: int = 0
) -> Answer:
    """Return the answer that a response is."""
    body = cast("HttpResponse", response).content
    own = response.headers.get("ETag", "").removeprefix("W/").strip('"')
    return Answer(
        version=version,
        made=made,
        until=until,
        tag=own or blake2b(body, digest_size=12).hexdigest(),
        headers=tuple((k, v) for k, v in response.headers.items() if k.lower() not in _OWN),
        bodies=_compressed(body),
        # A page that says itself how long it may be kept is not overruled.
        shared=0 if response.has_header("Cache-Control") else shared,
    )


def _copied(headers: ResponseHeaders) -> ResponseHeaders:
    """Return headers to be changed. Each line was checked when it was first written, which takes time."""
    copy = ResponseHeaders({})
    copy._store.update(headers._store)
    return copy


def _compressed(body: bytes) -> dict[str, bytes]:
    """Return a body in every form that is smaller than the plain one, and in the plain one."""
    forms = {PLAIN: body}
    if len(body) >= SMALL:
        for coding, compress in COMPRESSIONS.items():
            smaller = compress(body)
            if len(smaller) < len(body):
                forms[coding] = smaller
    return forms


def best_coding(accepted: str, available: Iterable[str]) -> str:
    """Return the smallest form among those available that an `Accept-Encoding` names.

    >>> best_coding("gzip, br;q=0.5", ["identity", "br", "gzip"])
    'br'
    >>> best_coding("gzip;q=1, br;q=0", ["identity", "br", "gzip"])
    'gzip'
    """
    wanted = _wanted(accepted)
    return next(
        (coding for coding in COMPRESSIONS if coding in wanted and coding in available), PLAIN
    )


@lru_cache(maxsize=256)
def _wanted(accepted: str) -> frozenset[str]:
    wanted = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if not REFUSED.fullmatch(weight):
            wanted.add(name.strip())
    return frozenset(wanted)
