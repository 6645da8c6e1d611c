"""The editor's form of a roundup."""

from typing import Any

from django.utils.translation import gettext as _

from impact.pages.forms import PageForm


def default_title(year: int) -> str:
    """Return what a year's report is called until somebody finds better words."""
    return _("Impact report %(year)s") % {"year": year}


class RoundupForm(PageForm):
    """A new roundup opens with a year and a title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and not self.instance.title:
            self.initial.setdefault("year", self.instance.year)
            self.initial["title"] = default_title(self.initial["year"])
