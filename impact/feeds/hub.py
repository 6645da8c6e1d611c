"""The WebSub hub (www.w3.org/TR/websub): tells subscribers of a feed at once that it has changed.

Its address is a setting of the operator's. One is told in the way that the hubs in use understand, a form
with `hub.mode=publish`: the specification leaves it to hub and publisher.
"""

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from impact.feeds.options import AS_USUAL, FeedOptions
from impact.filters.gallery import GalleryFilter

# A hub that hangs must not hold up the next notice for long, in seconds.
TIMEOUT = 10
# What may be understood later: too many requests, or the time was over.
LATER = (408, 425, 429)
# Read of an answer at most, in bytes: a hub says in a line what it does not like.
LONGEST = 200


class HubAwayError(Exception):
    """The hub can't be reached, or asks to be told later."""


class HubRefusesError(Exception):
    """The hub will never take this notice."""


@dataclass(frozen=True)
class Hub:
    """A hub at an address."""

    url: str

    def tell(self, topic: str) -> None:
        """Say that a feed has changed.

        Raises `HubAwayError` or `HubRefusesError` with what the hub answered. Follows no redirect.
        """
        parts = urlsplit(self.url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": f"Impact (+{settings.SITE_URL})",
            "Connection": "close",
        }
        connection = kind(parts.netloc, timeout=TIMEOUT)
        try:
            connection.request("POST", target, form, headers)
            answer = connection.getresponse()
            said = answer.read(LONGEST).decode("utf-8", "replace").strip()
        except (OSError, HTTPException) as error:
            raise HubAwayError(repr(error)) from error
        finally:
            connection.close()
        words = " ".join(f"{answer.status} {said}".split())
        if answer.status in LATER or answer.status >= 500:
            raise HubAwayError(words)
        if not 200 <= answer.status < 300:
            raise HubRefusesError(words)


def hub() -> Hub | None:
    """Return the site's hub; None where there is none."""
    return Hub(settings.WEBSUB_HUB) if settings.WEBSUB_HUB else None


def hub_of(wanted: GalleryFilter, options: FeedOptions) -> str:
    """Return the address of the hub that is told of a feed; empty for one that it is not told of.

    There are endlessly many filtered feeds, so none of these is offered by way of the hub.
    """
    return settings.WEBSUB_HUB if not wanted.narrows and options == AS_USUAL else ""
