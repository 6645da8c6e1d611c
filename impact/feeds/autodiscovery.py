"""Which feeds a page offers in its head."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.http import HttpRequest
from wagtail.models import Page

from impact.feeds.assembly import feed_address, feed_title, wanted_by
from impact.feeds.sources import offers_parents
from impact.feeds.views import FORMATS, has_feeds
from impact.filters.gallery import GalleryFilter
from impact.pages.visibility import public_pages


@dataclass(frozen=True)
class FeedLink:
    """One `<link rel="alternate">`."""

    title: str
    type: str
    href: str


def feed_links(page: Page | None, request: HttpRequest) -> list[FeedLink]:
    """Return the page's own feeds, narrowed as it is, or those of what it belongs to; then the gallery's."""
    links: list[FeedLink] = []
    if page is not None and page.pk:
        own = page.get_parent().specific if offers_parents(page) else page
        if has_feeds(own):
            links += _links(own, wanted_by(own, request), request)
    if gallery := _gallery(page):
        links += _links(gallery, GalleryFilter(), request)
    return list(dict.fromkeys(links))


def _gallery(page: Page | None) -> Page | None:
    """Return the gallery: the page itself, or the public one."""
    model = apps.get_model("gallery.GalleryPage")
    return page if isinstance(page, model) else public_pages(model).first()


def _links(page: Page, wanted: GalleryFilter, request: HttpRequest) -> Iterator[FeedLink]:
    title = feed_title(page, wanted)
    for path, kind in FORMATS.items():
        href = feed_address(page, path, wanted, request)
        yield FeedLink(f"{title} ({kind.label})", kind.content_type.partition(";")[0], href)
