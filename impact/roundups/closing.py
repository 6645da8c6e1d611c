"""Closing a year, taking over what is new, and opening it again: each is a revision that is published.

Whether the user may do so is for the caller to ask; `may_close` answers it.
"""

import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from impact.roundups.edition import composition_of
from impact.roundups.gather import categories_of, gather
from impact.roundups.snapshot import write
from impact.roundups.standard import standard_body

if TYPE_CHECKING:
    from impact.accounts.models import User
    from impact.roundups.models import RoundupPage

# What the history of the page calls it.
CLOSE, REOPEN = "roundups.close", "roundups.reopen"


def may_close(page: "RoundupPage", user: "User") -> bool:
    """Return whether a user may close or open the year of a page: who may edit and publish it now."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() and permissions.can_publish())


@transaction.atomic
def close_year(page: "RoundupPage", user: "User | None" = None) -> "RoundupPage":
    """Record what the report shows today, as it was last edited, and publish it.

    A year that is closed already takes over what is new. Raises `PageNotReadyError` where the page can't
    be published; then nothing has changed.
    """
    latest = _latest(page)
    if not len(latest.body):
        # What it shows by itself is written down, so that its sections are known by their blocks.
        latest.body = json.dumps(  # type: ignore[assignment]
            standard_body(categories_of(latest.year))
        )
    year = gather(latest.year, composition_of(latest)).year
    latest.snapshot = write(year, timezone.now())
    return _publish(latest, user, CLOSE)


@transaction.atomic
def reopen_year(page: "RoundupPage", user: "User | None" = None) -> "RoundupPage":
    """Let the report follow the gallery again, and publish it. Raises `PageNotReadyError`."""
    latest = _latest(page)
    latest.snapshot = None
    return _publish(latest, user, REOPEN)


def _latest(page: "RoundupPage") -> "RoundupPage":
    """Return a page as it was last edited, whatever the caller read of it before."""
    found: RoundupPage = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def _publish(page: "RoundupPage", user: "User | None", action: str) -> "RoundupPage":
    revision = page.save_revision(user=user, log_action=action, clean=False)
    revision.publish(user=user)
    found: RoundupPage = type(page).objects.get(pk=page.pk)
    return found
