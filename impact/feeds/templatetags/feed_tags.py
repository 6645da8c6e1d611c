"""Feeds in the head of every page."""

from typing import Any

from django import template
from django.template.context import Context

from impact.feeds.autodiscovery import feed_links as links_of

register = template.Library()


@register.inclusion_tag("feeds/links.html", takes_context=True)
def feed_links(context: Context) -> dict[str, Any]:
    """Write a `<link rel="alternate">` for each feed that the page offers."""
    request = context.get("request")
    return {"links": links_of(context.get("page"), request) if request else []}
