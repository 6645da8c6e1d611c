"""The form field of a number as people write it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from impact.pages.amounts import Amount, AmountError, language_grouping, read_amount, writable
from impact.pages.quantities import current_locale


class AmountField(forms.CharField):
    """Takes “9100” as well as “~9100”, “> 2,000” and “$2.2M”; cleans to an `Amount` or None."""

    def prepare_value(self, value: Any) -> Any:
        """Write a number as the language does, and so that it is read back."""
        if not isinstance(value, Decimal):
            return value
        return writable(value, str(current_locale().number_symbols["latn"]["decimal"]))

    def clean(self, value: Any) -> Amount | None:
        """Return what the text says."""
        return self._read(super().clean(value))

    @staticmethod
    def _read(text: str) -> Amount | None:
        if not text.strip():
            return None
        try:
            return read_amount(text, language_grouping())
        except AmountError as error:
            raise ValidationError(str(error), code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the text says anything but the number that was there."""
        try:
            amount = self._read(data or "")
        except ValidationError:
            return True
        return amount != (None if initial in self.empty_values else Amount(Decimal(initial)))
