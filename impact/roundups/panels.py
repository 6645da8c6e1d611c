"""A panel of the editor: whether the year is closed, and what visitors no longer see of it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class YearPanel(Panel):
    """Says what state the year is in, and leads to where it is closed and compared."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one report."""

        template_name = "roundups/admin/year_panel.html"

        def is_shown(self) -> bool:
            """There is nothing to say before the page has been saved."""
            return bool(super().is_shown() and self.instance.pk and self.instance.year)

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Any:
            """Add the state."""
            from impact.roundups.edition import edition_of

            context = super().get_context_data(parent_context)
            edition = edition_of(self.instance)
            return {
                **context,
                "closed": edition.closed,
                "total": edition.year.total,
                "gone": edition.shown.gone,
                "damaged": bool(self.instance.snapshot) and edition.closed is None,
                "year_url": reverse("roundup_year", args=[self.instance.pk]),
            }
