"""`StoryPage`: an impact story, and the outcomes that it reports."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable
from wagtail.search import index

from impact.blocks.fields import StreamField
from impact.blocks.text import reading_minutes
from impact.entries import panels
from impact.entries.body import StoryBodyBlock
from impact.entries.kinds import STORY
from impact.entries.models.base import EntryPage
from impact.entries.presentation import outcomes_of, sources_of
from impact.entries.structured import article
from impact.metrics.models import Measured, Unit, currency_code, currency_fault
from impact.metrics.units import unit_name
from impact.pages.structured import Node, Subject


class StoryPage(EntryPage):
    """What came of the work with a community, told by the organisation."""

    body = StreamField(StoryBodyBlock(), verbose_name=_("body"))

    kind = STORY
    page_description = _("What came of the work with a community, told by us.")
    is_creatable = True
    content_panels = panels.STORY_CONTENT
    search_fields = [*EntryPage.search_fields, index.SearchField("body")]
    template = "entries/story_page.html"

    class Meta:
        verbose_name = _("impact story")
        verbose_name_plural = _("impact stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the numbers that it reports and how long it takes to read."""
        context = super().get_context(request, *args, **kwargs)
        outcomes = outcomes_of(self)
        return {
            **context,
            "outcomes": outcomes,
            "sources": sources_of(outcomes),
            "minutes": reading_minutes(self.body),
        }

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """An article of the organisation."""
        return [article(self, subject, context["filing"], context["minutes"])]


class StoryOutcome(Measured, Orderable):
    """A number that a story reports, with its evidence."""

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="outcomes")
    unit = models.CharField(_("unit"), max_length=20, choices=Unit, default=Unit.COUNT)
    currency = models.CharField(
        _("currency code"), max_length=3, blank=True, validators=[currency_code]
    )
    what = models.CharField(
        _("what it counts"), max_length=160, help_text=_("For example: farmers trained.")
    )
    evidence_url = models.URLField(
        _("evidence"), max_length=500, blank=True, help_text=_("Where a reader can check it.")
    )
    metric = models.ForeignKey(
        "metrics.Metric",
        verbose_name=_("adds to metric"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outcomes",
    )

    panels = panels.STORY_OUTCOME

    class Meta(Orderable.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return f"{self.value} {self.what}"

    def clean(self) -> None:
        """A currency has a code; a metric has the same unit."""
        super().clean()
        errors: dict[str, Any] = {}
        if fault := currency_fault(self.unit, self.currency):
            errors["currency"] = fault
        if self.metric and (self.metric.unit, self.metric.currency) != (self.unit, self.currency):
            unit = unit_name(self.metric.unit, self.metric.currency)
            errors["metric"] = _("This metric is counted in another unit: %(unit)s.") % {
                "unit": unit
            }
        if errors:
            raise ValidationError(errors)
