"""Sections of stories: of a category, with a tag, or all that stand in no other section."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.richtext import InlineBlock
from impact.roundups.blocks.base import PartBlock, heading, words
from impact.roundups.blocks.choosers import CategoryBlock, EntriesBlock, EntryBlock, TagBlock
from impact.roundups.composition import CARDS_IN_SECTION, MOST_CARDS

# By this class the editor finds the sections of which it says how many entries they have.
COUNTED = "impact-counted"


def first_entries(within: str = "") -> EntriesBlock:
    """Return the field of the entries that stand first."""
    return EntriesBlock(
        within,
        label=_("Shown first"),
        help_text=_("In this order; the best of the others follow by themselves."),
    )


def left_out_entries(within: str = "") -> EntriesBlock:
    """Return the field of the entries that are not shown."""
    return EntriesBlock(
        within, label=_("Left out"), help_text=_("Not shown here, but still counted.")
    )


def limit() -> blocks.IntegerBlock:
    """Return the field of the number of cards."""
    return blocks.IntegerBlock(
        label=_("Stories shown"),
        default=CARDS_IN_SECTION,
        min_value=0,
        max_value=MOST_CARDS,
        help_text=_("The gallery has the others. All that are “shown first” stand here anyway."),
    )


class SectionBlock(PartBlock):
    """The best entries of a section first, and how many there are; editors choose among them.

    What a section is about stands first in its form, so each kind names all of its fields.
    """

    class Meta:
        icon = "list-ul"
        group = _("Stories of the year")
        form_classname = f"struct-block {COUNTED}"
        template = "roundups/parts/section.html"


class CategorySectionBlock(SectionBlock):
    """The year's stories of a category."""

    category = CategoryBlock(label=_("Category"))
    heading = heading(help_text=_("Left empty, the category’s name."))
    text = words()
    first = first_entries("category")
    left_out = left_out_entries("category")
    limit = limit()

    class Meta:
        label = _("Stories of a category")
        label_format = "{category} {heading}"
        description = _("A category’s stories of the year: featured ones first, all counted.")


class TagSectionBlock(SectionBlock):
    """The year's stories with a tag."""

    tag = TagBlock(label=_("Tag"))
    heading = heading(help_text=_("Left empty, the tag’s name."))
    text = words()
    first = first_entries("tag")
    left_out = left_out_entries("tag")
    limit = limit()

    class Meta:
        label = _("Stories with a tag")
        label_format = "{tag} {heading}"
        description = _("The year’s stories with a tag, whatever their category.")


class OtherSectionBlock(SectionBlock):
    """Stories of categories without a section of their own, and those without a category."""

    heading = heading(help_text=_("Left empty, “More of the year”."))
    text = words()
    first = first_entries()
    left_out = left_out_entries()
    limit = limit()

    class Meta:
        label = _("All other stories")
        label_format = "{heading}"
        description = _("Stories whose category has no section here; nothing where there are none.")


class HighlightBlock(blocks.StructBlock):
    """An entry, and a sentence about it."""

    entry = EntryBlock(label=_("Entry"))
    sentence = InlineBlock(
        label=_("In your own words"),
        required=False,
        help_text=_("What to remember of it. Left empty, its summary stands there."),
    )

    class Meta:
        icon = "pick"
        label = _("Highlight")
        label_format = "{entry}"


class HighlightsBlock(PartBlock):
    """Chosen entries, each with a sentence of the editor's own."""

    heading = heading()
    text = words()
    entries = blocks.ListBlock(HighlightBlock(), label=_("Highlights"), default=[])

    class Meta:
        icon = "pick"
        label = _("Highlights")
        label_format = "{heading}"
        group = _("Stories of the year")
        template = "roundups/parts/highlights.html"
        description = _("Stories that you choose, each with a sentence of your own.")


class TimelineBlock(PartBlock):
    """The year month by month."""

    heading = heading()
    text = words()

    class Meta:
        icon = "calendar-alt"
        label = _("The year by month")
        label_format = "{heading}"
        group = _("Stories of the year")
        template = "roundups/parts/timeline.html"
        description = _("How many stories each month brought, with the best of them.")
