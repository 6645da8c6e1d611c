"""How editors keep the figures: each metric with its readings as rows."""

from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet

from impact.metrics.forms import MetricForm
from impact.metrics.models import Metric

READING = [
    FieldRowPanel(
        [
            FieldPanel("date", heading=_("Date or end")),
            FieldPanel("precision"),
            FieldPanel("value"),
        ]
    ),
    FieldRowPanel([FieldPanel("period_start"), FieldPanel("community")]),
    FieldRowPanel([FieldPanel("source_url"), FieldPanel("note")]),
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
            MultiFieldPanel(
                [
                    InlinePanel(
                        "readings",
                        label=_("Reading"),
                        panels=READING,
                        classname="impact-rows",
                    )
                ],
                heading=_("Readings"),
                help_text=_(
                    "What it was on a day or over a period. A roundup compares the last "
                    "reading of its year with that of the year before."
                ),
            ),
        ],
        base_form_class=MetricForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Add the day of the last reading in the same query."""
        return Metric.objects.annotate(last_reading=Max("readings__date"))
