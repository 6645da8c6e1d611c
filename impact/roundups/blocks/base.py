"""What the parts of a report that come by themselves have in common."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.richtext import PassageBlock


def heading(**options: Any) -> blocks.CharBlock:
    """Return the field of a heading of one's own."""
    return blocks.CharBlock(
        label=_("Heading"),
        required=False,
        max_length=160,
        **{"help_text": _("Left empty, the report finds one."), **options},
    )


def words(**options: Any) -> PassageBlock:
    """Return the field of the editor's own words below a heading."""
    return PassageBlock(
        label=_("Your own words"),
        required=False,
        **{"help_text": _("Stand between the heading and what follows by itself."), **options},
    )


class PartBlock(blocks.StructBlock):
    """A part of the report whose content comes by itself; `part` in the context holds it.

    Alone, in the editor's choice of blocks, it shows an example.
    """

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add an example where no report is being shown."""
        from impact.roundups.examples import example

        context: dict[str, Any] = super().get_context(value, parent_context)
        if "part" not in context:
            context["part"] = example(self.name)
        return context

    class Meta:
        group = _("The year")
        icon = "calendar-alt"
        # What a block shows is counted anew, so there is nothing to say in advance.
        preview_value: dict[str, Any] = {}
