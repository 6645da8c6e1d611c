"""The editor's form of a digest that is to be drafted."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from impact.newsletter.periods import FIRST_DAY, LAST_DAY, LONGEST, Period

_WITHIN = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


class PeriodForm(forms.Form):
    """Asks for the days that a digest is about."""

    since = forms.DateField(
        label=gettext_lazy("From"), widget=AdminDateInput, validators=_WITHIN, localize=False
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=AdminDateInput,
        validators=_WITHIN,
        help_text=gettext_lazy("This day included."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse ends that are no span of days."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end lies before the beginning."))
        elif since and until and until - since > LONGEST:
            self.add_error("until", _("A digest is about a year at most."))
        return cleaned

    @property
    def period(self) -> Period | None:
        """The days that were given, where they are some."""
        if not self.is_valid():
            return None
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])
