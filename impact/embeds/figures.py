"""The figures that a community shows of itself: its own, then what the stories about it report."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from impact.catalogue.communities.entries import stories_of
from impact.communities.models import CommunityPage
from impact.entries.outcome_sums import OutcomeSum, outcome_sums
from impact.metrics.figures import Figure, figures_of_community
from impact.pages.quantities import Quantity


@dataclass(frozen=True)
class EmbeddedFigure:
    """A number, what it counts, and since when or from where it is known."""

    quantity: Quantity
    label: str
    note: str


def embedded_figures(
    community: CommunityPage, limit: int, request: HttpRequest
) -> list[EmbeddedFigure]:
    """Return a community's figures, at most `limit`. Two queries."""
    own = [_of_metric(figure) for figure in figures_of_community(community.pk)]
    sums = outcome_sums(stories_of(community).pks(), request)
    return [*own, *(_of_stories(total) for total in sums)][:limit]


def _of_metric(figure: Figure) -> EmbeddedFigure:
    day = date_format(figure.on, "j F Y") if figure.on else ""
    note = _("as of %(day)s") % {"day": day} if day else ""
    if figure.period_start and figure.on:
        start = date_format(figure.period_start, "F Y")
        end = date_format(figure.on, "F Y")
        note = _("%(start)s to %(end)s") % {"start": start, "end": end}
    return EmbeddedFigure(figure.quantity, figure.name, note)


def _of_stories(total: OutcomeSum) -> EmbeddedFigure:
    count = len(total.stories)
    note = ngettext("from %(number)s story", "from %(number)s stories", count)
    return EmbeddedFigure(total.quantity, total.name, note % {"number": count})
