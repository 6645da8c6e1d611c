"""Headings and quotations."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.plain import PlainTextBlock
from impact.blocks.rules import refuse

ANCHOR = re.compile(r"[^\s\"'<>&#%]+")


class HeadingBlock(blocks.StructBlock):
    """A heading that others can link to."""

    text = blocks.CharBlock(label=_("Heading"), max_length=255)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        search_index=False,
    )
    anchor = blocks.CharBlock(
        label=_("Address of its own"),
        required=False,
        max_length=120,
        search_index=False,
        help_text=_(
            "Only where an old link must keep working. Left empty, it is made from the heading: "
            "“What happened” is reached as #what-happened."
        ),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        form_layout = blocks.BlockGroup(["text", "level"], settings=["anchor"])
        group = _("Text")
        template = "blocks/heading.html"
        description = _("A heading above the text that follows; readers can link to it.")
        preview_value = {"text": _("What happened"), "level": "2", "anchor": ""}

    def clean(self, value: Any) -> Any:
        """An anchor is one word that can stand in an address."""
        value = super().clean(value)
        anchor = value["anchor"].strip().removeprefix("#")
        if anchor and not ANCHOR.fullmatch(anchor):
            refuse({"anchor": ValidationError(_("Use letters, digits and hyphens, no spaces."))})
        value["anchor"] = anchor
        return value


class PullQuoteBlock(blocks.StructBlock):
    """Somebody's words, set large."""

    text = PlainTextBlock(
        label=_("What they said"), rows=3, help_text=_("Without quotation marks.")
    )
    person = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)
    role = blocks.CharBlock(
        label=_("Role"),
        required=False,
        max_length=160,
        help_text=_("For example: coordinator, River Watch."),
    )

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        label_format = "{person}: {text}"
        group = _("Highlights")
        template = "blocks/pull_quote.html"
        description = _("One strong sentence in large type, with the person who said it.")
        preview_value = {
            "text": _("We stopped asking for permission to measure our own river."),
            "person": "Amara Osei",
            "role": _("coordinator, River Watch"),
        }
