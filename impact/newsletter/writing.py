"""A digest as data that mail, plain text and Markdown are written from: every address absolute."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Site

from impact.branding.colour import to_hex
from impact.branding.models import SiteSettings
from impact.branding.palette import palette
from impact.feeds.markup import for_readers
from impact.media import renditions
from impact.newsletter.assembly import ToldLine, tell
from impact.newsletter.contents import Digest, Group, Line, Sender
from impact.pages.addresses import absolute, origin
from impact.pages.head import Picture, logo_picture

if TYPE_CHECKING:
    from impact.media.models import ImpactImage
    from impact.newsletter.models import DigestPage


def digest_of(page: "DigestPage", request: HttpRequest | None = None) -> Digest:
    """Return what a digest says, with absolute addresses."""
    told = tell(page, request)
    url = page.get_full_url(request) or origin(request)
    return Digest(
        title=page.title,
        url=url,
        language=settings.LANGUAGE_CODE,
        sender=_sender(page, request),
        published=page.first_published_at,
        summary=page.summary,
        introduction=for_readers(told.introduction, url),
        lead=_line(told.lead, request) if told.lead else None,
        groups=tuple(
            Group(
                part.heading,
                tuple(_line(line, request) for line in part.lines),
                for_readers(part.words, url),
                part.roll,
            )
            for part in told.parts
        ),
        closing=for_readers(told.closing, url),
    )


def _line(line: ToldLine, request: HttpRequest | None) -> Line:
    own = settings.LANGUAGE_CODE
    return Line(
        title=line.title,
        url=absolute(line.url, request) if line.url else "",
        sentence=line.sentence,
        image=mail_picture(line.image, request),
        publisher=line.publisher,
        key=line.key,
        language="" if line.language == own else line.language,
    )


def mail_picture(image: "ImpactImage | None", request: HttpRequest | None = None) -> Picture | None:
    """Return a JPEG at most 600 pixels wide; `None` without a readable image.

    No query when the image comes with the copies of the profile `mail`.
    """
    copy = renditions.picture(image, "mail") if image else None
    if image is None or copy is None:
        return None
    url = absolute(copy.src, request)
    return Picture(url, copy.width, copy.height, alt=copy.alt, credit=image.credit)


def _sender(page: "DigestPage", request: HttpRequest | None) -> Sender:
    site = page.get_site() or Site.objects.get(is_default_site=True)
    said = SiteSettings.for_site(site)
    return Sender(
        name=said.organisation,
        url=absolute("/", request),
        accent=to_hex(palette(said.accent).light["accent"]),
        logo=logo_picture(said.logo, request),
        footer=said.footer_text,
        licence=said.licence_line,
    )
