"""The form field of a community by its name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from impact.communities.models import CommunityPage
from impact.metrics.directory import Directory


class CommunityField(forms.CharField):
    """Takes the name of a community, chosen from a list that all rows of a table share.

    A list in each of two hundred rows would make the page as large as a book.
    """

    directory: Directory

    def prepare_value(self, value: Any) -> Any:
        """Write the name of the community with a key."""
        return self.directory.names.get(value, "") if isinstance(value, int) else value

    def clean(self, value: Any) -> CommunityPage | None:
        """Return the community."""
        return self._find(super().clean(value))

    def _find(self, name: str) -> CommunityPage | None:
        if not name.strip():
            return None
        community = self.directory.find(name)
        if community is None:
            raise ValidationError(_("There is no community of this name."), code="invalid")
        return community

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another community is named."""
        try:
            community = self._find(data or "")
        except ValidationError:
            return True
        return (community.pk if community else None) != (initial or None)
