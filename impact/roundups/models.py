"""Yearly impact reports: an index, and a page for each year."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.search import index

from impact.blocks.fields import StreamField
from impact.entries.models.base import new_guid
from impact.pages.addresses import absolute, origin
from impact.pages.models import BasePage
from impact.pages.sharing.card import Brand, ShareCard
from impact.pages.structured import Node, Subject
from impact.roundups.archive import archive
from impact.roundups.assembly import words_of
from impact.roundups.blocks.body import RoundupBodyBlock
from impact.roundups.comparison import comparison
from impact.roundups.composition import read
from impact.roundups.edition import edition_of
from impact.roundups.forms import RoundupForm
from impact.roundups.panels import YearPanel
from impact.roundups.snapshot import Closed
from impact.roundups.snapshot import read as read_snapshot
from impact.roundups.years import FIRST_YEAR, LAST_YEAR, neighbours, proposed_year


class RoundupIndexPage(BasePage):
    """All yearly reports."""

    summary = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences below the title.")
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["roundups.RoundupPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]
    template = "roundups/roundup_index_page.html"

    class Meta:
        verbose_name = _("roundup index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the published roundups with what each year held, and their figures compared."""
        years = archive(request)
        return {
            **super().get_context(request, *args, **kwargs),
            "archive": years,
            "comparison": comparison(years),
        }

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """A list of reports."""
        return [subject.collection((each.title, each.url) for each in context["archive"])]


class RoundupPage(BasePage):
    """One year's impact report; its entries are the gallery's of that year."""

    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        default=proposed_year,
        db_index=True,
        help_text=_("The year that the report is about; it is also the end of its address."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("The year in one or two sentences, below the title and in lists."),
    )
    lead_image = models.ForeignKey(
        "media.ImpactImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands beside the year on the cover."),
    )
    body = StreamField(
        RoundupBodyBlock(),
        verbose_name=_("the report"),
        blank=True,
        help_text=_(
            "What comes by itself follows the gallery. Move, remove or repeat its parts, and write your "
            "own words between them. Without any part here, the report shows all of them."
        ),
    )
    # What the report equals while its year is closed; written by `closing`, never by hand.
    snapshot = models.JSONField(
        _("record of the closed year"), null=True, blank=True, editable=False
    )
    guid = models.CharField(
        _("feed identifier"), max_length=500, unique=True, default=new_guid, editable=False
    )

    share_field = "lead_image"
    # A copy takes the next free year: no two roundups are of the same one.
    exclude_fields_in_copy = ["guid", "year", "snapshot"]
    parent_page_types = ["roundups.RoundupIndexPage"]
    subpage_types: list[str] = []
    base_form_class = RoundupForm
    content_panels = [
        YearPanel(),
        # A plain panel: the usual one keeps a slug field in step that this form does not have.
        FieldPanel("title", classname="title"),
        FieldPanel("year"),
        FieldPanel("summary"),
        FieldPanel("lead_image"),
        FieldPanel("body"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [
                # The address is the year, so there is nothing to choose.
                FieldPanel("slug", read_only=True),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            heading=_("Address and search engines"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("year"),
    ]
    template = "roundups/roundup_page.html"

    class Meta:
        verbose_name = _("roundup")
        verbose_name_plural = _("roundups")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the report, its neighbours, and for paper the address in full and what all begin with."""
        context = super().get_context(request, *args, **kwargs)
        before, after = neighbours(self.year, request)
        edition = edition_of(self, request) if self.year is not None else None
        return {
            **context,
            "edition": edition,
            "report": edition and edition.assembled(self.body, context),
            "previous_roundup": before,
            "next_roundup": after,
            "address": absolute(self.get_url(request) or "", request),
            "origin": origin(request),
        }

    def share_card(self, brand: Brand) -> ShareCard:
        """The title, the year where it does not say it, and the lead image or the year in numerals."""
        year = str(self.year)
        label = "" if year in self.title else year
        return replace(super().share_card(brand), label=label, sign=year)

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """A report that the organisation gives on a year."""
        published = self.first_published_at
        report = subject.page(
            "Report",
            headline=self.title,
            datePublished=published and timezone.localdate(published),
            temporalCoverage=str(self.year),
            author=subject.site.publisher,
            publisher=subject.site.publisher,
        )
        return [report]

    @property
    def words(self) -> StreamValue:
        """What editors wrote themselves, without the parts that come by themselves."""
        return words_of(read(self.body.raw_data), self.body)

    @property
    def closed(self) -> Closed | None:
        """The record that the report equals; None while its year is open."""
        return read_snapshot(self.snapshot)

    def clean(self) -> None:
        """One roundup a year. Checked for drafts too, because the year is the address."""
        if self.year is not None:
            others = RoundupPage.objects.filter(year=self.year)
            if others.exclude(pk=self.pk).exists():
                raise ValidationError(
                    {"year": _("There is a roundup for %(year)s already.") % {"year": self.year}}
                )
        super().clean()

    def _set_core_field_defaults(self) -> None:
        """The address of a roundup is its year, whatever its title."""
        if self.year is not None:
            self.slug = str(self.year)
        super()._set_core_field_defaults()
