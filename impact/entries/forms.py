"""The editor's forms of entries and of the story template."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from impact.entries.outcome_sums import plain_words
from impact.metrics.measured import MeasuredForm
from impact.metrics.models import Unit
from impact.pages.amounts import Amount
from impact.pages.forms import PageForm


class EntryForm(PageForm):
    """Refuses to name a community or an author twice, or to report one thing twice."""

    def clean(self) -> dict[str, Any]:
        """Add the message to the repetition, where the writer sees it."""
        cleaned: dict[str, Any] = super().clean()
        for form in repeated(self.formsets.get("community_links"), _chosen("community")):
            form.add_error(
                "community",
                _("This community is named twice. Name it once, either as about or as supporter."),
            )
        for form in repeated(self.formsets.get("author_links"), _chosen("author")):
            form.add_error("author", _("This author is named twice."))
        for form in repeated(self.formsets.get("outcomes"), _reported):
            form.add_error("what", _("The story reports this twice. Say it once."))
        return cleaned


def repeated(formset: Any, key: Callable[[Mapping[str, Any]], Hashable]) -> Iterable[Any]:
    """Yield the forms of an inline formset that have the key of an earlier one; None is no key."""
    if formset is None or not formset.management_form.is_valid():
        return
    formset.is_valid()
    seen: set[Hashable] = set()
    deleted = set(formset.deleted_forms) if hasattr(formset, "cleaned_data") else set()
    for form in formset.forms:
        cleaned = getattr(form, "cleaned_data", {})
        value = key(cleaned)
        if value is None or form in deleted or cleaned.get("DELETE"):
            continue
        if value in seen:
            yield form
        seen.add(value)


def _chosen(field: str) -> Callable[[Mapping[str, Any]], Hashable]:
    return lambda cleaned: getattr(cleaned.get(field), "pk", None)


def _reported(cleaned: Mapping[str, Any]) -> Hashable:
    """Return what an outcome is a number of: a story has one number of each thing."""
    if not cleaned.get("what") or not cleaned.get("unit"):
        return None
    return plain_words(cleaned["what"]), cleaned["unit"], cleaned.get("currency", "")


class OutcomeForm(MeasuredForm):
    """Takes the unit and the currency from the metric or from the number, where they are not chosen."""

    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        required=False,
        choices=[("", gettext_lazy("As the number or metric says")), *Unit.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.value is None:
            # Nothing has been written yet, so nothing has been chosen.
            self.initial["unit"] = ""

    def clean(self) -> dict[str, Any]:
        """Complete the unit and the currency; refuse what the number says against them."""
        cleaned = super().clean()
        amount = self.amount or Amount(Decimal(0))
        metric = cleaned.get("metric")
        unit = cleaned.get("unit") or (metric.unit if metric else amount.unit) or Unit.COUNT
        cleaned["unit"] = unit
        if unit == Unit.CURRENCY and not cleaned.get("currency") and "currency" in cleaned:
            cleaned["currency"] = self._currency(metric, amount)
        if not amount.fits(unit, cleaned.get("currency", "")) and "currency" not in self.errors:
            self.add_error("value", _("The number says another unit."))
        return cleaned

    def _currency(self, metric: Any, amount: Amount) -> str:
        if metric and metric.currency:
            return str(metric.currency)
        if len(amount.currencies) == 1:
            return amount.currencies[0]
        if amount.currencies:
            codes = ", ".join(amount.currencies[:3])
            reason = _("Several currencies have this sign (%(codes)s, …). Give the code.")
            self.add_error("currency", reason % {"codes": codes})
        return ""


class StoryTemplateForm(WagtailAdminModelForm):
    """Saves blocks that are still empty: that is what a template is made of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.defer_required_fields()
