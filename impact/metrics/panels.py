"""Panels of the editor for rows with a measured value: a stack of forms, and a table."""

from typing import Any

from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model

from impact.metrics.forms import MeasuredForm, ReadingForm, ReadingFormSet


class MeasuredInlinePanel(InlinePanel):
    """An inline panel whose rows have a form of ours."""

    def __init__(
        self, *args: Any, form_class: type[MeasuredForm] = MeasuredForm, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.form_class = form_class

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep the form when the panel is bound to its model."""
        return {**super().clone_kwargs(), "form_class": self.form_class}

    def get_form_options(self) -> dict[str, Any]:
        """Say which form the rows have."""
        options: dict[str, Any] = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=self.form_class,
            fields=formset["fields"],
        )
        return options


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
