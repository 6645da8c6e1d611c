"""Marking changes, and working them off before anybody reads.

A change leaves its mark in its own transaction, so the two are committed or lost together. Whoever reads
next, in whichever process, asks for `current()`: where marks are left, they are worked off first, under a
lock, together with a new version. So a process that is killed after its commit loses nothing, and no reader
on any node sees what was before a change once the change is committed.
"""

from collections.abc import Callable, Sequence

from django.db import connection, transaction

from impact.freshness.models import Change, ContentVersion, Scope

# Called with the changes to work off and the version that will hold them, inside one transaction.
Handler = Callable[[Sequence[Change], int], None]

_handlers: list[Handler] = []
_ONLY = 1
# Asked on every request, so it is written out: the ORM would take longer to say it than it takes.
_CURRENT = (
    f"SELECT number, EXISTS (SELECT 1 FROM {Change._meta.db_table}) "  # noqa: S608
    f"FROM {ContentVersion._meta.db_table} WHERE id = {_ONLY}"
)


def on_settle(handler: Handler) -> None:
    """Let `handler(changes, number)` bring up to date what is derived from the content."""
    if handler not in _handlers:
        _handlers.append(handler)


def mark(scope: Scope, key: object) -> None:
    """Say, in the present transaction, that something has changed."""
    Change.objects.create(scope=scope, key=str(key)[:255])
    # Work done here is work that the next reader need not do; should it fail, the mark is still there.
    # Of many changes in one transaction the first call works them all off.
    transaction.on_commit(current, robust=True)


def current() -> int:
    """Return the version of the content, with every committed change in it; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT)
        row = cursor.fetchone()
    if row is None:
        return settle()
    number, marked = row
    return settle() if marked else int(number)


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
