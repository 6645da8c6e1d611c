"""What is to be reached next year, and what became of the goals of last year."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.plain import PlainTextBlock
from impact.roundups.blocks.base import PartBlock, heading, words
from impact.roundups.composition import MET, NOT_MET, PARTLY

RESULTS = [(MET, _("Reached")), (PARTLY, _("Partly reached")), (NOT_MET, _("Not reached"))]


class GoalBlock(blocks.StructBlock):
    """A goal."""

    title = blocks.CharBlock(label=_("Goal"), max_length=255)
    detail = PlainTextBlock(label=_("More about it"), required=False, rows=2)

    class Meta:
        icon = "check"
        label = _("Goal")
        label_format = "{title}"


class GoalsBlock(PartBlock):
    """Goals for the year that comes."""

    heading = heading()
    text = words()
    goals = blocks.ListBlock(GoalBlock(), label=_("Goals"), default=[])

    class Meta:
        icon = "check"
        label = _("Goals for next year")
        label_format = "{heading}"
        group = _("The year")
        template = "roundups/parts/goals.html"
        description = _("What you want to reach. Next year’s draft asks what became of it.")


class AnsweredGoalBlock(blocks.StructBlock):
    """A goal of last year, and what became of it."""

    goal = blocks.CharBlock(label=_("Goal"), max_length=255)
    result = blocks.ChoiceBlock(
        label=_("What became of it"), choices=RESULTS, required=False, search_index=False
    )
    words = PlainTextBlock(label=_("In your own words"), required=False, rows=2)

    class Meta:
        icon = "check"
        label = _("Goal")
        label_format = "{goal}"


class LastGoalsBlock(PartBlock):
    """The goals of last year's report, to answer."""

    heading = heading()
    text = words()
    goals = blocks.ListBlock(AnsweredGoalBlock(), label=_("Last year’s goals"), default=[])

    class Meta:
        icon = "history"
        label = _("Last year’s goals")
        label_format = "{heading}"
        group = _("The year")
        template = "roundups/parts/last_goals.html"
        description = _("What you wanted to reach this year, and whether you did.")
