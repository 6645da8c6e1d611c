"""The editor's forms of entries and of the story template."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from impact.pages.forms import PageForm


class EntryForm(PageForm):
    """Refuses to name a community or an author twice."""

    def clean(self) -> dict[str, Any]:
        """Add the message to the repetition, where the writer sees it."""
        cleaned: dict[str, Any] = super().clean()
        for form in repeated(self.formsets.get("community_links"), "community"):
            form.add_error(
                "community",
                _("This community is named twice. Name it once, either as about or as supporter."),
            )
        for form in repeated(self.formsets.get("author_links"), "author"):
            form.add_error("author", _("This author is named twice."))
        return cleaned


def repeated(formset: Any, field: str) -> Iterable[Any]:
    """Yield the forms of an inline formset whose `field` has the value of an earlier one."""
    if formset is None or not formset.management_form.is_valid():
        return
    formset.is_valid()
    seen: set[Any] = set()
    deleted = set(formset.deleted_forms) if hasattr(formset, "cleaned_data") else set()
    for form in formset.forms:
        value = getattr(form, "cleaned_data", {}).get(field)
        if value is None or form in deleted or form.cleaned_data.get("DELETE"):
            continue
        if value.pk in seen:
            yield form
        seen.add(value.pk)


class StoryTemplateForm(WagtailAdminModelForm):
    """Saves blocks that are still empty: that is what a template is made of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.defer_required_fields()
