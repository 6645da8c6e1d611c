"""How editors write a measured value: the form of one, and the panel of rows that have one each."""

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model

from impact.metrics.models import Precision
from impact.pages.amount_field import AmountField
from impact.pages.amounts import Amount, AmountError, agreed_precision


class MeasuredForm(WagtailAdminModelForm):
    """Lets the value say how exactly it is known; `amount` is what its text said."""

    value = AmountField(label=gettext_lazy("Value"), max_length=60)
    amount: Amount | None = None

    def clean_value(self) -> Any:
        """Return the number, and keep the rest of what the text said."""
        self.amount = self.cleaned_data["value"]
        return self.amount.value if self.amount else None

    def clean(self) -> dict[str, Any]:
        """Take the precision from the text, unless another one was chosen."""
        cleaned: dict[str, Any] = super().clean()
        chosen = cleaned.get("precision", "")
        if self.amount and chosen:
            try:
                # "exactly" is what the form offers unasked, so it is no choice against the text.
                cleaned["precision"] = agreed_precision(
                    self.amount, "" if chosen == Precision.EXACT else chosen
                )
            except AmountError as error:
                self.add_error("value", str(error))
        return cleaned


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
