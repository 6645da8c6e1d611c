"""The editor's form of a roundup."""

from typing import Any

from django.utils.translation import gettext as _

from impact.pages.forms import PageForm


def default_title(year: int) -> str:
    """Return what a year's report is called until somebody finds better words."""
    return _("Impact report %(year)s") % {"year": year}


class RoundupForm(PageForm):
    """A new roundup opens with a year, a title, and everything that the year gives by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and not self.instance.title:
            self.initial.setdefault("year", self.instance.year)
            year = self.initial["year"]
            self.initial["title"] = default_title(year)
            if not len(self.instance.body):
                self.initial["body"] = self._proposed(year)

    def _proposed(self, year: int) -> Any:
        from impact.roundups.drafting import proposed_body

        return self.instance.body.stream_block.to_python(proposed_body(year))
