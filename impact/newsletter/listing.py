"""The list of digests in the editor: what can be begun, then each digest with its period and its sending."""

from typing import Any

from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from impact.newsletter.buttons import draft_button
from impact.newsletter.composition import keys_of
from impact.newsletter.models import DigestPage, NewsletterIndexPage
from impact.newsletter.periods import Period

# Left out where there is no room.
WIDE_ONLY = "impact-wide-only"


def period_of(page: DigestPage) -> str:
    """Name the days that a digest is about."""
    return Period(page.since, page.until).name


def number_of_entries(page: DigestPage) -> int:
    """Return how many entries a digest names, as it was last edited."""
    revision = page.latest_revision
    return len(keys_of(revision.content) if revision else keys_of(page.serializable_data()))


def sent_on(page: DigestPage) -> str:
    """Say when a digest was sent last; nothing where it was not."""
    moment = page.last_sent
    return date_format(localtime(moment), "j M Y") if moment else ""


COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    Column(
        "period",
        label=_("Period"),
        accessor=period_of,
        sort_key="until",
        width="20%",
        classname=WIDE_ONLY,
    ),
    Column(
        "entries", label=_("Entries"), accessor=number_of_entries, width="8%", classname=WIDE_ONLY
    ),
    Column("sent", label=_("Sent on"), accessor=sent_on, sort_key="last_sent", width="14%"),
    PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
]


class DigestExplorerView(ExplorableIndexView):
    """The digests, the newest first, below the button that drafts the next one."""

    default_ordering = "-until"
    template_name = "newsletter/admin/index.html"

    def get_base_queryset(self) -> QuerySet[Any]:
        """Add when each was sent, and read what each holds with it."""
        found: QuerySet[Any] = super().get_base_queryset()
        return found.select_related("latest_revision").annotate(last_sent=Max("sendings__sent_at"))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the button, for those who may."""
        may = self.permissions.can_add_subpage()
        button = draft_button(classname="button") if may else None
        return {**super().get_context_data(*args, **kwargs), "draft_button": button}


class DigestExplorer(PageViewSet):
    """What the page explorer shows of the archive."""

    model = DigestPage
    parent_models = [NewsletterIndexPage]
    index_view_class = DigestExplorerView
    columns = COLUMNS


digest_explorer = DigestExplorer()
