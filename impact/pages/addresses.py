"""Addresses of pages: one rule for canonical links, feeds, the sitemap and shares.

`SITE_URL` is the site's address, whatever host a request came in by, so that a proxy, a cache or a
second host name never changes what is written. Where nobody has set it (a trial, a test), the
address is the one that the request used.
"""

from collections.abc import Iterator
from urllib.parse import quote, urljoin

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page


def origin(request: HttpRequest | None = None) -> str:
    """Return scheme, host and port without a closing slash: `https://impact.example.org`."""
    if settings.SITE_URL_IS_SET or request is None:
        return str(settings.SITE_URL)
    return f"{request.scheme}://{request.get_host()}"


def absolute(url: str, request: HttpRequest | None = None) -> str:
    """Return the address with scheme and host; one that has them already stays as it is."""
    return urljoin(f"{origin(request)}/", url)


def paths_of(model: type[Page]) -> Iterator[str]:
    """Yield the path of each live page of a type: `/impact/`."""
    for page in model.objects.live():
        if parts := page.get_url_parts():
            yield parts[2]


class Addresses:
    """Addresses of pages by their paths in the tree, without reading the pages."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        self._request = request
        self._above: dict[str, str] = {}

    def of(self, url_path: str) -> str:
        """Return the address of the page with a path: that of the page above it, and its slug."""
        above, _slash, slug = url_path[:-1].rpartition("/")
        return f"{self.above(f'{above}/')}{quote(slug)}/"

    def above(self, url_path: str) -> str:
        """Return the address of a page that others stand below; Wagtail knows it by its path alone."""
        if url_path not in self._above:
            page = Page(pk=0, url_path=url_path)
            self._above[url_path] = page.get_url(self._request) or ""
        return self._above[url_path]
