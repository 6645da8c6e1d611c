"""Everything that a yearly report is made of: parts that come by themselves, and the editor's own words."""

from django.utils.translation import gettext_lazy as _

from impact.blocks.body import BodyBlock
from impact.entries.body import StoryBodyBlock
from impact.roundups.blocks.figures import ChartBlock, KeyFiguresBlock, OutcomesBlock
from impact.roundups.blocks.goals import GoalsBlock, LastGoalsBlock
from impact.roundups.blocks.people import CommunitiesBlock, ThanksBlock
from impact.roundups.blocks.sections import (
    CategorySectionBlock,
    HighlightsBlock,
    OtherSectionBlock,
    TagSectionBlock,
    TimelineBlock,
)

# The blocks that a story is made of too; all others are parts of a report.
WORDS = frozenset(BodyBlock.base_blocks)


class RoundupBodyBlock(StoryBodyBlock):
    """The body of a report. A text that was left empty falls away when the report is published."""

    key_figures = KeyFiguresBlock()
    chart = ChartBlock()
    outcomes = OutcomesBlock()
    communities = CommunitiesBlock()
    goals = GoalsBlock()
    last_goals = LastGoalsBlock()
    thanks = ThanksBlock()
    category_section = CategorySectionBlock()
    tag_section = TagSectionBlock()
    other_section = OtherSectionBlock()
    highlights = HighlightsBlock()
    timeline = TimelineBlock()

    class Meta:
        label = _("Report")
        # A report has a dozen parts: they open as its outline, in which parts are found and moved.
        collapsed = True
