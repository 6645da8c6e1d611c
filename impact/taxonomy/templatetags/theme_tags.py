"""The address of the organisation's colours."""

from typing import Any

from django import template

from impact.taxonomy import theme

register = template.Library()


@register.simple_tag(takes_context=True)
def theme_url(context: dict[str, Any]) -> str:
    """Return the address of the current colours; empty without a request or a site."""
    request = context.get("request")
    return theme.theme_url(request) if request and context.get("frame") else ""
