"""Tags of every page: pictures, cards, breadcrumbs, figures."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from wagtail.models import Page

from impact.pages.breadcrumbs import way_to
from impact.pages.direction import direction
from impact.pages.markup import entry_card, picture_of, placeholder
from impact.pages.quantities import Quantity

register = template.Library()

for part in (picture_of, placeholder, entry_card):
    register.simple_tag(part)


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """Show the way from home to the page; nothing on home itself."""
    request = context.get("request")
    return {"items": way_to(page, request) if request else []}


@register.filter
def text_direction(language: str) -> str:
    """Return `rtl` for a language that is written from right to left, else `ltr`."""
    return direction(language)


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
