"""What the editor's choices of an entry have in common: entries are found as in the gallery."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column

from impact.catalogue.selection import select
from impact.filters.gallery import GalleryFilter


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


def entry_columns() -> list[Column]:
    """Return what stands beside the title of an entry: its category and its date."""
    return [
        Column("category", label=_("Category")),
        # The day itself: all of a past year are "1 year ago".
        Column("date", label=_("Date"), accessor=lambda entry: date_format(entry.date, "j M Y")),
    ]
