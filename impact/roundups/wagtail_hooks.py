"""Wires the editing of yearly reports into Wagtail."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from impact.roundups import admin_urls
from impact.roundups.buttons import editor_script, header_buttons, listing_buttons
from impact.roundups.choosers import entry_of_year_chooser
from impact.roundups.closing import CLOSE, REOPEN
from impact.roundups.listing import roundup_explorer


@hooks.register("register_log_actions")
def name_actions(actions: object) -> None:
    """Name in the history of a page what was done to its year."""
    register = actions.register_action  # type: ignore[attr-defined]
    register(CLOSE, _("Close the year"), _("The year was closed as it was on this day"))
    register(REOPEN, _("Open the year"), _("The year was opened again"))


hooks.register("register_admin_viewset", lambda: entry_of_year_chooser)
hooks.register("register_admin_viewset", lambda: roundup_explorer)
hooks.register("register_admin_urls", lambda: admin_urls.urlpatterns)
hooks.register("register_page_header_buttons", header_buttons)
hooks.register("register_page_listing_more_buttons", listing_buttons)
hooks.register("insert_editor_js", editor_script)
