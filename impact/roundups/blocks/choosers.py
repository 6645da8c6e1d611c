"""How editors choose what a report is about: a category, a tag, a metric, an entry of the year."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from impact.roundups.choosers import YEAR_FIELD, entry_of_year_chooser


class SelectBlock(blocks.ChooserBlock):
    """One of a few objects, in a list that opens in place."""

    widget = forms.Select()

    def get_form_state(self, value: Any) -> list[str]:
        """Return the values of the chosen options: the editor's script looks for each option in a list."""
        return [str(value.pk) if value else ""]


class CategoryBlock(SelectBlock):
    """One of the categories."""

    target_model = "taxonomy.Category"

    class Meta:
        icon = "folder-open-inverse"


class MetricBlock(SelectBlock):
    """One of the metrics."""

    target_model = "metrics.Metric"

    class Meta:
        icon = "order"


class TagBlock(SnippetChooserBlock):
    """One of the many tags."""

    def __init__(self, **options: Any) -> None:
        super().__init__("taxonomy.Tag", **options)


class EntryBlock(blocks.ChooserBlock):
    """An entry of the report's year."""

    target_model = "entries.EntryPage"

    @cached_property
    def widget(self) -> forms.Widget:
        """The chooser that knows the year."""
        widget: forms.Widget = entry_of_year_chooser.widget_class(
            linked_fields={"year": YEAR_FIELD}
        )
        return widget

    class Meta:
        icon = "doc-full-inverse"


class EntriesBlock(blocks.ListBlock):
    """Entries in an order; one that has been deleted meanwhile, or is not chosen yet, falls away."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            EntryBlock(label=_("Entry"), required=False),
            **{"default": [], "collapsed": True, **options},
        )

    def clean(self, value: Any) -> Any:
        """Leave out what is empty."""
        cleaned = super().clean(value)
        chosen = [each for each in cleaned if each is not None]
        return cleaned if len(chosen) == len(cleaned) else self.normalize(chosen)
