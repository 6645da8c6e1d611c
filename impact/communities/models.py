"""Partner communities: an index, and a page for each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from impact.communities.filters import CommunityFilter
from impact.pages.models import BasePage
from impact.pages.registries import registry
from impact.pages.sharing.card import Brand, ShareCard
from impact.pages.structured import Node, Subject, node, picture


class CommunityKind(models.TextChoices):
    """What a community is to the organisation."""

    MEMBER = "member", _("Member")
    COLLABORATOR = "collaborator", _("Collaborator")
    FUNDER = "funder", _("Funder")
    PROJECT = "project", _("Project")

    @property
    def several(self) -> str:
        """What more than one of them are called, in the language of the page."""
        return str(_NAMES_OF_SEVERAL[self])


_NAMES_OF_SEVERAL = {
    CommunityKind.MEMBER: _("Members"),
    CommunityKind.COLLABORATOR: _("Collaborators"),
    CommunityKind.FUNDER: _("Funders"),
    CommunityKind.PROJECT: _("Projects"),
}


class Region(models.TextChoices):
    """Where a community works."""

    AFRICA = "africa", _("Africa")
    ASIA = "asia", _("Asia")
    EUROPE = "europe", _("Europe")
    LATIN_AMERICA = "latin-america", _("Latin America and the Caribbean")
    NORTH_AMERICA = "north-america", _("North America")
    OCEANIA = "oceania", _("Oceania")
    WORLDWIDE = "worldwide", _("Worldwide")


class CommunityIndexPage(BasePage):
    """All partner communities."""

    summary = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences below the title.")
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["communities.CommunityPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]
    template = "communities/community_index_page.html"

    class Meta:
        verbose_name = _("community index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the communities that the query string asks for."""
        from impact.communities.directory import directory
        from impact.communities.mapping import map_of

        wanted = CommunityFilter.from_query(request.GET)
        query = wanted.query()
        url = self.get_url(request) or ""
        found = directory(wanted)
        return {
            **super().get_context(request, *args, **kwargs),
            "filter": wanted,
            "directory": found,
            "map": map_of(found, request),
            "canonical_url": f"{url}?{query}" if query else url,
            "robots": "" if wanted.indexable else "noindex",
        }

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """A list of communities."""
        found = context["directory"].communities if subject.listed else ()
        request = context.get("request")
        return [subject.collection((each.title, each.get_url(request) or "") for each in found)]


class CommunityPage(BasePage):
    """A partner community: who they are; upper packages add their entries and figures."""

    summary = models.TextField(
        _("in two sentences"),
        blank=True,
        help_text=_("Who they are and what they do; lists and search engines show it."),
    )
    description = RichTextField(
        _("description"),
        blank=True,
        features=["bold", "italic", "link", "ul", "ol"],
        help_text=_("A few paragraphs for their own page."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=CommunityKind,
        default=CommunityKind.MEMBER,
        help_text=_("What they are to you; visitors filter the communities by it."),
    )
    website = models.URLField(
        _("website"), max_length=500, blank=True, help_text=_("Linked from their page.")
    )
    logo = models.ForeignKey(
        "media.ImpactImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown whole and never cropped. Without one, their initials stand there."),
    )
    region = models.CharField(
        _("region"),
        max_length=20,
        choices=Region,
        blank=True,
        help_text=_("Visitors filter the communities by it."),
    )
    country = models.CharField(
        _("country"), max_length=80, blank=True, help_text=_("As you would write it in a sentence.")
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    active_since = models.DateField(_("active since"), null=True, blank=True)
    active_until = models.DateField(
        _("active until"), null=True, blank=True, help_text=_("Empty while you work together.")
    )

    share_field = "logo"
    parent_page_types = ["communities.CommunityIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldPanel("logo"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("website")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("country")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                HelpPanel(
                    _(
                        "With both coordinates the community stands on the map above the list. Degrees "
                        "with a decimal point, south and west with a minus: 48.137, 11.575."
                    )
                ),
            ],
            heading=_("Place"),
        ),
        FieldRowPanel(
            [FieldPanel("active_since"), FieldPanel("active_until")], heading=_("Working together")
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("description"),
        index.FilterField("kind"),
        index.FilterField("region"),
    ]
    template = "communities/community_page.html"

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way to the community's feed, where there is one, and the address that paper shows."""
        has_feed = registry.subroute(self._meta.label, ["feed"]) is not None
        return {
            **super().get_context(request, *args, **kwargs),
            "feed_url": f"{self.get_url(request)}feed/" if has_feed and self.live else "",
            "address": self.get_full_url(request) if self.live else "",
        }

    def share_card(self, brand: Brand) -> ShareCard:
        """What they are to the organisation, their name, and their logo or initial."""
        return replace(
            super().share_card(brand),
            label=self.get_kind_display(),
            whole=True,
            sign=self.title[:1].upper(),
        )

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """A page about an organisation, which has a site of its own."""
        community = node(
            "Project" if self.kind == CommunityKind.PROJECT else "Organization",
            name=self.title,
            description=subject.head.description,
            url=self.website or subject.head.canonical,
            logo=picture(subject.image),
            location=node("Place", name=self.place) if self.place else None,
        )
        return [subject.page("ProfilePage", mainEntity=community)]

    @property
    def place(self) -> str:
        """Where they work, as precisely as is known."""
        region = self.get_region_display() if self.region else ""
        return ", ".join(part for part in (self.country, region) if part)

    @property
    def placed(self) -> bool:
        """Whether a map can show them."""
        return self.latitude is not None and self.longitude is not None

    @property
    def website_name(self) -> str:
        """The website's host, as people say it."""
        return urlsplit(self.website).netloc.removeprefix("www.") or self.website

    def clean(self) -> None:
        """Ask for a pair of coordinates and for years in order."""
        super().clean()
        errors = {}
        if (self.latitude is None) != (self.longitude is None):
            errors["longitude"] = _("Give both latitude and longitude, or neither.")
        if self.active_since and self.active_until and self.active_until < self.active_since:
            errors["active_until"] = _("The end lies before the beginning.")
        if errors:
            raise ValidationError(errors)
