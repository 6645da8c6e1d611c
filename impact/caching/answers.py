"""A whole answer as it is kept: headers, and the body plain and compressed, ready to be sent."""

import gzip
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from typing import cast

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse, HttpResponseBase
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

    def respond(self, request: HttpRequest, *, shared: bool = False) -> HttpResponseBase:
        """Return the response in the smallest form that the caller reads, or 304 when they have it.

        `shared` says whether a shared cache may keep it under the address that it was asked for by.
        """
        coding = best_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""), self.bodies)
        body = self.bodies[coding]
        response = HttpResponse(body, headers=dict(self.headers))
        response.headers["Content-Length"] = str(len(body))
        response.headers["Vary"] = ", ".join(VARY)
        # A strong tag names these very bytes, so each form has its own.
        response.headers["ETag"] = f'"{self.tag}"'
        if coding != PLAIN:
            response.headers["ETag"] = f'"{self.tag}-{coding}"'
            response.headers["Content-Encoding"] = coding
        if "Cache-Control" not in response.headers:
            seconds = min(self.shared, int(self.until - time.time())) if shared else 0
            kept = f", s-maxage={seconds}" if seconds > 0 else ""
            response.headers["Cache-Control"] = BROWSERS + kept
        return get_conditional_response(  # type: ignore[return-value]
            request,
            etag=response.headers["ETag"],
            last_modified=self._last_modified(),
            response=response,
        )

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
        shared=shared,
    )


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
    wanted = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if not REFUSED.fullmatch(weight):
            wanted.add(name.strip())
    return next(
        (coding for coding in COMPRESSIONS if coding in wanted and coding in available), PLAIN
    )
