"""The editor's choice of an entry for a digest: all that are public, and when each was sent."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from impact.catalogue.choosers import EntrySearchForm, entry_columns
from impact.entries.models import EntryPage


class OfAnyTime:
    """What a visitor can read, each with the digest that it was sent with."""

    ordering = ["-date", "-pk"]
    filter_form_class = EntrySearchForm

    def get_object_list(self) -> QuerySet[Any]:
        """Return all public entries."""
        from impact.newsletter.models import SentEntry

        sent = SentEntry.objects.filter(guid=OuterRef("guid")).order_by("-sending__sent_at")
        found: QuerySet[Any] = EntryPage.objects.published().select_related("category")
        return found.annotate(sent_with=Subquery(sent.values("sending__title")[:1]))

    @property
    def columns(self) -> list[Column]:
        """Title, category, date, and the digest that it was sent with."""
        return [
            self.title_column,  # type: ignore[attr-defined]
            *entry_columns(),
            Column("sent", label=_("Sent with"), accessor=lambda entry: entry.sent_with or ""),
        ]


class ChooseView(OfAnyTime, views.ChooseView):
    """The choice, as it opens."""


class ChooseResultsView(OfAnyTime, views.ChooseResultsView):
    """The choice, narrowed by words or on a later page."""


class EntryForDigestChooser(ChooserViewSet):
    """Wires the choice into the editor."""

    model = EntryPage
    icon = "doc-full-inverse"
    name = "entry_for_digest_chooser"
    url_prefix = "digests/entries"
    choose_one_text = _("Choose an entry")
    choose_another_text = _("Choose another entry")
    edit_item_text = _("Edit this entry")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    # Elsewhere any entry may be chosen, with Wagtail's own chooser of pages.
    register_widget = False


entry_for_digest_chooser = EntryForDigestChooser()
