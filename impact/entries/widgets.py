"""A text field that says how long its text is."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

# What a card shows in full on a phone.
SUMMARY_LENGTH = 240


class CountedTextarea(AdminAutoHeightTextInput):
    """A text area with a count below it; longer than recommended is said, never cut."""

    def __init__(
        self, recommended: int = SUMMARY_LENGTH, attrs: dict[str, Any] | None = None
    ) -> None:
        self.recommended = recommended
        super().__init__({"rows": 2, **(attrs or {})})

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Give the script its numbers and its sentences in the reader's language."""
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return {
            **attrs,
            "data-controller": "w-autosize impact-length",
            "data-impact-length-recommended-value": self.recommended,
            "data-impact-length-within-value": _("{count} of about {recommended} characters"),
            "data-impact-length-beyond-value": _(
                "{count} characters; about {recommended} fit on a card"
            ),
        }

    @property
    def media(self) -> forms.Media:
        """The script; without it the field is a plain text area."""
        return forms.Media(js=["js/admin/length.js"])
