"""Several at once: nothing that was committed is lost, and nobody reads what was before."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections, transaction

from home.models import HomePage
from impact.catalogue import snapshot as snapshot_module
from impact.catalogue.selection import select
from impact.catalogue.snapshot import snapshot, warm
from impact.filters.gallery import GalleryFilter
from impact.freshness import state
from impact.freshness.models import Change, Scope
from impact.freshness.state import mark
from tests.catalogue.walk import entries
from tests.factories import make_story

pytestmark = pytest.mark.django_db(transaction=True)
# Threads wait so long for each other before a test has failed, in seconds.
PATIENCE = 30

Start = Callable[..., Future[Any]]


@pytest.fixture
def aside() -> Iterator[Start]:
    """Start something in a thread with a database connection of its own."""

    def closing(work: Callable[..., Any], *args: Any) -> Any:
        try:
            return work(*args)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        yield lambda work, *args: pool.submit(closing, work, *args)


def shown() -> list[str]:
    return [row.title for row in select(GalleryFilter())]


def publish(story: Any, title: str) -> None:
    story.title = title
    story.save_revision().publish()


def needs_several_writers() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")


def test_whoever_commits_last_is_not_lost_though_it_began_first(
    home: HomePage, aside: Start
) -> None:
    needs_several_writers()
    slow, *quick = [make_story(name) for name in ("Slow", "One", "Two", "Three")]
    marked, commit = Event(), Event()

    def publish_slowly() -> None:
        with transaction.atomic():
            publish(slow, "Slow, anew")
            marked.set()
            assert commit.wait(PATIENCE)

    writer = aside(publish_slowly)
    try:
        assert marked.wait(PATIENCE)
        numbers = []
        for story in quick:
            publish(story, f"{story.title}, anew")
            numbers.append(snapshot().number)
            assert not Change.objects.exists()
        assert shown() == ["Three, anew", "Two, anew", "One, anew", "Slow"]
    finally:
        commit.set()
    writer.result(PATIENCE)
    assert shown() == ["Three, anew", "Two, anew", "One, anew", "Slow, anew"]
    assert sorted({*numbers, snapshot().number}) == [*numbers, snapshot().number]
    assert shown() == [page.title for page in entries()]


def test_whoever_reads_while_a_change_is_worked_off_waits_for_it(
    home: HomePage, aside: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = make_story("Before")
    assert shown() == ["Before"]
    working, go_on = Event(), Event()
    handlers = list(state._handlers)
    worked_off: list[int] = []

    def slowly(changes: Sequence[Change], number: int) -> None:
        worked_off.extend(change.pk for change in changes)
        working.set()
        assert go_on.wait(PATIENCE)

    monkeypatch.setattr(state, "_handlers", [slowly, *handlers])
    writer = aside(publish, story, "After")
    try:
        assert working.wait(PATIENCE)
        readers = [aside(shown) for _ in range(2)]
        # Nobody can answer: the title that holds is committed, and not yet in the rows.
        assert not any(reader.done() for reader in readers)
    finally:
        go_on.set()
    writer.result(PATIENCE)
    assert [reader.result(PATIENCE) for reader in readers] == [["After"]] * 2
    # They waited for whoever was first, and did not do the same.
    assert len(set(worked_off)) == len(worked_off)


def test_what_is_committed_while_marks_are_worked_off_is_not_taken_for_done(
    home: HomePage, aside: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_several_writers()
    first, second = make_story("First"), make_story("Second")
    assert shown() == ["Second", "First"]
    committed = Event()
    handlers = list(state._handlers)

    def publish_meanwhile() -> None:
        with transaction.atomic():
            transaction.on_commit(committed.set)
            publish(second, "Second, anew")

    def slowly(changes: Sequence[Change], number: int) -> None:
        if not committed.is_set():
            writers.append(aside(publish_meanwhile))
            assert committed.wait(PATIENCE)

    writers: list[Future[Any]] = []
    # The other one comes after the rows have been written.
    monkeypatch.setattr(state, "_handlers", [*handlers, slowly])
    publish(first, "First, anew")
    for writer in writers:
        writer.result(PATIENCE)
    assert shown() == ["Second, anew", "First, anew"]


def test_all_who_publish_at_once_are_seen(home: HomePage, aside: Start) -> None:
    stories = [make_story(f"Story {number}") for number in range(4)]
    writers = [aside(publish, story, f"{story.title}, anew") for story in stories]
    for writer in writers:
        writer.result(PATIENCE)
    assert shown() == [f"Story {number}, anew" for number in (3, 2, 1, 0)]
    assert not Change.objects.exists()


def test_a_worker_that_starts_works_off_what_another_left(home: HomePage) -> None:
    story = make_story("Before")
    assert shown() == ["Before"]
    # As it is when a process is killed between its commit and what follows.
    type(story).objects.filter(pk=story.pk).update(title="After")
    Change.objects.create(scope=Scope.PAGE, key=story.pk)
    warm()
    assert not Change.objects.exists()
    assert shown() == ["After"]


def test_threads_of_one_process_never_wait_for_each_other_in_a_circle(
    home: HomePage, aside: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_several_writers()
    story = make_story("Before")
    assert shown() == ["Before"]
    read, asked = Event(), Event()

    def publish_and_read_twice() -> list[list[str]]:
        with transaction.atomic():
            publish(story, "Once")
            # From here on this transaction holds the version, which others wait for.
            first = shown()
            read.set()
            assert asked.wait(PATIENCE)
            publish(story, "Twice")
            return [first, shown()]

    def read_meanwhile() -> list[str]:
        mark(Scope.SITE, "something else")
        # As in a process that has just been started.
        monkeypatch.setattr(snapshot_module, "_present", None)
        settle = state.settle
        monkeypatch.setattr(state, "settle", lambda: (asked.set(), settle())[1])
        return shown()

    writer = aside(publish_and_read_twice)
    assert read.wait(PATIENCE)
    with monkeypatch.context() as patch:
        # The mark of the other thread is left to its reader.
        patch.setattr(transaction, "on_commit", lambda *args, **kwargs: None)
        reader = aside(read_meanwhile)
        assert asked.wait(PATIENCE)
    assert writer.result(PATIENCE) == [["Once"], ["Twice"]]
    assert reader.result(PATIENCE) == ["Twice"]
