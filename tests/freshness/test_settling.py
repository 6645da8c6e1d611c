"""Marks are worked off before anybody reads, whoever left them."""

import os
from collections.abc import Callable, Iterator, Sequence

import pytest
from django.db import connections, transaction

from impact.freshness import state
from impact.freshness.models import Change, ContentVersion
from impact.taxonomy.models import Category
from tests.factories import make_category

Seen = list[tuple[list[str], int]]


@pytest.fixture
def seen() -> Iterator[Seen]:
    """What a handler was told: keys of changes, and the version that holds them."""
    told: Seen = []

    def handler(changes: Sequence[Change], number: int) -> None:
        told.append(([change.key for change in changes], number))

    state.on_settle(handler)
    yield told
    state._handlers.remove(handler)


@pytest.mark.django_db(transaction=True)
def test_changes_of_one_transaction_are_worked_off_once(seen: Seen) -> None:
    before = state.current()
    with transaction.atomic():
        make_category("Maps")
        make_category("Rivers")
        assert not seen
    assert seen == [(["taxonomy.category"] * 2, state.current())]
    assert not Change.objects.exists()
    assert state.current() > before


@pytest.mark.django_db
def test_what_is_not_committed_is_in_what_its_own_transaction_reads(seen: Seen) -> None:
    before = state.current()
    make_category("Maps")
    assert state.current() > before
    assert seen == [(["taxonomy.category"], state.current())]


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_fails_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = state.current()

    def failing(changes: Sequence[Change], number: int) -> None:
        raise ZeroDivisionError("on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(state, "_handlers", [failing])
        # The editor's change stands; the failure is in the log.
        make_category("Maps")
        assert "on purpose" in caplog.text
        assert Change.objects.exists()
        assert ContentVersion.objects.get().number == before
        with pytest.raises(ZeroDivisionError):
            state.current()
    assert state.current() > before
    assert not Change.objects.exists()


def in_another_process(work: Callable[[], object]) -> None:
    """Do something in a copy of this process, which dies of it."""
    connections.close_all()
    if child := os.fork():
        assert os.waitpid(child, 0)[1] != 0
        return
    try:
        work()
    finally:
        os._exit(9)


@pytest.mark.django_db(transaction=True)
def test_killed_after_its_commit() -> None:
    before = state.current()

    def work() -> None:
        with transaction.atomic():
            # Comes before what a mark does after the commit.
            transaction.on_commit(lambda: os._exit(9))
            make_category("Maps")

    in_another_process(work)
    assert Category.objects.filter(name="Maps").exists()
    assert Change.objects.count() == 1
    assert ContentVersion.objects.get().number == before
    assert state.current() > before


@pytest.mark.django_db(transaction=True)
def test_killed_before_its_commit() -> None:
    before = state.current()

    def work() -> None:
        with transaction.atomic():
            make_category("Maps")
            os._exit(9)

    in_another_process(work)
    assert not Category.objects.filter(name="Maps").exists()
    assert state.current() == before


@pytest.mark.django_db(transaction=True)
def test_killed_while_working_off() -> None:
    before = state.current()

    def work() -> None:
        state._handlers.append(lambda changes, number: os._exit(9))
        make_category("Maps")

    in_another_process(work)
    assert Change.objects.count() == 1
    assert state.current() > before
