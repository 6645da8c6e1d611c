"""What ends a text or a part of it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.richtext import PassageBlock


class AcknowledgementsBlock(blocks.StructBlock):
    """Thanks to the people and funders who made it possible."""

    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=160, default=_("Acknowledgements")
    )
    text = PassageBlock(label=_("Text"))

    class Meta:
        icon = "group"
        label = _("Acknowledgements")
        group = _("Closing")
        template = "blocks/acknowledgements.html"
        description = _("Thanks, in smaller type at the end.")
        preview_value = {
            "title": _("Acknowledgements"),
            "text": "<p>With thanks to the gauge keepers of the upper valley.</p>",
        }


class DividerBlock(blocks.StaticBlock):
    """A pause between two parts."""

    class Meta:
        icon = "minus"
        label = _("Divider")
        group = _("Text")
        template = "blocks/divider.html"
        admin_text = _("A short line between two parts of the text.")
        description = _("A short line between two parts of the text.")
        preview_value = ""
