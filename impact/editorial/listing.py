"""The listing of entries: in the gallery's explorer, and as an item of the menu."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from impact.editorial.filters import EntryFilterSet
from impact.entries.models import EntryPage
from impact.gallery.models import GalleryPage


def communities_of(entry: EntryPage) -> str:
    """Name the first two communities, and say how many more there are."""
    names = [link.community.title for link in entry.community_links.all()]
    more = len(names) - 2
    if more < 1:
        return ", ".join(names)
    return ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {
        "names": ", ".join(names[:2]),
        "more": more,
    }


COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    Column("kind", label=_("Kind"), accessor=lambda entry: entry.get_verbose_name(), width="10%"),
    Column("category", label=_("Category"), sort_key="category__sort_order", width="12%"),
    Column("communities", label=_("Communities"), accessor=communities_of, width="18%"),
    Column("date", label=_("Date"), sort_key="date", width="9%"),
    DateColumn(
        "latest_revision_created_at",
        label=_("Updated"),
        sort_key="latest_revision_created_at",
        width="10%",
    ),
    PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
]


class EntryListingMixin:
    """Columns of entries with a constant number of queries, filtered and searched together."""

    model = EntryPage
    base_columns = COLUMNS
    base_filterset_class = EntryFilterSet

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """Fetch what the columns show, once for all rows."""
        annotated: QuerySet[Any] = super().annotate_queryset(pages)  # type: ignore[misc]
        return annotated.prefetch_related("category", "community_links__community")

    def get_valid_orderings(self) -> list[str]:
        """Search can order by the entry's own fields only."""
        orderings: list[str] = super().get_valid_orderings()  # type: ignore[misc]
        if self.is_searching:  # type: ignore[attr-defined]
            return [name for name in orderings if "__" not in name]
        return orderings

    def search_queryset(self, queryset: QuerySet[Any]) -> Any:
        """Search among what the filters left; search can't see through relations itself."""
        if self.is_searching:  # type: ignore[attr-defined]
            found = EntryPage.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))
            queryset = self.annotate_queryset(found)
        return super().search_queryset(queryset)  # type: ignore[misc]


class EntryIndexView(EntryListingMixin, IndexView):
    """All entries that the user may see."""

    default_ordering = "-date"
    page_title = _("Entries")


class EntryExplorerView(EntryListingMixin, ExplorableIndexView):
    """The gallery's children."""

    default_ordering = "-date"


class ChooseGalleryView(ChooseParentView):
    """A new entry: there is one gallery, so the next question is which kind."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead on to the kinds that the gallery takes."""
        gallery = GalleryPage.objects.first()
        if gallery is None or not gallery.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        return redirect("wagtailadmin_pages:add_subpage", gallery.pk)


class EntryExplorer(PageViewSet):
    """What the page explorer shows of the gallery."""

    model = EntryPage
    parent_models = [GalleryPage]
    index_view_class = EntryExplorerView
    filterset_class = EntryFilterSet
    columns = COLUMNS


class EntryListing(PageListingViewSet):
    """What the menu calls entries."""

    model = EntryPage
    name = "entries"
    icon = "doc-full-inverse"
    menu_label = _("Entries")
    menu_order = 100
    index_view_class = EntryIndexView
    choose_parent_view_class = ChooseGalleryView
    filterset_class = EntryFilterSet
    columns = COLUMNS


entry_explorer = EntryExplorer()
