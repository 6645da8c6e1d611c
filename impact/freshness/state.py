"""Marking changes, and working them off before anybody reads.

A change leaves its mark in its own transaction, so the two are committed or lost together. Whoever reads
next, in whichever process, asks for `current()`: where marks are left, they are worked off first, under a
lock, together with a new version. So a process that is killed after its commit loses nothing, and no reader
on any node sees what was before a change once the change is committed.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import OperationalError, connection, transaction

from impact.freshness import statement
from impact.freshness.models import Change, ContentVersion, Scope
from impact.freshness.statement import ONLY

# Called with the changes to work off and the version that will hold them, inside one transaction.
Handler = Callable[[Sequence[Change], int], None]

# A reader that missed more versions than these reads everything anew.
REMEMBERED = 200


class BehindError(Exception):
    """Something has changed, and what follows from it could not be worked off; nothing older may be shown."""


_handlers: list[Handler] = []
# Keys that a statement names at most.
_AT_ONCE = 1000
# The version that a request has asked for, once it has; `None` outside of `held()`.
_held: ContextVar[list[int] | None] = ContextVar("held", default=None)


def on_settle(handler: Handler) -> None:
    """Let `handler(changes, number)` bring up to date what is derived from the content."""
    if handler not in _handlers:
        _handlers.append(handler)


def mark(scope: Scope, *keys: object) -> None:
    """Say, in the present transaction, that something has changed."""
    Change.objects.bulk_create([Change(scope=scope, key=str(key)[:255]) for key in keys])
    if known := _held.get():
        known.clear()
    # Work done here is work that the next reader need not do; should it fail, the mark is still there.
    if not any(hook[1] is settle for hook in connection.run_on_commit):
        transaction.on_commit(settle, robust=True)


@contextmanager
def held() -> Iterator[None]:
    """Ask for the version once, so that what is read meanwhile costs one statement."""
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


def current() -> int:
    """Return the version of the content, with every committed change in it; one statement."""
    known = _held.get()
    if known:
        return known[0]
    number = latest()
    if known is not None:
        known[:] = [number]
    return number


def latest() -> int:
    """Return the version that holds now, whatever a request has asked for before.

    Raises `BehindError` where marks are left that can't be worked off in the time that the database gives.
    """
    row = statement.ask()
    if row is not None and not row.unsettled:
        return row.number
    try:
        return settle()
    except OperationalError as error:
        # Not as if the database were away: it was there, and says that what was kept is no longer true.
        raise BehindError from error


def number() -> int:
    """Return the version that holds now, whatever marks are left."""
    found: int = ContentVersion.objects.values_list("number", flat=True).get(pk=ONLY)
    return found


def descends_from(number: int) -> bool:
    """Return whether the present content came from a version by changes since, none of it undone."""
    recent: Iterable[int] = ContentVersion.objects.values_list("recent", flat=True).get(pk=ONLY)
    return number in recent


def settle() -> int:
    """Work off all marks and return the version that holds them."""
    with transaction.atomic():
        version, _made = ContentVersion.objects.select_for_update().get_or_create(pk=ONLY)
        changes = list(Change.objects.order_by("pk"))
        if changes:
            version.recent = [version.number, *version.recent][:REMEMBERED]
            version.number = max(version.number + 1, time.time_ns() // 1000)
            for handler in _handlers:
                handler(changes, version.number)
            # By their keys: meanwhile others may have come, which this version does not hold.
            for start in range(0, len(changes), _AT_ONCE):
                keys = [change.pk for change in changes[start : start + _AT_ONCE]]
                Change.objects.filter(pk__in=keys).delete()
            version.save()
    return version.number
