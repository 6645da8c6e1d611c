"""Yearly reports in the unfiltered feed of the gallery."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from impact.feeds.moments import published
from impact.feeds.pieces import Piece
from impact.pages.visibility import public_pages
from impact.roundups.models import RoundupPage


def roundup_pieces(limit: int) -> list[Piece]:
    """Return the newest published roundups; a feed dates them by their first publication."""
    pages = list(public_pages(RoundupPage).order_by("-year")[:limit])
    return [
        Piece(
            page=page,
            guid=page.guid,
            published=_published(page),
            summary=page.summary,
            language=settings.LANGUAGE_CODE,
            bodies=(page.words,),
            image=page.lead_image_id,
        )
        for page in pages
    ]


def _published(page: RoundupPage) -> datetime:
    moment = page.first_published_at
    day = timezone.localdate(moment) if moment else date(page.year, 12, 31)
    return published(day, moment)
