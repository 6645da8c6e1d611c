"""The editor's form of a metric and its readings."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from impact.metrics.models import Reading


class MetricForm(WagtailAdminModelForm):
    """Refuses two readings of one day for the same community, or for the whole organisation."""

    def clean(self) -> dict[str, Any]:
        """Add the message to the second reading."""
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets.get("readings")
        if formset is None or not formset.management_form.is_valid():
            return cleaned
        formset.is_valid()
        seen: set[tuple[Any, Any]] = set()
        for form in formset.forms:
            reading = getattr(form, "cleaned_data", {})
            if not reading.get("date") or reading.get("DELETE"):
                continue
            key = (reading["date"], getattr(reading.get("community"), "pk", None))
            if key in seen:
                form.add_error("date", _("There is another reading for this day."))
            seen.add(key)
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Let two readings exchange their days: none may stand in the other's way while it is saved."""
        if commit and self.instance.pk:
            kept = [form.instance.pk for form in self.formsets["readings"].initial_forms]
            for number, pk in enumerate(filter(None, kept)):
                aside = date.min + timedelta(days=number)
                Reading.objects.filter(pk=pk).update(date=aside)
        return super().save(commit)
