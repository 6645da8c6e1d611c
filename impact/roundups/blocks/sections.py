"""Sections of stories: of a category, with a tag, or all that stand in no other section."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.richtext import InlineBlock
from impact.roundups.blocks.base import PartBlock, heading, words
from impact.roundups.blocks.choosers import CategoryBlock, EntriesBlock, EntryBlock, TagBlock
from impact.roundups.composition import CARDS_IN_SECTION, MOST_CARDS

# By this class the editor finds the sections of which it says how many entries they have.
COUNTED = "impact-counted"


class SectionBlock(PartBlock):
    """The best entries of a section first, and how many there are; editors choose among them."""

    heading = heading()
    text = words()
    first = EntriesBlock(
        label=_("Shown first"),
        help_text=_("In this order; the best of the others follow by themselves."),
    )
    left_out = EntriesBlock(label=_("Left out"), help_text=_("Not shown here, but still counted."))
    limit = blocks.IntegerBlock(
        label=_("Stories shown"),
        default=CARDS_IN_SECTION,
        min_value=0,
        max_value=MOST_CARDS,
        help_text=_("The gallery has the others. All that are “shown first” stand here anyway."),
    )

    class Meta:
        icon = "list-ul"
        group = _("Stories of the year")
        form_classname = f"struct-block {COUNTED}"
        template = "roundups/parts/section.html"


class CategorySectionBlock(SectionBlock):
    """The year's stories of a category."""

    category = CategoryBlock(label=_("Category"))

    class Meta:
        label = _("Stories of a category")
        label_format = "{category} {heading}"
        description = _("A category’s stories of the year: featured ones first, all counted.")

    def __init__(self, local_blocks: Any = None, **options: Any) -> None:
        super().__init__(local_blocks, **options)
        self.child_blocks.move_to_end("category", last=False)


class TagSectionBlock(SectionBlock):
    """The year's stories with a tag."""

    tag = TagBlock(label=_("Tag"))

    class Meta:
        label = _("Stories with a tag")
        label_format = "{tag} {heading}"
        description = _("The year’s stories with a tag, whatever their category.")

    def __init__(self, local_blocks: Any = None, **options: Any) -> None:
        super().__init__(local_blocks, **options)
        self.child_blocks.move_to_end("tag", last=False)


class OtherSectionBlock(SectionBlock):
    """Stories of categories without a section of their own, and those without a category."""

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
        label_format = _("Highlights {heading}")
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
