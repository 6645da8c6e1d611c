"""Tags of every page: pictures, breadcrumbs, figures."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from impact.freshness.kept import Kept
from impact.media.models import ImpactImage
from impact.media.placeholder import placeholder_svg
from impact.media.renditions import picture
from impact.pages.quantities import Quantity

register = template.Library()

# Where a missing picture leaves a hole in the layout; elsewhere nothing stands instead.
WITH_PLACEHOLDER = {"card", "feature", "thumb", "hero"}

_ways: Kept[list[dict[str, Any]]] = Kept(size=100)


@register.simple_tag
def picture_of(
    image: ImpactImage | None,
    profile: str,
    *,
    title: str = "",
    eager: bool = False,
    decorative: bool = False,
    css: str = "",
) -> SafeString:
    """Show a picture in the copies of a profile; a pattern where a card has none.

    `title` seeds the pattern; `eager` is for the one picture at the top of a page; `decorative` leaves
    out the alt text where the words beside it already say everything.
    """
    found = picture(image, profile) if image else None
    if found is None:
        return placeholder(title) if profile in WITH_PLACEHOLDER else SafeString("")
    markup = render_to_string(
        "components/picture.html",
        {
            "picture": found,
            "alt": "" if decorative else found.alt,
            "eager": eager,
            "css": css,
            "profile": profile,
        },
    )
    # A rendered template, so already escaped.
    return mark_safe(markup.strip())  # noqa: S308


@register.simple_tag
def placeholder(title: str) -> SafeString:
    """Draw the pattern of a title."""
    # Digits and fixed words only: the title is hashed, never written.
    return mark_safe(placeholder_svg(title))  # noqa: S308


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """Show the way from home to the page; nothing on home itself."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if not site or not page.path or page.depth <= site.root_page.depth:
        return {"items": []}

    def above() -> list[dict[str, Any]]:
        ancestors = page.get_ancestors().filter(depth__gte=site.root_page.depth)
        return [{"title": each.title, "url": each.get_url(request)} for each in ancestors]

    # Pages beside each other have the same ones.
    items = _ways.get((site.pk, page.path[: -page.steplen]), above)
    return {"items": [*items, {"title": page.title, "url": ""}]}


@register.simple_tag
def quantity(
    value: Decimal, precision: str = "exact", unit: str = "count", currency: str = ""
) -> Quantity:
    """Return a number with its unit and precision, for `components/key_figure.html`."""
    return Quantity(value, precision or "exact", unit or "count", currency)


@register.filter
def exact_text(quantity: Quantity) -> str:
    """Write a quantity without the sign of its precision, where a word says it."""
    return replace(quantity, precision="exact").text


@register.filter
def precision_word(quantity: Quantity) -> str:
    """Say how exactly a quantity is known; nothing for an exact one."""
    words = {"about": _("about"), "at-least": _("at least"), "at-most": _("at most")}
    return words.get(quantity.precision, "")
