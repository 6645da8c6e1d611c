"""Yearly reports in the unfiltered feed of the gallery."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from impact.feeds.pieces import Piece
from impact.media import renditions
from impact.pages.visibility import public
from impact.roundups.models import RoundupPage


def roundup_pieces(limit: int) -> list[Piece]:
    """Return the newest published roundups; a feed dates them by their first publication."""
    pages = list(RoundupPage.objects.filter(public()).order_by("-year")[:limit])
    images = renditions.images((page.lead_image_id for page in pages), "share")
    return [
        Piece(
            page=page,
            guid=page.guid,
            day=_day(page),
            summary=page.summary,
            language=settings.LANGUAGE_CODE,
            bodies=(page.words,),
            image=images.get(page.lead_image_id),
        )
        for page in pages
    ]


def _day(page: RoundupPage) -> date:
    if page.first_published_at:
        return timezone.localdate(page.first_published_at)
    return date(page.year, 12, 31)
