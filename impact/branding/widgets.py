"""Form fields of the editor that more than one package uses."""

from django import forms


class ColourInput(forms.TextInput):
    """The browser's colour picker, which sends `#rrggbb`."""

    input_type = "color"
