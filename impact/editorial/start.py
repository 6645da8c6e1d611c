"""The first panel of the editor's home: one click to each kind of page that the user may begin."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from impact.accounts.models import User
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.entries.models import FeaturedLinkPage, StoryPage
from impact.gallery.models import GalleryPage
from impact.newsletter.buttons import draft_button as new_digest
from impact.newsletter.buttons import may_draft
from impact.roundups.buttons import draft_button
from impact.roundups.models import RoundupIndexPage

# Where each kind of page stands, and what beginning one is called.
BEGINNINGS: tuple[tuple[type[Page], type[Page], Promise], ...] = (
    (GalleryPage, StoryPage, _("Write a story")),
    (GalleryPage, FeaturedLinkPage, _("Add a featured link")),
    (CommunityIndexPage, CommunityPage, _("Add a community")),
)


def beginnings(user: User) -> list[dict[str, Any]]:
    """Return label and address of every kind of page that the user may begin."""
    parents = {parent: parent.objects.first() for parent, _child, _label in BEGINNINGS}
    return [
        {
            "label": label,
            "url": reverse(
                "wagtailadmin_pages:add",
                args=[child._meta.app_label, child._meta.model_name, parent.pk],
            ),
        }
        for model, child, label in BEGINNINGS
        if (parent := parents[model]) and parent.permissions_for_user(user).can_add_subpage()
    ]


def report_button(user: User) -> Component | None:
    """Return the button that drafts the next yearly report; None for those who may not."""
    index = RoundupIndexPage.objects.first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return None
    return draft_button(classname="button button-secondary")


def digest_button(user: User) -> Component | None:
    """Return the way to the next digest; None for those who may not."""
    return new_digest(classname="button button-secondary") if may_draft(user) else None


class StartPanel(Component):
    """Buttons; nothing where the user may begin nothing."""

    name = "start"
    template_name = "editorial/start.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Add what the user may begin."""
        user = (parent_context or {})["request"].user
        drafts = [digest_button(user), report_button(user)]
        return {"beginnings": beginnings(user), "drafts": [each for each in drafts if each]}


def open_with_start(request: HttpRequest, panels: list[Any]) -> None:
    """Put the buttons before Wagtail's panels."""
    panels.insert(0, StartPanel())
