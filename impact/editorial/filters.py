"""The filters of the listing of entries."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, ModelMultipleChoiceFilter, MultipleChoiceFilter
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import Page, Revision

from impact.communities.models import CommunityPage
from impact.entries.kinds import LINK, STORY, content_type_ids
from impact.entries.models import EntryCommunity, EntryPage
from impact.taxonomy.models import Category

LIVE, DRAFT, CHANGED, SCHEDULED, REVIEW, EXPIRED = (
    "live",
    "draft",
    "changed",
    "scheduled",
    "review",
    "expired",
)
STATUSES = [
    (LIVE, _("Published")),
    (CHANGED, _("Published, with unpublished changes")),
    (DRAFT, _("Draft")),
    (REVIEW, _("In review")),
    (SCHEDULED, _("Scheduled")),
    (EXPIRED, _("Expired")),
]
KINDS = [(STORY, _("Story")), (LINK, _("Featured link"))]


def years() -> list[tuple[str, str]]:
    """Return the years that have entries, newest first."""
    found = EntryPage.objects.order_by().dates("date", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in found]


def with_status(entries: QuerySet[Any], status: str) -> QuerySet[Any]:
    """Keep the entries that have a status of `STATUSES`."""
    approved = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, object_id=Cast(OuterRef("pk"), CharField())
    )
    conditions = {
        LIVE: Q(live=True),
        CHANGED: Q(live=True, has_unpublished_changes=True),
        DRAFT: Q(live=False, expired=False),
        SCHEDULED: Q(Exists(approved)),
        REVIEW: Q(_workflow_states__status="in_progress"),
        EXPIRED: Q(expired=True),
    }
    if status not in conditions:
        return entries
    # Asked of `Page`: Wagtail files workflow states under that type.
    found = Page.objects.filter(conditions[status]).order_by().values("pk")
    return entries.filter(pk__in=found)


class EntryFilterSet(PageFilterSet):
    """By category, community, year, kind and status."""

    category = ModelMultipleChoiceFilter(
        label=_("Category"), queryset=Category.objects.all(), widget=CheckboxSelectMultiple
    )
    community = ModelMultipleChoiceFilter(
        label=_("Community"),
        queryset=CommunityPage.objects.order_by("title"),
        method="in_communities",
        widget=CheckboxSelectMultiple,
    )
    year = MultipleChoiceFilter(
        label=_("Year"), choices=years, method="in_years", widget=CheckboxSelectMultiple
    )
    kind = ChoiceFilter(label=_("Kind"), choices=KINDS, method="of_kind", widget=RadioSelect)
    status = ChoiceFilter(
        label=_("Status"), choices=STATUSES, method="in_status", widget=RadioSelect
    )
    # Of Wagtail's own filters these two say nothing here: one site, no children.
    site = None
    has_child_pages = None

    class Meta:
        model = EntryPage
        fields: list[str] = []

    def in_communities(
        self, entries: QuerySet[Any], name: str, communities: list[CommunityPage]
    ) -> QuerySet[Any]:
        """Named in any role."""
        if not communities:
            return entries
        links = EntryCommunity.objects.filter(community__in=communities)
        return entries.filter(pk__in=links.values("page_id"))

    def in_years(self, entries: QuerySet[Any], name: str, chosen: list[str]) -> QuerySet[Any]:
        """Dated in one of the years."""
        return entries.filter(date__year__in=[int(year) for year in chosen]) if chosen else entries

    def of_kind(self, entries: QuerySet[Any], name: str, kind: str) -> QuerySet[Any]:
        """A story or a featured link."""
        return entries.filter(content_type_id__in=content_type_ids([kind])) if kind else entries

    def in_status(self, entries: QuerySet[Any], name: str, status: str) -> QuerySet[Any]:
        """Published, draft, and what lies between."""
        return with_status(entries, status)
