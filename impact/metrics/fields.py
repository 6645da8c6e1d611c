"""Form fields of figures: an amount as people write it, and a community by its name."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from impact.communities.models import CommunityPage
from impact.metrics.amounts import Amount, AmountError, language_grouping, read_amount, writable
from impact.metrics.directory import Directory
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


class CommunityField(forms.CharField):
    """Takes the name of a community, chosen from a list that all rows of a table share.

    A list in each of two hundred rows would make the page as large as a book.
    """

    directory: Directory

    def prepare_value(self, value: Any) -> Any:
        """Write the name of the community with a key."""
        return self.directory.names.get(value, "") if isinstance(value, int) else value

    def clean(self, value: Any) -> CommunityPage | None:
        """Return the community."""
        return self._find(super().clean(value))

    def _find(self, name: str) -> CommunityPage | None:
        if not name.strip():
            return None
        community = self.directory.find(name)
        if community is None:
            raise ValidationError(_("There is no community of this name."), code="invalid")
        return community

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another community is named."""
        try:
            community = self._find(data or "")
        except ValidationError:
            return True
        return (community.pk if community else None) != (initial or None)
