"""A load test: `make measure`. Visitors and a writer at once, through a real server.

Eight connections ask for kept pages, pages that nobody has kept, searches and feeds, while a writer
publishes every second. A publish is acknowledged when the writer's call has returned; every request that
starts after it has to show it, whichever worker answers.
"""

import argparse
import itertools
import random
import re
import statistics
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from tests.benchmarks.fill import WORD
from tests.benchmarks.paths import CATEGORY
from tests.benchmarks.processes import SiteProcess
from tests.benchmarks.servers import get, site_server
from tests.benchmarks.sites import ROOT, prepared

NEWS = re.compile(r"Bulletin (\d{6})")
# What visitors ask for, and how often among ten requests. All but the third kind show the latest news.
MIX = (("kept page", 4), ("search", 2), ("not kept", 2), ("feed", 2))
SHOWS_NEWS = frozenset({"kept page", "search", "feed"})
PAUSE = 1.0


@dataclass
class Tally:
    """What came of the requests of all visitors."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    stale: int = 0
    published: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, error: str = "", stale: bool = False) -> None:
        """Count one request."""
        with self._lock:
            self.seconds[kind].append(seconds)
            self.stale += stale
            if error:
                self.errors[error] += 1

    def table(self, duration: float) -> str:
        """Return requests a second, medians and 99th percentiles in milliseconds."""
        rows = [*self.seconds.items(), ("all", [s for some in self.seconds.values() for s in some])]
        lines = [f"{'':<12}{'requests':>10}{'a second':>10}{'median':>12}{'p99':>12}"]
        for kind, some in rows:
            lines.append(
                f"{kind:<12}{len(some):>10,}{len(some) / duration:>10.1f}"
                f"{statistics.median(some) * 1000:>9.1f} ms{percentile(some, 99) * 1000:>9.1f} ms"
            )
        lines.append(
            f"{self.published} publishes, {self.stale} stale answers, {self.errors.total()} errors"
        )
        lines += [f"  {number} × {error}" for error, number in self.errors.most_common(5)]
        return "\n".join(lines)


def percentile(values: list[float], percent: int) -> float:
    """Return the smallest of the values that `percent` of them don't exceed.

    >>> percentile([3, 1, 2], 99)
    3
    """
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def is_stale(body: str, acknowledged: int) -> bool:
    """Return whether an answer lacks what was published before it was asked for.

    >>> is_stale("<h3>Bulletin 000007</h3>", 7), is_stale("<h3>Bulletin 000006</h3>", 7)
    (False, True)
    """
    return acknowledged > max((int(number) for number in NEWS.findall(body)), default=0)


class LoadTest:
    """Visitors who ask `fetch(path)` for status and text, and a writer who calls `publish(number)`."""

    def __init__(
        self, fetch: Callable[[str], tuple[int, str]], publish: Callable[[int], object]
    ) -> None:
        self.fetch = fetch
        self.publish = publish
        self.tally = Tally()
        self.acknowledged = 0
        self._over = threading.Event()

    def run(self, connections: int, duration: float) -> Tally:
        """Let all of them at it for so many seconds."""
        visitors = [
            threading.Thread(target=self._visit, args=(number,)) for number in range(connections)
        ]
        for thread in visitors:
            thread.start()
        until = time.monotonic() + duration
        try:
            for number in itertools.count(1):
                begun = time.monotonic()
                self.publish(number)
                self.acknowledged = number
                self.tally.published = number
                if time.monotonic() >= until:
                    break
                self._over.wait(min(max(0, begun + PAUSE - time.monotonic()), duration))
        finally:
            self._over.set()
            for thread in visitors:
                thread.join()
        return self.tally

    def _visit(self, visitor: int) -> None:
        for kind, path in requests(visitor):
            if self._over.is_set():
                return
            acknowledged, begun, error, stale = self.acknowledged, time.perf_counter(), "", False
            try:
                status, body = self.fetch(path)
            except (OSError, HTTPException) as problem:
                error = repr(problem)
            else:
                if status != 200:
                    error = f"{status} for {path}"
                elif kind in SHOWS_NEWS:
                    stale = is_stale(body, acknowledged)
            self.tally.note(kind, time.perf_counter() - begun, error, stale)


def requests(visitor: int) -> Iterator[tuple[str, str]]:
    """Yield what a visitor asks for, kind and path, without end; each visitor asks in another order."""
    chance = random.Random(visitor)
    kinds, weights = zip(*MIX, strict=True)
    while True:
        kind = chance.choices(kinds, weights)[0]
        day = f"{chance.randint(2018, 2023)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield (
            kind,
            {
                "kept page": "/impact/",
                "search": f"/impact/?q={WORD}&sort=newest",
                "not kept": f"/impact/?category={CATEGORY}&since={day}",
                "feed": "/impact/feed/",
            }[kind],
        )


def main() -> None:
    """Prepare a site, serve it, let visitors and a writer at it, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    options = parser.parse_args()
    [site] = prepared([options.entries], options.folder)
    with SiteProcess(site) as writer, site_server(site) as port:

        def fetch(path: str) -> tuple[int, str]:
            status, _headers, body = get(port, path)
            return status, body.decode()

        writer.start_news()
        try:
            tally = LoadTest(fetch, writer.publish_news).run(options.connections, options.seconds)
        finally:
            writer.end_news()
    print(f"{options.entries:,} entries, {options.connections} connections, {options.seconds} s")
    print(tally.table(options.seconds))
    if tally.stale or tally.errors:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
