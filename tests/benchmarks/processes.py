"""One process for each site, so that sites of different sizes are measured in turn.

The parent asks, a line of JSON for each question; the process answers with a line.
"""

import json
import subprocess
import sys
from functools import cached_property
from types import TracebackType
from typing import Any

import django

from tests.benchmarks.paths import PAGES
from tests.benchmarks.sites import ROOT, BenchSite


class SiteProcess:
    """The parent's side of a process that has loaded a site and measures when asked."""

    def __init__(self, site: BenchSite) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.processes"],
            env=site.environment(DJANGO_SETTINGS_MODULE="tests.benchmarks.settings"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "SiteProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def milliseconds(self, measure: str) -> float:
        """Return how long a measure takes, once."""
        return float(self._ask("milliseconds", measure))

    def statements(self, measure: str) -> int:
        """Return how many SQL statements a measure takes."""
        return int(self._ask("statements", measure))

    def memory(self) -> float:
        """Return what the process keeps for itself alone, in MB, once it has served some pages."""
        return float(self._ask("memory"))

    def start_news(self) -> None:
        """Write the story that is published again and again."""
        self._ask("start_news")

    def publish_news(self, number: int) -> None:
        """Publish it with a number; returns when that is done."""
        self._ask("publish_news", number)

    def end_news(self) -> None:
        """Take it away."""
        self._ask("end_news")

    def _ask(self, question: str, *arguments: object) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([question, *arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(
                f"the process that measures ended, see above ({question}, {arguments})"
            )
        return json.loads(line)


def own_memory() -> float:
    """Return the memory of this process without files that it maps, in MB; `nan` where unknown."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            found = next(line for line in file if line.startswith("RssAnon"))
    except (OSError, StopIteration):
        return float("nan")
    return int(found.split()[1]) / 1024


class _Answers:
    """The process's side: a method for each question."""

    def __init__(self) -> None:
        # A worker as it is after some visits, before anything else is made here.
        from django.test import Client

        for path in PAGES.values():
            Client().get(path)
        self._memory = own_memory()

    @cached_property
    def _measures(self) -> "dict[str, Measure]":
        from tests.benchmarks.measures import measures

        return measures()

    def memory(self) -> float:
        return self._memory

    def milliseconds(self, measure: str) -> float:
        return self._measures[measure].milliseconds()

    def statements(self, measure: str) -> int:
        return self._measures[measure].statements()

    def start_news(self) -> None:
        stories.start_news()

    def publish_news(self, number: int) -> None:
        stories.publish_news(number)

    def end_news(self) -> None:
        stories.end_news()


def answer() -> None:
    """Answer the parent's questions until it says no more."""
    answers = _Answers()
    for line in sys.stdin:
        question, *arguments = json.loads(line)
        print(json.dumps(getattr(answers, question)(*arguments)))
        sys.stdout.flush()


if __name__ == "__main__":
    django.setup()

    from tests.benchmarks import stories
    from tests.benchmarks.measures import Measure

    answer()
