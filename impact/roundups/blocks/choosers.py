"""How editors choose what a report is about: a category, a tag, a metric, an entry of the year."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from impact.roundups.choosers import YEAR_FIELD, entry_of_year_chooser
from impact.roundups.composition import key

# How the ids of all fields of a section begin.
SECTION = r"^body-\d+-value-"


class SelectBlock(blocks.ChooserBlock):
    """One of a few objects, in a list that opens in place; `empty_label` says what no choice means."""

    widget = forms.Select()

    def __init__(self, empty_label: Any = "", **options: Any) -> None:
        super().__init__(**options)
        self.empty_label = empty_label

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        """Return the field; its first option is no choice."""
        field: forms.ModelChoiceField = super().field
        field.empty_label = self.empty_label
        return field

    def get_form_state(self, value: Any) -> list[str]:
        """Return the values of the chosen options: the editor's script looks for each option in a list."""
        return [str(value.pk) if value else ""]

    def value_from_form(self, value: Any) -> Any:
        """Return what was chosen; the option of no choice is none, and so is what is no key."""
        return super().value_from_form(value if isinstance(value, self.model_class) else key(value))


class CategoryBlock(SelectBlock):
    """One of the categories."""

    target_model = "taxonomy.Category"

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"empty_label": _("Choose a category"), **options})

    class Meta:
        icon = "folder-open-inverse"


class MetricBlock(SelectBlock):
    """One of the metrics."""

    target_model = "metrics.Metric"

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"empty_label": _("Choose a metric"), **options})

    class Meta:
        icon = "order"


class TagBlock(SnippetChooserBlock):
    """One of the many tags."""

    def __init__(self, **options: Any) -> None:
        super().__init__("taxonomy.Tag", **options)


class EntryBlock(blocks.ChooserBlock):
    """An entry of the report's year; `within` names the field of its section that narrows the choice."""

    target_model = "entries.EntryPage"

    def __init__(self, within: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.within = within

    @cached_property
    def widget(self) -> forms.Widget:
        """The chooser that knows the year, and the section's category or tag."""
        fields: dict[str, Any] = {"year": YEAR_FIELD}
        if self.within:
            fields[self.within] = {"match": SECTION, "append": self.within}
        widget: forms.Widget = entry_of_year_chooser.widget_class(linked_fields=fields)
        return widget

    class Meta:
        icon = "doc-full-inverse"


class EntriesBlock(blocks.ListBlock):
    """Entries in an order; one that has been deleted meanwhile, or is not chosen yet, falls away."""

    def __init__(self, within: str = "", **options: Any) -> None:
        super().__init__(
            EntryBlock(within, label=_("Entry"), required=False),
            **{"default": [], "collapsed": True, **options},
        )

    def clean(self, value: Any) -> Any:
        """Leave out what is empty."""
        cleaned = super().clean(value)
        chosen = [each for each in cleaned if each is not None]
        return cleaned if len(chosen) == len(cleaned) else self.normalize(chosen)
