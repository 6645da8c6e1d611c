"""What metrics add to the page of a community: its figures, and how they went over the years."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from impact.communities.models import CommunityPage
from impact.metrics.charts import small_multiples
from impact.metrics.figures import latest_figures, newest_of_each_year
from impact.metrics.history import comparable, series_of
from impact.metrics.models import Reading


def figures_section(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return the community's own figures, and a chart of those that have more than a year. One query."""
    if not community.pk:
        return {"figures": []}
    rows = newest_of_each_year(Reading.objects.filter(community_id=community.pk))
    series = comparable(series_of(rows))
    return {
        "figures": latest_figures(rows),
        "chart": small_multiples(series, title=_("Year by year")) if series else None,
    }
