"""What the editor's choice of blocks shows of each part: an invented year."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from impact.metrics.charts import Point, Series, line_chart
from impact.metrics.figures import Figure
from impact.pages.cards import Card, Label
from impact.pages.quantities import Quantity
from impact.roundups import parts
from impact.roundups.composition import MET, PARTLY, Answer, Goal
from impact.roundups.grouping import together


def example(name: str) -> parts.Part:
    """Return an example of the part that a block of this name shows."""
    found: parts.Part = _EXAMPLES.get(name, _section)()
    return found


def _figures() -> parts.Part:
    return parts.KeyFiguresPart(
        "figures",
        _("The year in figures"),
        figures=(
            Figure(
                metric="",
                name=_("Active communities"),
                year=2024,
                quantity=Quantity(Decimal(105), "about"),
                previous=Quantity(Decimal(75), "about"),
            ),
        ),
    )


def _card() -> Card:
    return Card(
        slug="",
        kind="story",
        title=_("Forty households read the river every morning"),
        summary=_("A borrowed sensor became a habit, and a flood warning."),
        url="#",
        date=date(2024, 5, 1),
    )


def _section() -> parts.Part:
    title = _("Community impact")
    return parts.SectionPart("section", title, count=41, cards=(_card(),), year=2024, url="#")


def _highlights() -> parts.Part:
    highlight = parts.ShownHighlight(_card())
    return parts.HighlightsPart("highlights", _("Highlights"), highlights=(highlight,))


def _communities() -> parts.Part:
    return parts.CommunitiesPart(
        "communities",
        _("The communities of the year"),
        newcomers=(Label(_("River Watch"), "", "#"),),
        groups=tuple(together([parts.YearCommunity("", _("River Watch"), 4, "#")])),
        regions=(parts.RegionCount(_("Latin America and the Caribbean"), 1),),
        count=1,
    )


def _timeline() -> parts.Part:
    months = tuple(
        parts.ShownMonth(date(2024, number, 1), count, Decimal(count * 10))
        for number, count in ((1, 4), (2, 10), (3, 7))
    )
    return parts.TimelinePart("months", _("The year by month"), months=months)


def _outcomes() -> parts.Part:
    total = parts.ShownSum(_("people trained"), Quantity(Decimal(312), "at-least"), 5)
    return parts.OutcomesPart("outcomes", _("What the stories report"), sums=(total,))


def _chart() -> parts.Part:
    points = [Point(year, Quantity(Decimal(value))) for year, value in ((2022, 40), (2023, 75))]
    series = Series(_("Active communities"), [*points, Point(2024, Quantity(Decimal(105)))])
    chart = line_chart(series, title=series.name, key="example")
    return parts.ChartPart("over-the-years", _("Over the years"), chart=chart)


def _goals() -> parts.Part:
    goal = Goal(_("A second store"), _("So that nobody waits a winter for an instrument."))
    return parts.GoalsPart("goals", _("Goals for %(year)s") % {"year": 2025}, goals=(goal,))


def _last_goals() -> parts.Part:
    answers = (
        Answer(_("A second store"), MET, _("Open since May.")),
        Answer(_("Three translations"), PARTLY, _("Two are out.")),
    )
    title = _("What became of our goals for %(year)s") % {"year": 2024}
    return parts.LastGoalsPart("last-goals", title, answers=answers)


def _thanks() -> parts.Part:
    supporters = (Label(_("The Blue Fund"), "", "#"),)
    authors = (Label(_("Ada Marsh"), "", "#"), Label(_("Tomás Ribeiro"), "", "#"))
    return parts.ThanksPart("thanks", _("Thanks"), supporters=supporters, authors=authors)


_EXAMPLES = {
    "key_figures": _figures,
    "highlights": _highlights,
    "communities": _communities,
    "timeline": _timeline,
    "outcomes": _outcomes,
    "chart": _chart,
    "goals": _goals,
    "last_goals": _last_goals,
    "thanks": _thanks,
}
