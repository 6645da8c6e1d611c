"""From a page and a filter to a channel: the pieces chosen, rendered all at once, and made absolute."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.models import Page

from impact.branding.models import SiteSettings
from impact.catalogue.periods import period
from impact.catalogue.terms import chosen_terms
from impact.communities.models import CommunityPage
from impact.feeds.bodies import render_bodies
from impact.feeds.channel import Channel, Item
from impact.feeds.hub import hub_of
from impact.feeds.markup import for_mail, for_readers
from impact.feeds.options import AS_USUAL, EMAIL, FULL, FeedOptions, canonical
from impact.feeds.pieces import Piece, entry_pieces
from impact.feeds.sources import extra_pieces, newest_first, own_pieces, source_of
from impact.filters.gallery import GalleryFilter
from impact.media import renditions
from impact.pages.addresses import absolute
from impact.pages.head import Picture, document_title, share_picture

LIMIT = 50
# An empty feed of a page that never changed still has to say when it did.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def wanted_by(page: Page, request: HttpRequest) -> GalleryFilter:
    """Return what a feed is asked for: the gallery's filters, without order and page.

    A community's feed is always of that community, so its address does not repeat it. What carries no
    entries is not filtered.
    """
    if source_of(page):
        return GalleryFilter()
    wanted = GalleryFilter.from_query(request.GET).selection()
    return replace(wanted, community=()) if isinstance(page, CommunityPage) else wanted


def feed_address(
    page: Page,
    path: str,
    wanted: GalleryFilter,
    request: HttpRequest | None,
    options: FeedOptions = AS_USUAL,
) -> str:
    """Return the absolute, canonical address of a page's feed."""
    query = canonical(wanted, options)
    own = absolute(f"{page.get_url(request)}{path}", request)
    return f"{own}?{query}" if query else own


def channel_of(
    page: Page, path: str, wanted: GalleryFilter, options: FeedOptions, request: HttpRequest
) -> Channel:
    """Return the newest entries of a page's selection as a channel."""
    organisation = SiteSettings.for_request(request)
    items = tuple(items_of(_pieces(page, wanted), request, options))
    home = page.get_full_url(request)
    query = wanted.query()
    return Channel(
        # Stays when slug and host change; each selection is a feed of its own.
        guid=uuid5(UUID(str(page.translation_key)), query).urn,
        title=document_title(feed_title(page, wanted), organisation.organisation),
        description=page.meta_description or organisation.tagline or page.title,
        home_url=f"{home}?{query}" if query else home,
        feed_url=feed_address(page, path, wanted, request, options),
        language=settings.LANGUAGE_CODE,
        publisher=organisation.organisation,
        updated=max((item.updated for item in items), default=_changed(page) or LONG_AGO),
        items=items,
        hub=hub_of(wanted, options),
    )


def items_of(
    pieces: Sequence[Piece], request: HttpRequest | None, options: FeedOptions
) -> list[Item]:
    """Render pieces as items; the number of queries does not depend on how many there are."""
    profile = "mail" if options.images == EMAIL else "share"
    images = renditions.images((piece.image for piece in pieces), profile)
    pictures = [share_picture(images.get(piece.image or 0), request, profile) for piece in pieces]
    bodies: Sequence[str | None] = [None] * len(pieces)
    if options.content == FULL:
        streams = render_bodies([piece.bodies for piece in pieces], request, options)
        bodies = [
            body + piece.write(options) if piece.write else body
            for piece, body in zip(pieces, streams, strict=True)
        ]
    return [
        _item(piece, picture, body, request, options)
        for piece, picture, body in zip(pieces, pictures, bodies, strict=True)
    ]


def _pieces(page: Page, wanted: GalleryFilter) -> list[Piece]:
    if (own := own_pieces(page, LIMIT)) is not None:
        return own
    if isinstance(page, CommunityPage):
        wanted = replace(wanted, community=(page.slug,))
    pieces = entry_pieces(wanted, LIMIT)
    if not wanted.narrows:
        pieces += extra_pieces(LIMIT)
    return newest_first(pieces)[:LIMIT]


def feed_title(page: Page, wanted: GalleryFilter) -> str:
    """Return the page's title and, after a colon, what the feed is narrowed to."""
    span = [dates] if (dates := period(wanted)) else []
    search = [f"“{wanted.q}”"] if wanted.q else []
    parts = [*(str(term.name) for term in chosen_terms(wanted)), *span, *search]
    return f"{page.title}: {', '.join(parts)}" if parts else page.title


def _item(
    piece: Piece,
    image: Picture | None,
    body: str | None,
    request: HttpRequest | None,
    options: FeedOptions,
) -> Item:
    page_url = piece.page.get_full_url(request) or absolute("/", request)
    return Item(
        guid=piece.guid,
        title=piece.page.title,
        url=piece.external_url or page_url,
        page_url=page_url,
        summary=piece.summary,
        html=None if body is None else _content(piece, image, body, page_url, options),
        published=piece.published,
        updated=max(piece.published, _changed(piece.page) or piece.published),
        language=piece.language,
        # Nobody of ours wrote what others published.
        authors=piece.authors or ((piece.publisher,) if piece.publisher else ()),
        category=piece.category,
        tags=piece.tags,
        image=image,
    )


def _content(
    piece: Piece, image: Picture | None, body: str, page_url: str, options: FeedOptions
) -> str:
    """Return all of a piece as HTML for readers elsewhere."""
    # What is written elsewhere has its pictures where they belong.
    context = {"piece": piece, "image": None if piece.write else image, "body": body}
    html = for_readers(render_to_string("feeds/content.html", context, request=None), page_url)
    return for_mail(html) if options.images == EMAIL else html


def _changed(page: Page) -> datetime | None:
    changed: datetime | None = page.last_published_at or page.latest_revision_created_at
    return changed.replace(microsecond=0) if changed else None
