"""`GalleryPage`: the impact gallery, parent of all entries."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from impact.filters.gallery import GalleryFilter
from impact.pages.models import BasePage
from impact.pages.structured import Node, Subject


class GalleryPage(BasePage):
    """All entries, with filters and exact counts."""

    summary = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences below the title.")
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["entries.StoryPage", "entries.FeaturedLinkPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]
    template = "gallery/gallery_page.html"

    class Meta:
        verbose_name = _("impact gallery")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of results that the query string asks for."""
        from impact.gallery.listing import listing

        context = super().get_context(request, *args, **kwargs)
        wanted = GalleryFilter.from_query(request.GET)
        base = self.get_url(request) or request.path
        found = listing(wanted, base, self.title, request)
        context |= {
            "listing": found,
            "canonical_url": found.url,
            "head_title": found.head_title,
            "search_query": wanted.q,
        }
        if found.eyebrow:
            # Not every value is described; then the sentence above the results is.
            said = f"{found.heading}. {self.summary}".strip()
            context["meta_description"] = found.description or said
        if not wanted.indexable:
            context["robots"] = "noindex"
        return context

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """The part of a list that the page shows; a featured link stands there as its own page elsewhere."""
        found = context["listing"]
        if not subject.listed:
            return [subject.page("CollectionPage")]
        things = ((card.title, card.url) for card in found.cards)
        return [subject.collection(things, found.total, found.start + 1)]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; where htmx asked, the address bar shows the canonical address."""
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        if getattr(request, "htmx", False) and kwargs.get("subroute") is None:
            response["HX-Push-Url"] = response.context_data["listing"].url  # type: ignore[attr-defined]
        return response
