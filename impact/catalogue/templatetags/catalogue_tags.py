"""Tags of lists of entries."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def count_of(counts: Mapping[str, int], slug: str) -> int:
    """Return the number that a slug has among counts."""
    return counts.get(slug, 0)
