"""Something set apart from the running text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.richtext import PassageBlock

KINDS = {
    "note": _("Note"),
    "tip": _("Tip"),
    "info": _("Good to know"),
    "warning": _("Warning"),
    "success": _("Success"),
}


class CalloutValue(blocks.StructValue):
    """A callout; its kind is always said in words."""

    @property
    def safe_kind(self) -> str:
        """The kind; an unknown one is a note."""
        kind = self.get("kind")
        return kind if kind in KINDS else "note"

    @property
    def kind_label(self) -> Any:
        """The kind in words, so that colour is never the only sign."""
        return KINDS[self.safe_kind]


class CalloutBlock(blocks.StructBlock):
    """A box beside the story: a note, a tip, a warning."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"), choices=list(KINDS.items()), default="note", search_index=False
    )
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=160,
        help_text=_("Left empty, the kind is shown: “Note”, “Tip”…"),
    )
    text = PassageBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        label_format = "{title} {text}"
        group = _("Highlights")
        template = "blocks/callout.html"
        value_class = CalloutValue
        description = _("A box that stands out: a note, a tip, a warning or a success.")
        preview_value = {
            "kind": "tip",
            "title": _("Start small"),
            "text": "<p>One gauge and one notebook are enough for the first season.</p>",
        }
