"""The editor's forms that all page types share."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm as WagtailCopyForm

from impact.pages.registries import refuse_reserved


class PageForm(WagtailAdminPageForm):
    """Lets the address stay empty: it is then made from the title, also without JavaScript."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class CopyForm(WagtailCopyForm):
    """Asks for the address of a copy; one that a sub-route needs is refused there.

    No alias is offered: a second page with the same feed identifier would be listed and counted twice.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean_new_slug(self) -> str:
        """Return the slug when it is free to take."""
        slug: str = self.cleaned_data["new_slug"]
        try:
            refuse_reserved(slug)
        except ValidationError as error:
            raise ValidationError(error.message_dict["slug"]) from error
        return slug
