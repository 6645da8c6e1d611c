"""The editor's choice of an entry for a report: the public entries of its year, the newest first."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from impact.catalogue.choosers import EntrySearchForm, entry_columns
from impact.entries.models import EntryPage
from impact.roundups.facts import CATEGORY, TAG

# What a section can be about, and the field of an entry that says whether it belongs there.
SECTIONS = {CATEGORY: "category", TAG: "tags"}

# Names the field of the form from which the chooser learns the year.
YEAR_FIELD = "#id_year"


# A number of more digits may be more than a database holds.
LONGEST_KEY = 18


def is_number(text: str, longest: int) -> bool:
    """Return whether a text of an address is a whole number that is not too long."""
    return text.isascii() and text.isdigit() and len(text) <= longest


class OfYear:
    """What a visitor sees of the year and the section that the form names; of all where it names none."""

    ordering = ["-date", "-pk"]
    filter_form_class = EntrySearchForm

    def get_object_list(self) -> QuerySet[Any]:
        """Return the entries of the year."""
        entries = EntryPage.objects.published().select_related("category")
        asked: QueryDict = self.request.GET  # type: ignore[attr-defined]
        year = asked.get("year", "")
        if is_number(year, 4) and len(year) == 4:
            entries = entries.in_year(int(year))
        for name, field in SECTIONS.items():
            if is_number(key := asked.get(name, ""), LONGEST_KEY):
                entries = entries.filter(**{field: int(key)})
        found: QuerySet[Any] = entries
        return found

    @property
    def columns(self) -> list[Column]:
        """Title, category and date."""
        return [self.title_column, *entry_columns()]  # type: ignore[attr-defined]


class ChooseView(OfYear, views.ChooseView):
    """The choice, as it opens."""


class ChooseResultsView(OfYear, views.ChooseResultsView):
    """The choice, narrowed by words or on a later page."""


class EntryOfYearChooser(ChooserViewSet):
    """Wires the choice into the editor."""

    model = EntryPage
    icon = "doc-full-inverse"
    name = "entry_of_year_chooser"
    url_prefix = "roundups/entries"
    choose_one_text = _("Choose an entry of the year")
    choose_another_text = _("Choose another entry")
    edit_item_text = _("Edit this entry")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    preserve_url_parameters = ["multiple", "year", *SECTIONS]
    # Elsewhere any entry may be chosen, with Wagtail's own chooser of pages.
    register_widget = False


entry_of_year_chooser = EntryOfYearChooser()
