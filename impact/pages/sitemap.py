"""`sitemap.xml`: every public page with its last change and its picture, without reading the pages.

A site of more pages than one file may list gets an index of several. Each takes the same number of
statements, however many pages it lists.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site, get_page_models

from impact.media.renditions import made_for_shares, share_url
from impact.pages.addresses import Addresses, absolute
from impact.pages.visibility import public


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with all pages, with some of them (`?p=2`), or with where each part is."""
    pages = PageSitemap(request)
    parts = pages.paginator.page_range
    if len(parts) > 1 and "p" not in request.GET:
        urls = (absolute(f"{reverse('sitemap')}?p={part}", request) for part in parts)
        context = {"sitemaps": [{"location": url} for url in urls]}
        return TemplateResponse(
            request, "sitemap_index.xml", context, content_type="application/xml"
        )
    response: HttpResponse = views.sitemap(
        request, {"pages": pages}, template_name="pages/sitemap.xml"
    )
    return response


class PageSitemap(Sitemap):
    """The pages that crawlers may list, oldest first, so that a new one changes the end alone."""

    # As many as the protocol allows in a file.
    limit = 50_000

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._addresses = Addresses(request)
        self.root: Page | None = getattr(Site.find_for_request(request), "root_page", None)

    def items(self) -> QuerySet[Page, Any]:
        """Return key, path, publication and last revision of each page."""
        if self.root is None:
            return Page.objects.none().values_list("pk")
        hidden = [model for model in get_page_models() if not getattr(model, "indexable", True)]
        listed = Page.objects.filter(public(), path__startswith=self.root.path)
        return (
            listed.not_exact_type(*hidden)
            .order_by("pk")
            .values_list("pk", "url_path", "last_published_at", "latest_revision_created_at")
        )

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the pages of one part, each as address, last change and the addresses of pictures."""
        rows = list(self.paginator.page(page).object_list)
        pictures = dict(self._pictures(rows[0][0], rows[-1][0])) if rows else {}
        urls = [
            {
                "location": absolute(self._url(path), self.request),
                "lastmod": published or revised,
                "images": [absolute(pictures[pk], self.request)] if pk in pictures else [],
            }
            for pk, path, published, revised in rows
        ]
        changes = [each["lastmod"] for each in urls]
        if changes and None not in changes:
            self.latest_lastmod = max(changes)
        return urls

    def _url(self, path: str) -> str:
        is_root = self.root is not None and path == self.root.url_path
        return self._addresses.above(path) if is_root else self._addresses.of(path)

    def _pictures(self, first: int, last: int) -> Iterator[tuple[int, str]]:
        """Yield the address of the picture of each page between two keys that has one."""
        made = made_for_shares()
        for model in get_page_models():
            name = getattr(model, "share_field", "")
            # Not again for the types that inherit the field.
            if not any(field.name == name for field in model._meta.local_fields):
                continue
            within = model._default_manager.filter(pk__gte=first, pk__lte=last)
            rows = within.exclude(**{name: None}).values_list("pk", name, f"{name}__file")
            for pk, image, file in rows:
                yield pk, share_url(image, file, made)
