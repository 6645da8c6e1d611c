"""What only upper packages know of their pages: which queries are one, and when the clock changes them.

They register it in their `apps.py: ready()`. Where nobody has, a path with a query is not kept.
"""

import re
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.http import QueryDict
from django.utils import timezone

# The one spelling of a query string, without `?`.
Canonical = Callable[[QueryDict], str]
Paths = Callable[[], Iterable[str]]
Moment = Callable[[], datetime | None]


@dataclass(frozen=True)
class Facts:
    """What holds for a version of the content, `until` the clock (in seconds since 1970) says otherwise.

    `addresses` are those that were read by these rules, by what was asked for.
    """

    version: int
    until: float
    queries: dict[str, Canonical]
    addresses: dict[Hashable, Any] = field(default_factory=dict)


@dataclass
class Rules:
    """What has been registered, and what follows from it for the present version of the content."""

    paths: list[tuple[Paths, Canonical]] = field(default_factory=list)
    patterns: list[tuple[re.Pattern[str], Canonical]] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    _facts: Facts | None = None
    _lock: Lock = field(default_factory=Lock)

    def read_query(self, paths: Paths, canonical: Canonical) -> None:
        """Keep what the pages at `paths()` answer to each `canonical(query)`; asked once a version."""
        self.paths.append((paths, canonical))

    def read_query_below(self, pattern: str, canonical: Canonical) -> None:
        """The same for every path that ends with a regular expression."""
        self.patterns.append((re.compile(f"{pattern}$"), canonical))

    def changes_at(self, moment: Moment) -> None:
        """Let answers end at `moment()`, when the clock alone changes a page; asked once a version."""
        self.moments.append(moment)

    def at(self, version: int) -> Facts:
        """Return what holds for a version; a few statements for the first who asks."""
        facts = self.known(version)
        if facts is None:
            with self._lock:
                facts = self._facts = self._gather(version)
        return facts

    def known(self, version: int) -> Facts | None:
        """Return what holds for a version, if somebody has asked before."""
        facts = self._facts
        holds = facts and facts.version == version and time.time() < facts.until
        return facts if holds else None

    def canonical(self, facts: Facts, path: str, query: QueryDict) -> str | None:
        """Return the one spelling of a query, or `None` for a path whose query nobody has registered."""
        if not query:
            return ""
        rule = facts.queries.get(path) or next(
            (canonical for pattern, canonical in self.patterns if pattern.search(path)), None
        )
        return None if rule is None else rule(query)

    def forget(self) -> None:
        """Ask anew what holds, also for a version that was asked for before."""
        self._facts = None

    def _gather(self, version: int) -> Facts:
        # Pages speak of this year, and of today.
        tomorrow = timezone.localtime() + timedelta(days=1)
        ends = [tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)]
        ends += [moment for ask in self.moments if (moment := ask())]
        return Facts(
            version=version,
            until=min(ends).timestamp(),
            queries={path: canonical for paths, canonical in self.paths for path in paths()},
        )


rules = Rules()
