"""What the head of a page tells search engines and shares: pure data, made in one place."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from impact.media import renditions
from impact.pages.addresses import absolute

if TYPE_CHECKING:
    from impact.media.models import ImpactImage


@dataclass(frozen=True)
class Picture:
    """A picture for places outside this site: an absolute address, pixels, alt text."""

    url: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Head:
    """The facts that `components/head_meta.html` writes."""

    title: str
    description: str = ""
    # Who publishes it and what for: what search engines are told of a page that says nothing of itself.
    publisher: str = ""
    canonical: str = ""
    robots: str = ""
    kind: str = "website"
    site_name: str = ""
    locale: str = ""
    image: Picture | None = None

    @property
    def introduction(self) -> str:
        """What search engines show below the title."""
        return self.description or self.publisher


def document_title(title: str, organisation: str) -> str:
    """Return `Page – Organisation`, or the one of them that there is, once.

    >>> document_title("About", "Reef Watch")
    'About – Reef Watch'
    >>> document_title("Reef Watch", "Reef Watch")
    'Reef Watch'
    """
    return " – ".join(dict.fromkeys(part for part in (title.strip(), organisation.strip()) if part))


def share_picture(
    image: "ImpactImage | None", request: HttpRequest | None = None, profile: str = "share"
) -> Picture | None:
    """Return a JPEG at most 1200 pixels wide, for mail 600; `None` without a readable image.

    No query when the image comes with the copies of the profile.
    """
    copy = renditions.picture(image, profile) if image else None
    if image is None or copy is None:
        return None
    url = absolute(copy.src, request)
    return Picture(url, copy.width, copy.height, alt=copy.alt, credit=image.credit)


def logo_picture(logo: "ImpactImage | None", request: HttpRequest | None = None) -> Picture | None:
    """Return the organisation's logo; a drawing as it is. No query when it comes with its copies."""
    copy = renditions.picture(logo, "logo") if logo else None
    if copy is None:
        return None
    return Picture(absolute(copy.src, request), copy.width, copy.height, alt=copy.alt)
