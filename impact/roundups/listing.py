"""The list of yearly reports in the editor: what can be begun, then each year with its state."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from impact.roundups.buttons import draft_button
from impact.roundups.models import RoundupIndexPage, RoundupPage


def state_of(page: RoundupPage) -> str:
    """Say whether the year of a report is closed, and since when."""
    closed = page.closed
    if closed is None:
        return _("Open")
    day = date_format(localtime(closed.closed_at), "j M Y")
    return _("Closed on %(day)s") % {"day": day}


# Left out where there is no room: titles tell the year mostly, and are narrow enough as it is.
WIDE_ONLY = "impact-wide-only"

COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=gettext_lazy("Title"), sort_key="title", classname="title"),
    Column("year", label=gettext_lazy("Year"), sort_key="year", width="8%", classname=WIDE_ONLY),
    Column("state", label=gettext_lazy("The year"), accessor=state_of, width="18%"),
    DateColumn(
        "latest_revision_created_at",
        label=gettext_lazy("Updated"),
        sort_key="latest_revision_created_at",
        width="12%",
        classname=WIDE_ONLY,
    ),
    PageStatusColumn("status", label=gettext_lazy("Status"), sort_key="live", width="10%"),
]


class RoundupExplorerView(ExplorableIndexView):
    """The reports, the newest year first, below the button that drafts the next one."""

    default_ordering = "-year"
    template_name = "roundups/admin/index.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what can be drafted, for those who may."""
        may_draft = self.permissions.can_add_subpage()
        return {
            **super().get_context_data(*args, **kwargs),
            "draft_button": draft_button(classname="button") if may_draft else None,
            "other_year_url": reverse("roundup_draft"),
        }


class RoundupExplorer(PageViewSet):
    """What the page explorer shows of the list of reports."""

    model = RoundupPage
    parent_models = [RoundupIndexPage]
    index_view_class = RoundupExplorerView
    columns = COLUMNS


roundup_explorer = RoundupExplorer()
