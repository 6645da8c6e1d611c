"""The way from home to a page: for readers above its title, and for search engines in its head."""

from django.http import HttpRequest
from wagtail.models import Page, Site

from impact.freshness.kept import Kept

# Title and address; the address of the page itself is empty.
Step = dict[str, str]

_ways: Kept[list[Step]] = Kept(size=100)


def way_to(page: Page, request: HttpRequest) -> list[Step]:
    """Return the steps from home to a page; none for home itself, and for what stands nowhere yet."""
    site = Site.find_for_request(request)
    if not site or not page.path or page.depth <= site.root_page.depth:
        return []

    def above() -> list[Step]:
        ancestors = page.get_ancestors().filter(depth__gte=site.root_page.depth)
        return [{"title": each.title, "url": each.get_url(request) or ""} for each in ancestors]

    # Pages beside each other have the same ones.
    items = _ways.get((site.pk, page.path[: -page.steplen]), above)
    return [*items, {"title": page.title, "url": ""}]
