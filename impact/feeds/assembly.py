"""From a page and a filter to a channel: the pieces chosen, rendered all at once, and made absolute."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.timezone import get_default_timezone
from wagtail.models import Page

from impact.branding.models import SiteSettings
from impact.catalogue.periods import period
from impact.catalogue.terms import chosen_terms
from impact.communities.models import CommunityPage
from impact.feeds.bodies import render_bodies
from impact.feeds.channel import Channel, Item
from impact.feeds.markup import for_readers
from impact.feeds.pieces import Piece, entry_pieces, extra_pieces
from impact.filters.gallery import GalleryFilter
from impact.pages.addresses import absolute
from impact.pages.head import document_title, share_picture

LIMIT = 50
# An empty feed of a page that never changed still has to say when it did.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def wanted_by(page: Page, request: HttpRequest) -> GalleryFilter:
    """Return what a feed is asked for: the gallery's filters, without order and page.

    A community's feed is always of that community, so its address does not repeat it.
    """
    wanted = GalleryFilter.from_query(request.GET).selection()
    return replace(wanted, community=()) if isinstance(page, CommunityPage) else wanted


def feed_address(page: Page, path: str, wanted: GalleryFilter, request: HttpRequest) -> str:
    """Return the absolute, canonical address of a page's feed."""
    query = wanted.query()
    own = absolute(f"{page.get_url(request)}{path}", request)
    return f"{own}?{query}" if query else own


def channel_of(page: Page, path: str, wanted: GalleryFilter, request: HttpRequest) -> Channel:
    """Return the newest entries of a page's selection as a channel."""
    organisation = SiteSettings.for_request(request)
    items = tuple(items_of(_pieces(page, wanted), request))
    home = page.get_full_url(request)
    query = wanted.query()
    return Channel(
        # Stays when slug and host change; each selection is a feed of its own.
        guid=uuid5(UUID(str(page.translation_key)), query).urn,
        title=document_title(feed_title(page, wanted), organisation.organisation),
        description=page.meta_description or organisation.tagline or page.title,
        home_url=f"{home}?{query}" if query else home,
        feed_url=feed_address(page, path, wanted, request),
        language=settings.LANGUAGE_CODE,
        publisher=organisation.organisation,
        updated=max((item.updated for item in items), default=_changed(page) or LONG_AGO),
        items=items,
    )


def items_of(pieces: Sequence[Piece], request: HttpRequest) -> list[Item]:
    """Render pieces as items; the number of queries does not depend on how many there are."""
    bodies = render_bodies([piece.bodies for piece in pieces], request)
    return [_item(piece, body, request) for piece, body in zip(pieces, bodies, strict=True)]


def _pieces(page: Page, wanted: GalleryFilter) -> list[Piece]:
    if isinstance(page, CommunityPage):
        return entry_pieces(replace(wanted, community=(page.slug,)), LIMIT)
    pieces = entry_pieces(wanted, LIMIT)
    if not wanted.narrows:
        pieces = sorted([*pieces, *extra_pieces(LIMIT)], key=lambda piece: piece.order)[::-1]
    return pieces[:LIMIT]


def feed_title(page: Page, wanted: GalleryFilter) -> str:
    """Return the page's title and, after a colon, what the feed is narrowed to."""
    span = [dates] if (dates := period(wanted)) else []
    search = [f"“{wanted.q}”"] if wanted.q else []
    parts = [*(str(term.name) for term in chosen_terms(wanted)), *span, *search]
    return f"{page.title}: {', '.join(parts)}" if parts else page.title


def _item(piece: Piece, body: str, request: HttpRequest) -> Item:
    page_url = piece.page.get_full_url(request) or absolute("/", request)
    image = share_picture(piece.image, request)
    html = render_to_string(
        "feeds/content.html", {"piece": piece, "image": image, "body": body}, request=None
    )
    published = noon(piece.day)
    return Item(
        guid=piece.guid,
        title=piece.page.title,
        url=piece.external_url or page_url,
        page_url=page_url,
        summary=piece.summary,
        html=for_readers(html, page_url),
        published=published,
        updated=max(published, _changed(piece.page) or published),
        language=piece.language,
        # Nobody of ours wrote what others published.
        authors=piece.authors or ((piece.publisher,) if piece.publisher else ()),
        category=piece.category,
        tags=piece.tags,
        image=image,
    )


def noon(day: date) -> datetime:
    """Return noon of a day in the site's time zone.

    An entry has a date and no time. Noon is the one choice that shows the same date to readers in
    most time zones, and it never changes.
    """
    return datetime.combine(day, time(12), tzinfo=get_default_timezone())


def _changed(page: Page) -> datetime | None:
    changed: datetime | None = page.last_published_at or page.latest_revision_created_at
    return changed.replace(microsecond=0) if changed else None
