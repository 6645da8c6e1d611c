"""The editor's table of readings."""

from typing import Any

from wagtail.admin.panels import InlinePanel

from impact.metrics.forms import ReadingForm, ReadingFormSet
from impact.metrics.measured import MeasuredInlinePanel


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
