"""How editors keep the figures: each metric with its readings as rows."""

from typing import Any

from django import forms
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet

from impact.metrics.forms import MetricForm
from impact.metrics.models import Metric
from impact.metrics.panels import ReadingsPanel

_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
READING = [
    FieldPanel("date", heading=_("Date or end"), widget=_DAY),
    FieldPanel("precision"),
    FieldPanel("value"),
    FieldPanel("period_start", widget=_DAY),
    FieldPanel("community"),
    FieldPanel("source_url"),
    FieldPanel("note"),
]


class MetricViewSet(SnippetViewSet):
    """Metrics in the order in which pages show them."""

    model = Metric
    icon = "order"
    menu_label = _("Metrics")
    ordering = ["sort_order"]
    menu_order = 500
    list_display = [
        "name",
        Column("get_unit_display", label=_("Unit")),
        BooleanColumn("headline", label=_("Headline")),
        Column("last_reading", label=_("Last reading"), sort_key="last_reading"),
    ]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", targets=["slug"], placeholder=False, classname=""),
            FieldRowPanel(
                [
                    FieldPanel(
                        "slug",
                        widget=SlugInput,
                        heading=_("Short name"),
                        help_text=_("What tools call the metric. Keep it once it is in use."),
                    ),
                    FieldPanel("headline"),
                ]
            ),
            FieldPanel("description"),
            FieldRowPanel([FieldPanel("unit"), FieldPanel("currency"), FieldPanel("direction")]),
            ReadingsPanel(
                "readings",
                heading=_("Readings"),
                label=_("Reading"),
                panels=READING,
                help_text=_(
                    "What it was on a day, or over a period that begins at “from”. A value may say "
                    "how exact it is: ~9100, ≥2000, $2.2M. No community means the whole organisation. "
                    "A roundup compares the last reading of its year with that of the year before."
                ),
            ),
        ],
        base_form_class=MetricForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Add the day of the last reading in the same query."""
        return Metric.objects.annotate(last_reading=Max("readings__date"))
