"""Everything that a digest is made of between its introduction and its closing words: one flat list.

Whatever stands below a heading belongs to it, so a line is moved from one heading to another by dragging it.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from impact.blocks.plain import PlainTextBlock
from impact.blocks.richtext import PassageBlock
from impact.blocks.rules import refuse
from impact.newsletter.choosers import entry_for_digest_chooser

# What mail programs show alike: no documents, no code.
FEATURES = ["bold", "italic", "link", "ol", "ul"]
LONGEST_SENTENCE = 500


# By this class the editor finds the lines that are about an entry.
ENTRY_LINE = "impact-entry-line"


class EntryBlock(blocks.ChooserBlock):
    """Any public entry."""

    target_model = "entries.EntryPage"

    @cached_property
    def widget(self) -> forms.Widget:
        """The chooser that says what was sent already."""
        widget: forms.Widget = entry_for_digest_chooser.widget_class()
        return widget

    class Meta:
        icon = "doc-full-inverse"


class EntryLineBlock(blocks.StructBlock):
    """An entry of the gallery in one line. One that has been deleted meanwhile is no mistake."""

    entry = EntryBlock(label=_("Entry"), required=False)
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=255,
        help_text=_("For the digest only. Left empty, the entry’s own title."),
    )
    sentence = PlainTextBlock(
        label=_("Sentence"),
        required=False,
        max_length=LONGEST_SENTENCE,
        rows=2,
        help_text=_("For the digest only. Left empty, the first sentence of the entry’s summary."),
    )
    image = blocks.BooleanBlock(label=_("Show its picture"), required=False, default=True)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Entry")
        label_format = "{entry} {title}"
        form_layout = blocks.BlockGroup(["entry", "title", "sentence"], settings=["image"])
        form_classname = f"struct-block {ENTRY_LINE}"
        description = _("A story or featured link: its title, one sentence, its picture.")

    def clean(self, value: Any) -> Any:
        """Refuse words about no entry; they are not lost, as nothing is saved over them."""
        value = super().clean(value)
        has_words = value["title"] or value["sentence"]
        if has_words and not value["entry"] and not self.is_deferred_validation:
            reason = _("Choose the entry that this line is about, or delete the line.")
            refuse({"entry": ValidationError(reason)})
        return value


class OwnLineBlock(blocks.StructBlock):
    """A line of the editor's own."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    url = blocks.URLBlock(
        label=_("Leads to"),
        required=False,
        max_length=500,
        help_text=_("Left empty, the line leads nowhere."),
    )
    sentence = PlainTextBlock(
        label=_("Sentence"), required=False, max_length=LONGEST_SENTENCE, rows=2
    )
    image = ImageBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "edit"
        label = _("Line of your own")
        label_format = "{title}"
        description = _("Something that is no entry: a date, a job, a call for papers.")

    def clean(self, value: Any) -> Any:
        """A mail program can open where it leads."""
        value = super().clean(value)
        url = (value["url"] or "").lower()
        if url and not url.startswith(("https://", "http://")):
            reason = _("Give an address that begins with https:// or http://.")
            refuse({"url": ValidationError(reason)})
        return value


class ThanksBlock(blocks.StructBlock):
    """Shout-outs to the communities and supporters of the digest's entries."""

    communities = blocks.BooleanBlock(
        label=_("Name the communities that the entries are about"), required=False, default=True
    )
    supporters = blocks.BooleanBlock(
        label=_("Name those who supported them"), required=False, default=True
    )
    left_out = blocks.ListBlock(
        blocks.PageChooserBlock("communities.CommunityPage", label=_("Community")),
        label=_("Not these"),
        default=[],
        collapsed=True,
    )

    class Meta:
        icon = "group"
        label = _("Shout-outs")
        label_format = ""
        description = _("The communities and supporters of the digest’s entries, by themselves.")


class DigestBodyBlock(blocks.StreamBlock):
    """The lines of a digest and their headings."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        icon="title",
        max_length=160,
        description=_("Begins a group. It is not shown while nothing stands below it."),
    )
    entry = EntryLineBlock()
    line = OwnLineBlock()
    words = PassageBlock(
        label=_("Text"),
        icon="pilcrow",
        features=FEATURES,
        description=_("A few words of your own between the lines."),
    )
    thanks = ThanksBlock()

    class Meta:
        label = _("Digest")
        block_counts = {"thanks": {"max_num": 1}}
        collapsed = True
