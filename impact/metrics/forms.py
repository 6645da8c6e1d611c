"""The editor's forms of a metric and its readings."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from impact.metrics.directory import Directory
from impact.metrics.fields import CommunityField
from impact.metrics.meanwhile import mark_of
from impact.metrics.measured import MeasuredForm
from impact.metrics.models import Reading
from impact.pages.quantities import Quantity


class ReadingForm(MeasuredForm):
    """A row of the table of readings."""

    community = CommunityField(
        label=gettext_lazy("Community"),
        required=False,
        widget=forms.TextInput(
            {
                "list": "impact-communities",
                "placeholder": gettext_lazy("All"),
                "autocomplete": "off",
            }
        ),
    )

    def __init__(self, *args: Any, directory: Directory | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].directory = directory or Directory()
        for field in self.fields.values():
            # What the columns are is said once, above the table.
            field.help_text = ""

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out the community: the list that it was found in has just been read."""
        return {*super()._get_validation_exclusions(), "community"}

    @property
    def is_outdated(self) -> bool:
        """Whether the reading is another one by now than the row was made from."""
        field = self.fields.get("mark")
        return bool(field and self.is_bound and self["mark"].data not in ("", None, field.initial))

    def has_changed(self) -> bool:
        """Return whether the editor changed the row, whatever has become of the reading meanwhile."""
        if not super().has_changed():
            return False
        # Valid or not, that is known once it has been cleaned.
        return not (
            self.is_outdated and not self.errors and mark_of(self.cleaned_data) == self["mark"].data
        )

    def tell_of_change(self) -> None:
        """Say what the reading is now; sent once more, the row replaces it."""
        # The row has its own values by now.
        now = Reading.objects.get(pk=self.instance.pk)
        quantity = Quantity(now.value, now.precision)
        message = _(
            "Somebody has changed this reading meanwhile: %(value)s, %(date)s. Save again to replace it."
        )
        self.add_error(None, message % {"value": quantity.spoken, "date": now.date.isoformat()})
        self.fields["mark"].told = True


class MetricForm(WagtailAdminModelForm):
    """A metric with its readings: refuses values of another unit."""

    def clean(self) -> dict[str, Any]:
        """Add the messages to the rows that they are about."""
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets.get("readings")
        if formset is None or not formset.management_form.is_valid():
            return cleaned
        formset.is_valid()
        for form in formset.forms:
            if getattr(form, "cleaned_data", {}).get("DELETE"):
                continue
            amount = form.amount
            if amount and not amount.fits(cleaned.get("unit", ""), cleaned.get("currency", "")):
                form.add_error("value", _("The metric is counted in another unit."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Save the metric with its readings; what it refers to is noted once, not once a reading."""
        if not commit:
            return super().save(commit=False)
        with disable_reference_index_auto_update():
            metric = super().save()
            self.formsets["readings"].write()
        ReferenceIndex.create_or_update_for_object(metric)
        return metric
