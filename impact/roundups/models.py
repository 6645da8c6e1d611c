"""Yearly impact reports: an index, and a page for each year."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from impact.blocks.body import BodyBlock
from impact.blocks.fields import StreamField
from impact.entries.models.base import new_guid
from impact.metrics.figures import figures_of_year
from impact.pages.models import BasePage
from impact.roundups.archive import archive
from impact.roundups.comparison import comparison
from impact.roundups.forms import RoundupForm
from impact.roundups.report import Choices, report
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
    introduction = StreamField(
        BodyBlock(),
        verbose_name=_("introduction"),
        blank=True,
        help_text=_("What the year was about, before its figures and stories."),
    )
    closing = StreamField(
        BodyBlock(),
        verbose_name=_("closing"),
        blank=True,
        help_text=_("Thanks, finances, what comes next: after the stories."),
    )
    guid = models.CharField(
        _("feed identifier"), max_length=500, unique=True, default=new_guid, editable=False
    )

    # A copy takes the next free year: no two roundups are of the same one.
    exclude_fields_in_copy = ["guid", "year"]
    parent_page_types = ["roundups.RoundupIndexPage"]
    subpage_types: list[str] = []
    base_form_class = RoundupForm
    content_panels = [
        # A plain panel: the usual one keeps a slug field in step that this form does not have.
        FieldPanel("title", classname="title"),
        FieldPanel("year"),
        FieldPanel("summary"),
        FieldPanel("lead_image"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                HelpPanel(
                    _(
                        "The year’s stories and figures stand here by themselves: stories by category, "
                        "newest first, each category with its count and a link to all of them. Here you "
                        "say only what should be different. An entry of another year, or one that is "
                        "not published, is passed over."
                    )
                ),
                InlinePanel(
                    "pins",
                    label=_("Entry"),
                    heading=_("Shown first"),
                    help_text=_("These open the section of their category, in this order."),
                ),
                InlinePanel(
                    "omissions",
                    label=_("Entry"),
                    heading=_("Left out"),
                    help_text=_("Not shown in the report, but still counted."),
                ),
            ],
            heading=_("Stories of the year"),
        ),
        FieldPanel("closing"),
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
        index.SearchField("introduction"),
        index.FilterField("year"),
    ]
    template = "roundups/roundup_page.html"

    class Meta:
        verbose_name = _("roundup")
        verbose_name_plural = _("roundups")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the year's report, its figures and its neighbours."""
        context = super().get_context(request, *args, **kwargs)
        figures = figures_of_year(self.year) if self.year else []
        before, after = neighbours(self.year, request)
        return {
            **context,
            "report": report(self.year, self.choices, request),
            "headlines": [figure for figure in figures if figure.headline],
            "other_figures": [figure for figure in figures if not figure.headline],
            "previous_roundup": before,
            "next_roundup": after,
        }

    @property
    def choices(self) -> Choices:
        """What editors chose, as keys of entries."""
        return Choices(
            pinned=[pin.entry_id for pin in self.pins.all() if pin.entry_id],
            omitted=frozenset(left.entry_id for left in self.omissions.all() if left.entry_id),
        )

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


class RoundupEntry(Orderable):
    """An entry that an editor chose for a year."""

    entry = models.ForeignKey(
        "entries.EntryPage", verbose_name=_("entry"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("entry")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.entry_id)


class RoundupPin(RoundupEntry):
    """An entry that stands first in its section."""

    page = ParentalKey(RoundupPage, on_delete=models.CASCADE, related_name="pins")


class RoundupOmission(RoundupEntry):
    """An entry that is counted but not shown."""

    page = ParentalKey(RoundupPage, on_delete=models.CASCADE, related_name="omissions")
