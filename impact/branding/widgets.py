"""Form fields of the editor that more than one package uses."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _


class ColourInput(forms.TextInput):
    """The browser's colour picker, which sends `#rrggbb`."""

    input_type = "color"


class CheckedColourInput(ColourInput):
    """A colour that is checked for contrast while it is chosen."""

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Tell the script where to ask, and its words in the reader's language."""
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return {
            **attrs,
            "data-controller": "impact-colour",
            "data-impact-colour-url-value": str(reverse_lazy("branding_colours")),
            "data-impact-colour-use-value": _("Use {colour}"),
            "data-impact-colour-passes-value": _("Readable in both themes."),
            "data-impact-colour-pick-value": _("Pick a colour"),
        }

    @property
    def media(self) -> forms.Media:
        """The script; without it the check comes when the form is saved."""
        return forms.Media(js=["js/admin/colour.js"])


class OptionalColourInput(CheckedColourInput):
    """One that may be left empty, which a browser's picker can't; the script puts a picker beside it."""

    input_type = "text"

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Show how a colour is written."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "placeholder": "#rrggbb", "spellcheck": "false", "autocomplete": "off"}
