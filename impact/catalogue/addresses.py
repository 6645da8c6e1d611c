"""Where the gallery is, and each choice of its filters."""

from dataclasses import dataclass

from django.http import HttpRequest

from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
from impact.pages.visibility import public_pages


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
        if page := public_pages(model).first():
            return GalleryAddress(page.get_url(request) or "")
    return GalleryAddress()
