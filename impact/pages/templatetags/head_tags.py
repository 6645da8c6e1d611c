"""The head of a page: its title, and what search engines and shares are told.

A page's context may say it better than the page itself: `head_title`, `meta_description`,
`canonical_url` and `robots` go before the page's own.
"""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import translation

from impact.branding.frame import frame_of
from impact.pages.addresses import absolute
from impact.pages.head import Head, document_title, share_picture

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


def _title(context: Context) -> str:
    page = context.get("page")
    own = (page.seo_title or page.title) if page else ""
    return str(context.get("head_title") or own)


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> str:
    """Return `Page – Organisation`."""
    return document_title(_title(context), _organisation(context))


@register.inclusion_tag("components/head_meta.html", takes_context=True)
def head_meta(context: Context) -> dict[str, Any]:
    """Write description, canonical address, robots and OpenGraph of the page in the context."""
    page, request = context.get("page"), context.get("request")
    if page is None:
        return {"head": None}
    canonical = context.get("canonical_url") or page.get_full_url(request) or ""
    return {
        "head": Head(
            title=_title(context),
            description=_description(context),
            canonical=absolute(canonical, request) if canonical else "",
            robots=context.get("robots") or ("" if page.indexable else "noindex"),
            kind=page.share_kind,
            site_name=_organisation(context),
            locale=translation.to_locale(page.share_language),
            image=share_picture(page.share_image, request),
        )
    }
