"""Conditional requests: a reader that has the newest feed gets 304 and nothing else.

The ETag is the hash of what was written, so it changes exactly when a reader would see a difference,
whatever caused it: an entry, a tag's spelling, a picture, the organisation's name. No timestamp knows
of all of these, so `Last-Modified` is when this site first saw the present hash, kept in the cache.
Where the cache has forgotten it, readers that send no ETag get the feed once more.
"""

import time
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

# Long enough for readers that ask once a month.
REMEMBERED = 90 * 24 * 3600


def answer(
    request: HttpRequest, address: str, document: bytes, content_type: str
) -> HttpResponseBase:
    """Answer with the document, or with 304 when the caller has it already."""
    digest = sha256(document).hexdigest()[:32]
    modified, certain = _modified(address, digest)
    response = HttpResponse(document, content_type=content_type)
    response["ETag"] = f'"{digest}"'
    response["Last-Modified"] = http_date(modified)
    # Caches may keep it but ask each time: a story that was taken down is gone at once.
    response["Cache-Control"] = "public, no-cache"
    return (
        get_conditional_response(
            request,
            etag=response["ETag"],
            last_modified=modified if certain else None,
            response=response,
        )
        or response
    )


def _modified(address: str, digest: str) -> tuple[int, bool]:
    """Return the second since when the document at the address has this hash, and if that is certain.

    Two versions never share a second, or a caller could miss the later one.
    """
    key = f"feeds:{sha256(address.encode()).hexdigest()}"
    known, since = cache.get(key) or ("", 0)
    if known == digest:
        return int(since), True
    modified = max(int(time.time()), int(since) + 1)
    cache.set(key, (digest, modified), REMEMBERED)
    return modified, bool(known)
