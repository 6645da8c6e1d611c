"""What the editor offers beside Wagtail's own actions on the pages of yearly reports."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from impact.roundups.models import RoundupIndexPage, RoundupPage
from impact.roundups.years import proposed_year


def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer a draft beside the index of reports, and the state of its year beside each report."""
    yield from _buttons(page, user)


def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the same at the head of both pages."""
    yield from _buttons(page, user)


def _buttons(page: Page, user: Any) -> Iterator[Button]:
    model = page.specific_class
    if model is RoundupIndexPage and page.permissions_for_user(user).can_add_subpage():
        yield draft_button()
        label = _("Draft another year’s report")
        yield Button(label, reverse("roundup_draft"), icon_name="calendar-alt", priority=2)
    elif model is RoundupPage and page.permissions_for_user(user).can_edit():
        label = _("Close or compare the year")
        url = reverse("roundup_year", args=[page.pk])
        yield Button(label, url, icon_name="calendar-alt", priority=12)


def draft_button(year: int | None = None, classname: str = "") -> Button:
    """Return the button that makes the draft of a year, or of the one most likely wanted, and opens it.

    It is one click, so the address is posted to; a second click in haste does nothing.
    """
    year = year or proposed_year()
    return Button(
        _("Draft the report for %(year)s") % {"year": year},
        classname=classname,
        icon_name="" if classname else "calendar-alt",
        priority=1,
        attrs={
            "data-controller": "w-action",
            "data-action": "w-action#post:once",
            "data-w-action-url-value": reverse("roundup_draft_year", args=[year]),
        },
    )


def editor_script() -> SafeString:
    """Return the script that says how many stories a section holds."""
    return format_html(
        '<script src="{}" data-address="{}"></script>',
        static("js/admin/roundup-sections.js"),
        # The year is put into its place by the script.
        reverse("roundup_count", args=[0]),
    )
