"""What the editor's form of a metric has beside plain fields: a warning about units, and the readings."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from wagtail.admin.panels import InlinePanel, Panel

from impact.metrics.forms import ReadingForm
from impact.metrics.measured import MeasuredInlinePanel
from impact.metrics.readings_table import ReadingFormSet
from impact.metrics.units import OddOutcomes, odd_outcomes


class UnitsPanel(Panel):
    """Warns of outcomes that can't be added up with the others; shown only where there are any."""

    class BoundPanel(Panel.BoundPanel):
        """The warning about one metric."""

        template_name = "metrics/admin/units_panel.html"

        @cached_property
        def odd(self) -> OddOutcomes:
            """The outcomes that it is about. One query."""
            return odd_outcomes(self.instance)

        def is_shown(self) -> bool:
            """Return whether there is anything to warn of."""
            return bool(super().is_shown() and self.instance.pk and self.odd.number)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Hand over the outcomes."""
            return {**super().get_context_data(parent_context), "odd": self.odd}


class ReadingsPanel(MeasuredInlinePanel):
    """The readings of a metric as a table, a line each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"form_class": ReadingForm, **kwargs})

    def get_form_options(self) -> dict[str, Any]:
        """Let the rows share what they choose from."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = ReadingFormSet
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """Wagtail's rows, drawn as lines of a table."""

        template_name = "metrics/admin/readings_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Say where all readings are to be had as a file, and how they are given back."""
            url_name = type(self.instance).snippet_viewset.get_url_name
            query = urlencode({"metric": self.instance.slug})
            return {
                **super().get_context_data(parent_context),
                "export_url": f"{reverse(url_name('export_readings'))}?{query}",
                "import_url": reverse(url_name("import_readings")),
            }
