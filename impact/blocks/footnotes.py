"""Footnotes: a mark in the running text, and the notes in a block of the same body.

In rich text a mark is `<a linktype="footnote" key="method">[method]</a>`, a link type like Wagtail's
own `page` and `document`. The `footnotes` block holds the notes, each with the key that the mark
names. Marks are numbered in the order in which they are read; a note that is marked twice keeps its
number and has two ways back; a mark whose note is missing is left out of what readers see.

Why not wagtail-footnotes 0.15: it keeps the notes as rows that belong to a page, so a body can't be
copied, imported or used by a snippet (the story template) on its own, the two bodies of a roundup share
one list, and each text looks up `page.footnotes` again. Notes inside the body need no model and no query,
and travel with every copy and revision.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.richtext import InlineBlock
from impact.blocks.rules import refuse

KEY = re.compile(r"[\w.-]{1,80}")


class NoteBlock(blocks.StructBlock):
    """One note."""

    key = blocks.CharBlock(
        label=_("Key"),
        max_length=80,
        search_index=False,
        help_text=_("The name by which the mark in the text finds this note, for example 1."),
    )
    text = InlineBlock(label=_("Note"))

    class Meta:
        icon = "comment"
        label = _("Note")
        label_format = "{key}: {text}"

    def clean(self, value: Any) -> Any:
        """A key is one word."""
        value = super().clean(value)
        if value["key"] and not KEY.fullmatch(value["key"]):
            refuse({"key": ValidationError(_("Use letters, digits, dots and hyphens, no spaces."))})
        return value


class FootnotesBlock(blocks.StructBlock):
    """The notes that marks in the text lead to."""

    notes = blocks.ListBlock(NoteBlock(), label=_("Notes"))

    class Meta:
        icon = "list-ol"
        label = _("Footnotes")
        group = _("Closing")
        template = "blocks/footnotes.html"
        description = _(
            "The notes at the end of the text. Set a mark in the text with the footnote button."
        )
        preview_value = {
            "notes": [
                {"key": "1", "text": "<p>Counted on the last Sunday of each month.</p>"},
                {"key": "2", "text": "<p>Without the two gauges lost in the flood.</p>"},
            ]
        }

    def clean(self, value: Any) -> Any:
        """No two notes have the same key."""
        value = super().clean(value)
        keys = [note["key"] for note in value["notes"] if note["key"]]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise blocks.StructBlockValidationError(
                non_block_errors=[
                    ValidationError(
                        _("More than one note has the key %(keys)s."),
                        params={"keys": ", ".join(twice)},
                    )
                ]
            )
        return value
