"""Plain text that comes back from the editor as it went in."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks


class PlainTextBlock(blocks.TextBlock):
    """Lines of text; browsers send them back with other line ends, which are put right."""

    def value_from_form(self, value: Any) -> Any:
        """Undo the line ends that forms submit."""
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class VerbatimBlock(PlainTextBlock):
    """Lines whose leading spaces count: code."""

    @cached_property
    def field(self) -> forms.CharField:
        """The form field, which must not strip the first line's indentation."""
        field: forms.CharField = blocks.TextBlock.field.func(self)
        field.strip = False
        return field
