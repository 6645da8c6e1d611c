"""Marking changes, and working them off before anybody reads.

A change leaves its mark in its own transaction, so the two are committed or lost together. Whoever reads
next, in whichever process, asks for `current()`: where marks are left, they are worked off first, under a
lock, together with a new version. So a process that is killed after its commit loses nothing, and no reader
on any node sees what was before a change once the change is committed.
"""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Exists

from impact.freshness.models import Change, ContentVersion, Scope

# Called with the changes to work off and the version that will hold them, inside one transaction.
Handler = Callable[[Sequence[Change], int], None]

_handlers: list[Handler] = []
_ONLY = 1


def on_settle(handler: Handler) -> None:
    """Let `handler(changes, number)` bring up to date what is derived from the content."""
    if handler not in _handlers:
        _handlers.append(handler)


def mark(scope: Scope, key: object) -> None:
    """Say, in the present transaction, that something has changed."""
    Change.objects.create(scope=scope, key=str(key)[:255])
    # Work done here is work that the next reader need not do; should it fail, the mark is still there.
    transaction.on_commit(settle, robust=True)


def current() -> int:
    """Return the version of the content, with every committed change in it; one statement."""
    row = (
        ContentVersion.objects.filter(pk=_ONLY)
        .values_list("number", Exists(Change.objects.all()))
        .first()
    )
    if row is None or row[1]:
        return settle()
    number: int = row[0]
    return number


def settle() -> int:
    """Work off all marks and return the version that holds them."""
    with transaction.atomic():
        version, _made = ContentVersion.objects.select_for_update().get_or_create(pk=_ONLY)
        changes = list(Change.objects.order_by("pk"))
        if changes:
            version.number += 1
            for handler in _handlers:
                handler(changes, version.number)
            Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
            version.save(update_fields=["number"])
    return version.number
