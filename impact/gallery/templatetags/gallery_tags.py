"""What the gallery writes hundreds of times on a page, without a template for each."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from impact.gallery.listing import FacetLink, FacetView

register = template.Library()


@register.simple_tag
def facet_values(facet: FacetView, links: Iterable[FacetLink]) -> SafeString:
    """Write values of a facet as items of a list."""
    # Every text of an item is escaped where it is put in.
    return mark_safe("\n".join(_item(facet.key, link) for link in links))  # noqa: S308


# Slugs and names are the same on every page.
_escaped = lru_cache(maxsize=4096)(escape)


def _item(key: str, link: FacetLink) -> str:
    value = link.value
    slug, name, number = _escaped(value.slug), _escaped(value.name), int(value.count)
    category = f' class="facet-category category-{slug}"' if key == "category" else ""
    current = ' aria-current="true"' if value.chosen else ""
    rel = f' rel="{escape(link.rel)}"' if link.rel else ""
    return (
        f'<li><a id="{key}-{slug}" href="{escape(link.url)}"'
        f' data-facet="{key}" data-value="{slug}" data-count="{number}"{category}{current}{rel}>'
        f'<span class="facet-name">{name}</span>'
        f' <span class="facet-count">{number}</span></a></li>'
    )
