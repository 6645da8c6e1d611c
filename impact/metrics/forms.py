"""The editor's forms of a metric and its readings."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from impact.metrics.directory import Directory
from impact.metrics.fields import CommunityField
from impact.metrics.measured import MeasuredForm
from impact.metrics.models import Reading


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


class ReadingFormSet(BaseChildFormSet):
    """The rows of the table: they share one list of communities."""

    @cached_property
    def directory(self) -> Directory:
        """The communities; one statement for all rows."""
        return Directory()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Hand the list to each row."""
        return {**super().get_form_kwargs(index), "directory": self.directory}


class MetricForm(WagtailAdminModelForm):
    """Refuses two readings of one day for the same community, or for the whole organisation."""

    def clean(self) -> dict[str, Any]:
        """Add the messages to the rows that they are about."""
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets.get("readings")
        if formset is None or not formset.management_form.is_valid():
            return cleaned
        formset.is_valid()
        seen: set[tuple[Any, Any]] = set()
        for form in formset.forms:
            reading = getattr(form, "cleaned_data", {})
            if reading.get("DELETE"):
                continue
            amount = form.amount
            if amount and not amount.fits(cleaned.get("unit", ""), cleaned.get("currency", "")):
                form.add_error("value", _("The metric is counted in another unit."))
            if not reading.get("date"):
                continue
            key = (reading["date"], getattr(reading.get("community"), "pk", None))
            if key in seen:
                form.add_error("date", _("There is another reading for this day."))
            seen.add(key)
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Save the metric with its readings; what it refers to is noted once, not once a reading."""
        if not commit:
            return super().save(commit=False)
        with disable_reference_index_auto_update():
            self._step_aside()
            metric = super().save()
        ReferenceIndex.create_or_update_for_object(metric)
        return metric

    def _step_aside(self) -> None:
        """Let two readings exchange their days: none may stand in the other's way while it is saved."""
        changed = (form for form in self.formsets["readings"].initial_forms if form.has_changed())
        keys = filter(None, (form.instance.pk for form in changed))
        aside = [
            Reading(pk=pk, date=date.min + timedelta(days=number)) for number, pk in enumerate(keys)
        ]
        Reading.objects.bulk_update(aside, ["date"], batch_size=200)
