"""Telling the hub: written down with the change, sent afterwards, again until it has taken note.

So publishing waits for nobody, an import of a thousand posts is one notice a feed, and what a process that
ended left undone is done by the next one or by the timer.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from impact.feeds.hub import Hub, HubAwayError, HubRefusesError, hub
from impact.feeds.models import HubNotice
from impact.feeds.topics import topics
from impact.freshness.models import Change

logger = logging.getLogger(__name__)

# Sent in one go.
BATCH = 100
# Whoever sends a notice has so long; then another process may.
SENDING = timedelta(minutes=1)
# How long to wait after each failed attempt; the last one holds for all that follow.
PAUSES = tuple(timedelta(seconds=n) for n in (10, 60, 300, 1800, 3600))
# What the hub could not be told in this time is old news: whoever reads the feed finds it there.
GIVE_UP = timedelta(days=1)


def write_down(changes: Sequence[Change], number: int) -> bool:
    """Write down what the hub is to be told of some changes; return whether there is anything."""
    now = timezone.now()
    rows = [
        HubNotice(topic=topic, version=number, changed_at=now, due_at=now)
        for topic in dict.fromkeys(topics(changes))
    ]
    HubNotice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["topic"],
        update_fields=["version", "changed_at", "attempts", "due_at"],
    )
    return bool(rows)


def send_due() -> bool:
    """Tell the hub all that is due; return whether nothing is left to be told.

    Stops at the first failure: it is the same hub for all, which would fail each of them.
    """
    to = hub()
    if to is None:
        HubNotice.objects.all().delete()
        return True
    while due := list(_due()[:BATCH]):
        for notice in due:
            if _is_mine(notice) and not _told(to, notice):
                _put_off(notice)
                return False
    return not HubNotice.objects.exists()


def _due() -> QuerySet[HubNotice]:
    # Those that fail again and again must not hold up the others.
    return HubNotice.objects.filter(due_at__lte=timezone.now()).order_by("attempts", "due_at", "pk")


def _is_mine(notice: HubNotice) -> bool:
    """Take a notice, so that no other process sends it meanwhile; false where one has."""
    mine = HubNotice.objects.filter(pk=notice.pk, due_at=notice.due_at)
    return bool(mine.update(due_at=timezone.now() + SENDING))


def _told(to: Hub, notice: HubNotice) -> bool:
    """Send a notice; false when it has to be tried again."""
    # What has changed again meanwhile is another notice.
    this = HubNotice.objects.filter(pk=notice.pk, version=notice.version)
    try:
        to.tell(notice.topic)
    except HubRefusesError as error:
        logger.error("The hub does not want to know of %s: %s", notice.topic, error)
    except HubAwayError as error:
        if timezone.now() - notice.changed_at < GIVE_UP:
            logger.warning("The hub could not be told of %s: %s", notice.topic, error)
            return False
        logger.error("Given up: the hub could not be told of %s: %s", notice.topic, error)
    this.delete()
    return True


def _put_off(notice: HubNotice) -> None:
    """Try again later: this notice, and with it all that are due."""
    again: datetime = timezone.now() + PAUSES[min(notice.attempts, len(PAUSES) - 1)]
    HubNotice.objects.filter(pk=notice.pk).update(attempts=F("attempts") + 1, due_at=again)
    HubNotice.objects.filter(due_at__lt=again).update(due_at=again)
