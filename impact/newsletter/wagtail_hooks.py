"""Wires the editing of digests into Wagtail."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from impact.newsletter import admin_urls
from impact.newsletter.buttons import (
    draft_instead,
    editor_script,
    header_buttons,
    listing_buttons,
    nothing_sent,
)
from impact.newsletter.choosers import entry_for_digest_chooser
from impact.newsletter.listing import digest_explorer
from impact.newsletter.mailing.proof import PROOFED
from impact.newsletter.menu import digests_item, draft_item, menu_item, without_recipients
from impact.newsletter.models import DeliveryAction
from impact.newsletter.sending import MARKED, UNMARKED
from impact.newsletter.tools.deliveries import LOGGED


@hooks.register("register_log_actions")
def name_actions(actions: object) -> None:
    """Name in the history of a digest what was done to it."""
    register = actions.register_action  # type: ignore[attr-defined]
    register(MARKED, _("Mark as sent"), _("The digest was marked as sent"))
    register(UNMARKED, _("Mark as not sent"), _("The digest was marked as not sent"))
    draft, test, send = (LOGGED[action] for action in DeliveryAction)
    register(
        draft, _("Draft in the mail tool"), _("The draft in the mail tool was brought up to date")
    )
    register(test, _("Test by the mail tool"), _("The mail tool sent a test"))
    register(PROOFED, _("Mail a proof"), _("A proof was mailed to whoever asked for it"))
    register(send, _("Send by the mail tool"), _("The mail tool was told to send the digest"))


hooks.register("register_admin_viewset", lambda: digest_explorer)
hooks.register("register_admin_viewset", lambda: entry_for_digest_chooser)
hooks.register("register_admin_urls", lambda: admin_urls.urlpatterns)
hooks.register("register_admin_menu_item", menu_item)
hooks.register("register_newsletter_menu_item", digests_item)
hooks.register("register_newsletter_menu_item", draft_item)
hooks.register("register_page_header_buttons", header_buttons)
hooks.register("register_page_listing_more_buttons", listing_buttons)
hooks.register("before_create_page", draft_instead)
hooks.register("after_create_page", nothing_sent, order=-1)
hooks.register("after_edit_page", nothing_sent, order=-1)
hooks.register("insert_editor_js", editor_script)
hooks.register("construct_settings_menu", without_recipients)
