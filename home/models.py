"""`HomePage`: what the organisation does, for whom, and what came of it lately."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from impact.pages.models import BasePage
from impact.pages.sharing.card import Brand, ShareCard
from impact.pages.structured import Node, Subject, node


class HomePage(BasePage):
    """The front of the site."""

    headline = models.CharField(
        _("headline"),
        max_length=160,
        blank=True,
        help_text=_(
            "One sentence: what you do and for whom. Left empty, the site’s tagline stands here."
        ),
    )
    summary = models.TextField(
        _("introduction"), blank=True, help_text=_("Two or three sentences below the headline.")
    )
    hero_image = models.ForeignKey(
        "media.ImpactImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("One picture of the work itself; it stands beside the headline."),
    )

    share_field = "hero_image"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "gallery.GalleryPage",
        "communities.CommunityIndexPage",
        "roundups.RoundupIndexPage",
        "newsletter.NewsletterIndexPage",
        "standard.StandardPage",
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("headline"), FieldPanel("summary"), FieldPanel("hero_image")],
            heading=_("Opening"),
            help_text=_(
                "Figures, stories, the latest roundup and communities follow by themselves. Mark an "
                "entry as featured to have it stand here longer."
            ),
        ),
    ]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the site has to show."""
        from home.front import front

        return {**super().get_context(request, *args, **kwargs), "front": front(request)}

    def share_card(self, brand: Brand) -> ShareCard:
        """The headline, as it stands on the page."""
        return replace(
            super().share_card(brand), title=self.headline or brand.tagline or brand.organisation
        )

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """The site, and the organisation that speaks on it."""
        site = subject.site
        search = node(
            "SearchAction",
            target=node(
                "EntryPoint", urlTemplate=subject.absolute("/search/?q={search_term_string}")
            ),
            **{"query-input": "required name=search_term_string"},
        )
        return [
            {
                **site.website,
                "publisher": {"@id": site.publisher["@id"]},
                "potentialAction": search,
            },
            {
                **site.publisher,
                **node("Organization", description=site.tagline, sameAs=list(site.profiles)),
            },
        ]
