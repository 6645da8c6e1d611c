"""What is measured inside one process: pages being made, counts, search, publishing.

A measure is run once to be timed, and what it gave is checked: a wrong answer ends the benchmark.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks import task_backends

from impact.catalogue import facets
from impact.catalogue.selection import chosen_values, select, within
from impact.catalogue.snapshot import Snapshot, snapshot
from impact.entries.models import EntryPage, StoryPage
from impact.filters.gallery import FACETS, GalleryFilter
from impact.freshness.state import held
from impact.media.background import ThreadBackend
from impact.taxonomy.models import Category
from tests.benchmarks import design_b, stories
from tests.benchmarks.fill import WORD, WORD_EVERY
from tests.benchmarks.paths import CATEGORY, PAGES, YEAR

CARDS = 24
FEED_ENTRIES = 50


class WrongAnswerError(Exception):
    """What was measured did not do what it should."""


@dataclass(frozen=True)
class Measure:
    """Something to time. `check` gets what `run` gave; `before` and `after` are not timed."""

    run: Callable[[], Any]
    check: Callable[[Any], None] = lambda given: None
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None

    def milliseconds(self) -> float:
        """Return how long it takes, once."""
        self.before()
        begun = time.perf_counter()
        given = self.run()
        elapsed = (time.perf_counter() - begun) * 1000
        self.check(given)
        self.after()
        return elapsed

    def statements(self) -> int:
        """Return how many SQL statements it takes."""
        self.before()
        with CaptureQueriesContext(connection) as queries:
            self.check(self.run())
        self.after()
        return len(queries)


def require(right: bool, message: str) -> None:
    """Raise `WrongAnswerError` unless something is right."""
    if not right:
        raise WrongAnswerError(message)


def measures() -> dict[str, Measure]:
    """Return what can be measured, by name."""
    return {
        **{name: _page(name, path) for name, path in PAGES.items()},
        **_counting(),
        **_searching(),
        "publish": _publishing(),
    }


def expected() -> int:
    """Return how many entries the filter selects, as the pages say."""
    found = EntryPage.objects.live().public().filter(date__year=YEAR, category__slug=CATEGORY)
    return int(found.count())


def _page(name: str, path: str) -> Measure:
    client, check = Client(), _CHECKS.get(name)
    total = expected()

    def checked(response: Any) -> None:
        require(response.status_code == 200, f"{path} answers {response.status_code}")
        if check:
            check(response.content.decode(), total)

    return Measure(lambda: client.get(path), checked)


def _check_gallery(html: str, total: int) -> None:
    require(total >= CARDS, f"the filter selects {total} entries, fewer than {CARDS}")
    shown = re.search(r'data-results="(\d+)"', html)
    require(shown is not None and int(shown[1]) == total, f"the gallery is not of {total} entries")
    _check_cards(html)


def _check_plain(html: str, total: int) -> None:
    require(f"<p>{total}</p>" in html, f"the plain listing is not of {total} entries")
    _check_cards(html)


def _check_cards(html: str) -> None:
    require(html.count('data-entry="') == CARDS, f"there are not {CARDS} cards")
    require(html.count("<img") >= CARDS, "cards are without pictures")


def _check_feed(xml: str, total: int) -> None:
    require(xml.count("<item>") == FEED_ENTRIES, f"the feed is not of {FEED_ENTRIES} entries")


_CHECKS: dict[str, Callable[[str, int], None]] = {
    "gallery": _check_gallery,
    "plain listing": _check_plain,
    "feed": _check_feed,
}


def _counting() -> dict[str, Measure]:
    """All facet counts: by the index, and by the statement of design B."""
    # The tables are made of the rows, so these have to be of now. Neither side asks whether they still are:
    # a request asks that once, for everything on its page.
    content = snapshot()
    design_b.build()
    category = Category.objects.get(slug=CATEGORY).pk
    wanted = GalleryFilter(category=(CATEGORY,), year=(str(YEAR),))
    right = design_b.counts(YEAR, category)
    require(expected() == sum(right["kind"].values()), "design B selects other entries")

    def same(found: design_b.Counts) -> None:
        require(found == right, "index and SQL give different counts")

    return {
        "counts": Measure(
            lambda: _index_counts(content, wanted),
            lambda found: same({k: _named(found[k]) for k in FACETS}),
        ),
        "counts, SQL": Measure(lambda: design_b.counts(YEAR, category), same),
    }


def _index_counts(content: Snapshot, wanted: GalleryFilter) -> dict[str, dict[Any, int]]:
    chosen, rest = chosen_values(content, wanted), within(content, wanted)
    return {facet: content.index.count(facet, chosen, rest) for facet in FACETS}


def _named(counts: dict[Any, int]) -> dict[str, int]:
    return {str(value): number for value, number in counts.items()}


def _searching() -> dict[str, Measure]:
    """A word in one of twenty entries: page, total and all counts, against the bare statement."""
    total = int(EntryPage.objects.live().public().filter(Q(summary__contains=WORD)).count())
    share = total * WORD_EVERY / EntryPage.objects.live().count()
    require(0.8 < share < 1.2, f"{total} entries hold the word, not one in {WORD_EVERY}")
    wanted = GalleryFilter(q=WORD)

    def search() -> tuple[int, int, int]:
        with held():
            found = select(wanted)
            kinds = next(facet for facet in facets.count(wanted) if facet.key == "kind")
            return found.count(), sum(v.count for v in kinds.values), len(found[:CARDS])

    def forget() -> None:
        # What was searched for is remembered for a version.
        snapshot()._searches.clear()

    def check(given: tuple[int, int, int]) -> None:
        require(given == (total, total, CARDS), f"a search gives {given}, not {total}")

    def check_bare(found: list[tuple[int, float]]) -> None:
        require(len(found) == total, f"the statement finds {len(found)}, not {total}")

    return {
        "search": Measure(search, check, before=forget),
        "search, SQL": Measure(lambda: _bare_search(), check_bare),
    }


# A word alone, with the rank that the database has for it: no other forms, no order of our own.
_BARE = {
    "postgresql": "SELECT entry_id, ts_rank(words, query) "
    "FROM catalogue_text, CAST(%s AS tsquery) query WHERE words @@ query",
    "sqlite": "SELECT rowid, bm25(catalogue_text) FROM catalogue_text WHERE catalogue_text MATCH %s",
}


def _bare_search() -> list[tuple[int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(_BARE[connection.vendor], [WORD])
        return list(cursor.fetchall())


def _publishing() -> Measure:
    """One story from draft to public; taken down again, so that the collection stays as it was."""
    slug = "published-by-the-benchmark"
    # Not of the year that the gallery is filtered by, so that its count stays.
    stories.draft(slug, date(YEAR + 1, 5, 1))

    def page() -> StoryPage:
        found: StoryPage = StoryPage.objects.get(slug=slug)
        return found

    def check(given: None) -> None:
        require(page().pk in snapshot().index, "the published story is not in the gallery")

    def unpublish() -> None:
        page().unpublish()
        snapshot()
        # Copies of pictures are made beside the requests; what is timed next has the process alone.
        if isinstance(pictures := task_backends["pictures"], ThreadBackend):
            pictures.line.join()

    return Measure(lambda: stories.publish(slug, "A story"), check, after=unpublish)
