"""Recording that a digest was sent, and taking that back.

Whether the user may do so is for the caller to ask; `may_send` answers it.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from impact.newsletter.assembly import tell

if TYPE_CHECKING:
    from wagtail.models import Revision

    from impact.accounts.models import User
    from impact.newsletter.models import DigestPage, Sending, SendingManner


# What the history of the page calls it.
MARKED, UNMARKED = "newsletter.mark_sent", "newsletter.unmark_sent"


def may_send(page: "DigestPage", user: "User") -> bool:
    """Return whether a user may send a digest: who may edit and publish it now."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() and permissions.can_publish())


@transaction.atomic
def mark_sent(
    digest: "DigestPage", revision: "Revision", user: "User | None", how: "SendingManner | str"
) -> "Sending":
    """Record that a digest was sent as a revision says it, and what it said of each entry.

    A second call for the same digest and revision returns the record that there is and changes nothing.
    """
    from impact.entries.models import EntryPage
    from impact.newsletter.models import Sending, SentEntry

    page: DigestPage = revision.as_object()
    sending, is_new = Sending.objects.get_or_create(
        digest_id=digest.pk,
        revision=revision,
        defaults={
            "title": page.title,
            "since": page.since,
            "until": page.until,
            "sent_at": timezone.now(),
            "sent_by": user,
            "how": how,
        },
    )
    if not is_new:
        return sending
    lines = {line.key: line for line in tell(page).lines}
    entries = EntryPage.objects.filter(guid__in=lines)
    SentEntry.objects.bulk_create(
        SentEntry(
            sending=sending,
            guid=entry.guid,
            entry=entry,
            title=lines[entry.guid].title,
            sentence=lines[entry.guid].sentence,
            own_title=entry.title,
            revision_id=entry.live_revision_id,
            last_published_at=entry.last_published_at,
        )
        for entry in entries
    )
    log(digest, MARKED, user=user, revision=revision)
    return sending


@transaction.atomic
def unmark_sent(digest: "DigestPage", user: "User | None" = None) -> int:
    """Forget that a digest was sent, and return how many records there were of it."""
    from impact.newsletter.models import Sending

    found = Sending.objects.filter(digest=digest.pk)
    count = found.count()
    if count:
        found.delete()
        log(digest, UNMARKED, user=user)
    return count
