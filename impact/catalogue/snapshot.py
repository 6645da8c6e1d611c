"""What a process knows of one version of the content: the index, the terms, and what was searched for.

One for all threads, never changed: a newer version gives a new one, made from what has changed since, or
read anew where that can't be known. Whoever holds the old one reads on in peace.
"""

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import DatabaseError, connections
from django.utils import timezone

from impact.catalogue import forms, fulltext, terms
from impact.catalogue.index import Index, Item
from impact.catalogue.models import EntryRow
from impact.freshness import state
from impact.freshness.models import Scope

log = logging.getLogger(__name__)

# Above this many changed entries, reading all of them is faster.
MANY = 100
# Searches that are remembered of a version.
SEARCHES = 32
_NEEDED = ("entry_id", "date", "announced_on", "filing", "expires_at")


@dataclass(frozen=True)
class Found:
    """What a search found: the entries as bits, and their numbers by rank.

    `sought` are the forms of each word that were looked for; none of a word that no entry has.
    """

    entries: int
    ranked: list[int]
    sought: fulltext.Sought = ()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One version of the content, as far as lists need it in memory."""

    number: int
    index: Index
    terms: terms.Terms
    # When the time of an entry is over, for those that have an end.
    ends: dict[int, datetime]
    _searches: dict[str, Found] = field(default_factory=dict)

    @cached_property
    def valid_until(self) -> datetime | None:
        """When the first of what is listed will be over; `None` while nothing has an end."""
        ends = [*self.ends.values(), self.terms.valid_until]
        return min((end for end in ends if end is not None), default=None)

    def search(self, text: str) -> Found:
        """Return the entries that hold every word of a text; none for a text without words."""
        wanted = fulltext.words(text)[: fulltext.MAX_WORDS]
        key = " ".join(wanted)
        found = self._searches.get(key)
        if found is None:
            found = self._look_for(wanted)
            while len(self._searches) >= SEARCHES:
                self._searches.pop(next(iter(self._searches)), None)
            self._searches[key] = found
        return found

    def _look_for(self, wanted: list[str]) -> Found:
        """Two statements: which forms of the words there are, and who has one of each."""
        every = [forms.forms(word) for word in wanted]
        known = fulltext.known({form for some in every for form in some}) if every else set()
        sought = tuple(tuple(form for form in some if form in known) for some in every)
        ranks = fulltext.ranks(sought) if sought and all(sought) else {}
        return Found(*self.index.by_rank(ranks), sought)


_present: Snapshot | None = None
_lock = threading.Lock()


def snapshot() -> Snapshot:
    """Return the content as it is: one statement while nothing has changed."""
    found = _present
    if found is None or found.number != state.current():
        found = _catch_up()
    end = found.valid_until
    if end is not None and end <= timezone.now():
        _end(found)
        found = _catch_up()
    return found


def warm() -> None:
    """Read everything before the first visitor comes; a database that is not ready yet is only logged."""
    try:
        snapshot()
    except DatabaseError as error:
        log.warning("The gallery's index can't be built yet: %s", error)
    finally:
        # Processes that are forked from here must not share a connection.
        connections.close_all()


def _catch_up() -> Snapshot:
    """Return the snapshot of the newest version, made by one thread for all."""
    global _present
    # Not under the lock: this may wait for the transaction of a thread that will want the lock itself.
    state.latest()
    with _lock:
        number = state.number()
        known = _present
        if known is None or known.number != number:
            known = _advanced(known, number) or _read(number)
            _present = known
        return known


def _end(found: Snapshot) -> None:
    """Mark what is over: with the next version it is gone."""
    now = timezone.now()
    over = [pk for pk, end in found.ends.items() if end <= now]
    if found.terms.valid_until and found.terms.valid_until <= now:
        state.mark(Scope.SITE, "communities.communitypage")
    state.mark(Scope.PAGE, *over)


def _read(number: int) -> Snapshot:
    """Read all rows."""
    rows = EntryRow.objects.filter(public=True)
    ends: dict[int, datetime] = {}
    items = _items(rows.values_list(*_NEEDED).iterator(chunk_size=2000), ends)
    return Snapshot(number, Index.of(items), terms.load(), ends)


def _advanced(known: Snapshot | None, number: int) -> Snapshot | None:
    """Return an older snapshot with the changes since; `None` where it is better to read everything."""
    if known is None or not state.descends_from(known.number):
        return None
    rows = EntryRow.objects.filter(version__gt=known.number)
    changed = list(rows.values_list("public", *_NEEDED)[: MANY + 1])
    if len(changed) > MANY:
        return None
    touched = {row[1] for row in changed}
    ends = {pk: end for pk, end in known.ends.items() if pk not in touched}
    items = list(_items((row[1:] for row in changed if row[0]), ends))
    gone = [row[1] for row in changed if not row[0]]
    index = known.index.changed(items, gone) if changed else known.index
    return Snapshot(number, index, terms.load(), ends)


def _items(rows: Iterable[tuple], ends: dict[int, datetime]) -> Iterable[Item]:
    """Yield rows as the index wants them, and note their ends."""
    for pk, day, announced, filing, end in rows:
        if end is not None:
            ends[pk] = end
        yield Item(pk, day.toordinal(), filing, announced.toordinal())
