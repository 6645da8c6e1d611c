"""The rows of the editor's table of readings: a page of them at a time; only what changed is written."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet

from impact.metrics.directory import Directory
from impact.metrics.meanwhile import MarkField
from impact.metrics.models import Reading

# What a metric has one reading of: a day, and a community or none for the organisation.
Key = tuple[date, int | None]


class ReadingFormSet(BaseChildFormSet):
    """The newest readings of a metric, or older ones on a further page; they share one list of communities.

    The number of statements does not depend on how many readings there are.
    """

    # With many more, the page would be as large as a book, and the form larger than the server takes.
    rows = 200
    page_asked_for: Any = 1

    @cached_property
    def directory(self) -> Directory:
        """The communities; one statement for all rows."""
        return Directory()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Hand the list to each row."""
        return {**super().get_form_kwargs(index), "directory": self.directory}

    @cached_property
    def page(self) -> Page:
        """The readings that are shown, among all; where a form came back, those that it was sent with."""
        asked_for = self.data.get(f"{self.prefix}-page") if self.is_bound else self.page_asked_for
        community = F("community_id").asc(nulls_first=True)
        newest_first = self._readings.order_by("-date", community, "pk")
        return Paginator(newest_first, self.rows).get_page(asked_for)

    def get_queryset(self) -> Any:
        """Return the readings that the rows are about."""
        if not hasattr(self, "_queryset"):
            self._queryset = self._sent() if self.is_bound else list(self.page)
        return self._queryset

    @property
    def _readings(self) -> QuerySet[Reading]:
        if not self.instance.pk:
            return Reading.objects.none()
        return Reading.objects.filter(metric=self.instance)

    def _sent(self) -> list[Reading]:
        """Return the readings that a form was sent with, except for those that are gone meanwhile."""
        names = (f"{self.add_prefix(number)}-id" for number in range(self.initial_form_count()))
        keys = [key for name in names if (key := self.data.get(name, "")[:18]).isdecimal()]
        return list(self._readings.filter(pk__in=keys))

    def add_fields(self, form: Any, index: int | None) -> None:
        """Know rows by their keys, without asking for each whether there is such a reading."""
        super().add_fields(form, index)
        form.fields["id"] = forms.IntegerField(
            initial=form.instance.pk, required=False, widget=forms.HiddenInput
        )
        if form.instance.pk is not None:
            form.fields["mark"] = MarkField(form.instance)

    def clean(self) -> None:
        """Refuse rows whose reading is gone or another, and two of one day for the same community or none."""
        super().clean()
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        for form in kept:
            if form in self.initial_forms and form.instance.pk is None:
                form.add_error(
                    None, _("Somebody has deleted this reading. Delete the row, or add it anew.")
                )
            if form.is_outdated and form.has_changed():
                form.tell_of_change()
        self._refuse_repeated([form for form in kept if form.has_changed()])

    def _refuse_repeated(self, changed: Collection[Any]) -> None:
        keys = {form: key for form in changed if (key := _key(form)) is not None}
        taken = self._taken({day for day, _community in keys.values()}, changed)
        for form, key in keys.items():
            if key in taken:
                form.add_error("date", taken[key])
            taken.setdefault(key, _("There is another reading for this day."))

    def _taken(self, days: Collection[date], changed: Collection[Any]) -> dict[Key, str]:
        """Return the messages for days that have a reading which is to stay as it is."""
        if not days:
            return {}
        going = [form.instance.pk for form in [*changed, *self.deleted_forms]]
        staying = self._readings.filter(date__in=days).exclude(pk__in=filter(None, going))
        shown = {reading.pk for reading in self.get_queryset()}
        here = _("There is another reading for this day.")
        elsewhere = _("There is another reading for this day, which is not among these rows.")
        return {
            (row.date, row.community_id): here if row.pk in shown else elsewhere for row in staying
        }

    def save(self, commit: bool = True) -> Any:
        """Take over what the rows say; `write` writes it, once the metric has a key."""
        # Not by way of the metric, which would read all readings and write each of them.
        return super(BaseChildFormSet, self).save(commit=False)

    save.alters_data = True  # type: ignore[attr-defined]

    def write(self) -> None:
        """Write what has changed, and nothing else."""
        for reading in self.deleted_objects:
            reading.delete()
        self._step_aside()
        for reading in [*(reading for reading, _names in self.changed_objects), *self.new_objects]:
            reading.metric = self.instance
            reading.save()

    write.alters_data = True  # type: ignore[attr-defined]

    def _step_aside(self) -> None:
        """Let two readings exchange their days: none may stand in the other's way while it is saved."""
        moving = (row for row, names in self.changed_objects if {"date", "community"} & {*names})
        aside = [
            Reading(pk=row.pk, date=date.min + timedelta(days=number))
            for number, row in enumerate(moving)
        ]
        Reading.objects.bulk_update(aside, ["date"], batch_size=200)


def _key(form: Any) -> Key | None:
    """Return what a row is the reading of; None where that is not known."""
    cleaned = getattr(form, "cleaned_data", {})
    if not cleaned.get("date") or "community" not in cleaned:
        return None
    return cleaned["date"], getattr(cleaned["community"], "pk", None)
