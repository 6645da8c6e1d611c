"""The editor's choice of an entry for a report: the public entries of its year, the newest first."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from impact.catalogue.selection import select
from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
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


class EntrySearchForm(BaseFilterForm):
    """Finds entries by the words that the gallery finds them by."""

    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        required=False,
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Keep those that hold every word."""
        text = self.cleaned_data.get("q")
        if text:
            self.is_searching, self.search_query = True, text
            objects = objects.filter(pk__in=select(GalleryFilter(q=text)).pks())
        return objects


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
        return [
            self.title_column,  # type: ignore[attr-defined]
            Column("category", label=_("Category")),
            # The day itself: all of a past year are "1 year ago".
            Column(
                "date", label=_("Date"), accessor=lambda entry: date_format(entry.date, "j M Y")
            ),
        ]


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
