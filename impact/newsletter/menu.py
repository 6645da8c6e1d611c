"""The newsletter in the editor's menu; others add to it by the hook `register_newsletter_menu_item`."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from impact.newsletter.buttons import may_draft
from impact.newsletter.tools.choice import chosen

RECIPIENTS = "newsletter-recipients"
newsletter_menu = Menu(register_hook_name="register_newsletter_menu_item")


class EditorsItem(MenuItem):
    """Shown to those who may begin a digest."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may."""
        return may_draft(request.user)


def menu_item() -> SubmenuMenuItem:
    """Return the newsletter's part of the menu, after that of the entries."""
    return SubmenuMenuItem(
        _("Newsletter"), newsletter_menu, name="newsletter", icon_name="mail", order=160
    )


def digests_item() -> Any:
    """Return the way to the list of digests."""
    return EditorsItem(_("Digests"), reverse_lazy("digests"), icon_name="list-ul", order=10)


def draft_item() -> Any:
    """Return the way to a new digest."""
    return EditorsItem(_("New digest"), reverse_lazy("digest_draft"), icon_name="plus", order=20)


def without_recipients(request: HttpRequest, items: list[MenuItem]) -> None:
    """Receive `construct_settings_menu`: recipients are of use with a mail tool only."""
    if not chosen(request).usable:
        items[:] = [item for item in items if item.name != RECIPIENTS]
