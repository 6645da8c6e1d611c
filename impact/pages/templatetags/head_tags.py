"""The head of a page: its title, and what search engines and shares are told.

A page's context may say it better than the page itself: `head_title`, `meta_description`,
`canonical_url` and `robots` go before the page's own.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from impact.branding.frame import Frame, frame_of
from impact.pages.addresses import absolute, origin
from impact.pages.breadcrumbs import way_to
from impact.pages.head import Head, Picture, document_title, logo_picture, share_picture
from impact.pages.models import BasePage
from impact.pages.sharing.card import HEIGHT, WIDTH, Brand
from impact.pages.structured import Site, Subject, breadcrumb, document

register = template.Library()
HOME_DEPTH = 2


def _organisation(context: Context) -> str:
    request = context.get("request")
    frame = frame_of(request) if request else None
    return frame.organisation if frame else ""


def _description(context: Context) -> str:
    """Return what the page says of itself; a home page that says nothing has the tagline."""
    page, request = context["page"], context.get("request")
    own = context.get("meta_description") or page.meta_description
    if own or not request or page.depth != HOME_DEPTH:
        return str(own)
    frame = frame_of(request)
    return frame.tagline if frame else ""


def _publisher(context: Context, frame: Frame | None) -> str:
    """Return `Stories – Reef Watch. We watch reefs.`"""
    if frame is None:
        return ""
    named = document_title(_title(context), frame.organisation)
    return ". ".join(part for part in (named, frame.tagline) if part)


def _title(context: Context) -> str:
    page = context.get("page")
    own = (page.seo_title or page.title) if page else ""
    return str(context.get("head_title") or own)


def _share_title(context: Context) -> str:
    """Return the title as it stands alone: that of home, unless somebody has written one, is the name."""
    page = context["page"]
    is_home = page.depth == HOME_DEPTH and not page.seo_title
    return (is_home and _organisation(context)) or _title(context)


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> str:
    """Return `Page – Organisation`."""
    return document_title(_title(context), _organisation(context))


@register.inclusion_tag("components/head_meta.html", takes_context=True)
def head_meta(context: Context) -> dict[str, Any]:
    """Write description, canonical address, robots, OpenGraph and JSON-LD of the page in the context."""
    page, request = context.get("page"), context.get("request")
    if page is None:
        return {"head": None}
    canonical = context.get("canonical_url") or page.get_full_url(request) or ""
    frame = frame_of(request) if request else None
    image = share_picture(page.share_image, request)
    head = Head(
        title=_share_title(context),
        description=_description(context),
        publisher=_publisher(context, frame),
        canonical=absolute(canonical, request) if canonical else "",
        robots=context.get("robots") or ("" if page.indexable else "noindex"),
        kind=page.share_kind,
        site_name=frame.organisation if frame else "",
        locale=translation.to_locale(page.share_language),
        image=_share_image(page, frame, request) if request and frame and page.pk else image,
    )
    return {"head": head, "structured": _structured(context, head, image, frame) if frame else ""}


def _share_image(page: BasePage, frame: Frame, request: HttpRequest) -> Picture:
    """Return the image that is made for shares of the page; its address alone is made now."""
    card = page.share_card(Brand.of(frame))
    url = absolute(card.path(page.pk), request)
    return Picture(url, WIDTH, HEIGHT, alt=document_title(card.title, frame.organisation))


def _structured(context: Context, head: Head, image: Picture | None, frame: Frame) -> SafeString:
    """Return what the page and the way to it are, as JSON-LD."""
    page, request = context["page"], context["request"]
    subject = Subject(
        head=head,
        site=Site(
            url=absolute(frame.home_url, request),
            organisation=frame.organisation,
            tagline=frame.tagline,
            logo=logo_picture(frame.logo, request),
            profiles=tuple(link.url for link in frame.social_links),
        ),
        name=str(context.get("head_title") or page.title),
        language=page.share_language,
        origin=origin(request),
        image=image,
        modified=page.last_published_at and timezone.localdate(page.last_published_at),
    )
    flat: dict[Any, Any] = context.flatten()
    return document([*page.structured(subject, flat), breadcrumb(way_to(page, request), subject)])
