"""Numbers of the year: figures beside last year's."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.roundups.blocks.base import PartBlock, heading, words
from impact.roundups.blocks.choosers import MetricBlock


class KeyFiguresBlock(PartBlock):
    """The end of the year against the end of the one before."""

    heading = heading()
    text = words()
    metrics = blocks.ListBlock(
        MetricBlock(label=_("Metric")),
        label=_("Only these, in this order"),
        default=[],
        collapsed=True,
        help_text=_("Left empty, all headline metrics that have a reading in the year."),
    )
    others = blocks.BooleanBlock(
        label=_("Below them, smaller, the other figures of the year"), required=False, default=True
    )
    counts = blocks.BooleanBlock(
        label=_("How many stories, communities and authors there were"),
        required=False,
        default=True,
        help_text=_("Counted by themselves, beside last year’s; large where there are no metrics."),
    )

    class Meta:
        icon = "order"
        label = _("Key figures")
        label_format = "{heading}"
        template = "roundups/parts/key_figures.html"
        description = _("What the metrics were at the end of the year, against the year before.")


class ChartBlock(PartBlock):
    """A metric over the years."""

    heading = heading()
    text = words()
    metric = MetricBlock(
        label=_("Metric"),
        required=False,
        empty_label=_("All headline metrics"),
        help_text=_("One metric in a large chart, or all headline metrics in small ones."),
    )

    class Meta:
        icon = "history"
        label = _("Chart")
        label_format = "{metric} {heading}"
        template = "roundups/parts/chart.html"
        description = _("Metrics over the years up to the report’s, as charts with their tables.")


class OutcomesBlock(PartBlock):
    """What the year's stories report, added up."""

    heading = heading()
    text = words()

    class Meta:
        icon = "plus"
        label = _("What the stories report")
        label_format = "{heading}"
        group = _("The year")
        template = "roundups/parts/outcomes.html"
        description = _("The outcomes of the year’s stories, added up where they are alike.")
