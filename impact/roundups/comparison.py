"""The published years beside each other: what the headline figures were at the end of each."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from impact.metrics.charts import small_multiples
from impact.metrics.charts.chart import Chart
from impact.metrics.history import comparable, history
from impact.roundups.archive import ArchiveYear


def comparison(archive: Sequence[ArchiveYear]) -> Chart | None:
    """Return a small chart for each headline figure of two years or more, up to the newest report.

    None where there is nothing to compare. One query; what no report speaks of yet stays out.
    """
    if not archive:
        return None
    series = comparable(history(until=max(each.year for each in archive)))
    return small_multiples(series, title=_("The years compared")) if series else None
