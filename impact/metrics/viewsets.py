"""How editors keep the figures: each metric with its readings as rows."""

from typing import Any

from django import forms
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets import SlugInput
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from impact.metrics.forms import MetricForm
from impact.metrics.models import Metric
from impact.metrics.panels import ReadingsPanel, UnitsPanel
from impact.metrics.units import odd_outcomes, unit_name
from impact.metrics.views import ReadingsExportView, ReadingsImportView

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


class MetricIndexView(IndexView):
    """The list of metrics, with their readings as files."""

    export_readings_url_name = ""
    import_readings_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Offer import and export of all readings."""
        buttons = [*super().header_more_buttons]
        if self.user_has_permission("change"):
            url = reverse(self.import_readings_url_name)
            buttons.append(Button(_("Import readings"), url=url, icon_name="upload", priority=50))
        url = reverse(self.export_readings_url_name)
        buttons.append(Button(_("Export readings"), url=url, icon_name="download", priority=60))
        return buttons


class MetricEditView(EditView):
    """A metric, with its readings as a file."""

    export_readings_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Offer the export of the metric's readings."""
        url = f"{reverse(self.export_readings_url_name)}?{urlencode({'metric': self.object.slug})}"
        return [
            *super().header_more_buttons,
            Button(_("Export readings"), url=url, icon_name="download", priority=60),
        ]

    def get_form(self, form_class: Any = None) -> Any:
        """Show the page of the readings that the address names."""
        form = super().get_form(form_class)
        form.formsets["readings"].page_asked_for = self.request.GET.get("page")
        return form

    def save_action(self) -> HttpResponse:
        """Say what another unit means for what has been written in the old one."""
        if {"unit", "currency"} & {*self.form.changed_data}:
            self._tell_of_unit()
        response: HttpResponse = super().save_action()
        return response

    def _tell_of_unit(self) -> None:
        unit = unit_name(self.object.unit, self.object.currency)
        if number := self.object.readings.count():
            text = ngettext(
                "The unit is now: %(unit)s. %(number)d reading is read in it, not converted.",
                "The unit is now: %(unit)s. %(number)d readings are read in it, not converted.",
                number,
            )
            messages.warning(self.request, text % {"unit": unit, "number": number})
        if number := odd_outcomes(self.object).number:
            text = ngettext(
                "%(number)d outcome of a story keeps its old unit and is not added to the others. "
                "The form of the metric names the story.",
                "%(number)d outcomes of stories keep their old unit and are not added to the others. "
                "The form of the metric names the stories.",
                number,
            )
            messages.warning(self.request, text % {"number": number})


class MetricViewSet(SnippetViewSet):
    """Metrics in the order in which pages show them."""

    index_view_class = MetricIndexView
    edit_view_class = MetricEditView

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
            UnitsPanel(),
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

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tell the views where readings are imported and exported."""
        return super().get_common_view_kwargs(
            import_readings_url_name=self.get_url_name("import_readings"),
            export_readings_url_name=self.get_url_name("export_readings"),
            **kwargs,
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the import and the export of readings."""
        return [
            *super().get_urlpatterns(),
            path(
                "readings/import/",
                self.construct_view(
                    ReadingsImportView,
                    index_url_name=self.get_url_name("list"),
                    export_url_name=self.get_url_name("export_readings"),
                ),
                name="import_readings",
            ),
            path(
                "readings/export/", self.construct_view(ReadingsExportView), name="export_readings"
            ),
        ]
