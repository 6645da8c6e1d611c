"""The hub is told in the background, soon after what has changed."""

import time
from collections.abc import Sequence
from typing import Any

from django_tasks import task
from wagtail.models import Page

from impact.feeds.hub import hub
from impact.feeds.models import HubNotice
from impact.feeds.notices import send_due, write_down
from impact.freshness.models import Change
from impact.freshness.state import latest
from impact.media.indexing import waits

# Who publishes one thing often publishes another, in seconds.
QUIET = 2.0
# Waits between attempts, in seconds; after the last the timer takes over.
PAUSES = (10.5, 60.5)


@task(backend="hub")
def tell_hub() -> bool:
    """Tell the hub of all that has changed; return whether it has taken note of everything."""
    # Works off the marks that changes have left: notices are written down with them.
    latest()
    if not HubNotice.objects.exists():
        return True
    time.sleep(QUIET)
    for pause in PAUSES:
        if send_due():
            return True
        time.sleep(pause)
    return send_due()


def after_change(changes: Sequence[Change], number: int) -> None:
    """Receive the changes of a new version of the content."""
    if hub() and write_down(changes, number):
        tell_hub.enqueue()


def after_publishing(sender: type, instance: Any, **kwargs: Any) -> None:
    """Receive what is published, unpublished, moved or deleted: the next visitor may be long in coming."""
    if hub() and isinstance(instance, Page) and not waits():
        tell_hub.enqueue()
