"""Where entries and communities are by their place in the tree, and where the gallery is."""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest
from wagtail.models import Page

from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
from impact.pages.visibility import public


@dataclass(frozen=True)
class GalleryAddress:
    """The gallery's address; empty where there is no public gallery."""

    url: str = ""

    def of(self, **values: str | int) -> str:
        """Return the address of a filtered gallery: `address.of(year=2024, category="research")`."""
        if not self.url:
            return ""
        query = GalleryFilter(**{key: (str(value),) for key, value in values.items()}).query()  # type: ignore[arg-type]
        return f"{self.url}?{query}" if query else self.url


def gallery_address(request: HttpRequest | None = None) -> GalleryAddress:
    """Return where the gallery is. One query: the page that entries stand below."""
    for model in EntryPage.clean_parent_page_models():
        if page := model.objects.filter(public()).first():
            return GalleryAddress(page.get_url(request) or "")
    return GalleryAddress()


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
