"""Digests as items of the newsletter's feed: each as a whole, as its page has it."""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from impact.feeds.moments import noon, published
from impact.feeds.options import EMAIL, FeedOptions
from impact.feeds.pieces import Piece
from impact.newsletter.assembly import Told, tell_each
from impact.newsletter.models import DigestPage, NewsletterIndexPage
from impact.pages.visibility import public


def digest_pieces(index: NewsletterIndexPage, limit: int) -> Iterable[Piece]:
    """Return the newest published digests; a feed dates them by their first publication."""
    found = DigestPage.objects.child_of(index).filter(public())
    pages = list(found.order_by("-first_published_at", "-pk")[:limit])
    return [_piece(page, told) for page, told in zip(pages, tell_each(pages), strict=True)]


def _piece(page: DigestPage, told: Told) -> Piece:
    lead = told.lead
    moment = page.first_published_at
    return Piece(
        page=page,
        guid=page.guid,
        published=published(timezone.localdate(moment), moment) if moment else noon(page.until),
        summary=page.summary or (lead.sentence if lead else ""),
        language=settings.LANGUAGE_CODE,
        image=lead.image.pk if lead and lead.image else None,
        write=partial(_write, told),
    )


def _write(told: Told, options: FeedOptions) -> str:
    """Return a digest as HTML without looks of its own."""
    mail = options.images == EMAIL
    places = {"lead_profile": "mail" if mail else "feature", "profile": "mail" if mail else "card"}
    return render_to_string("newsletter/feed.html", {"told": told, **places})
