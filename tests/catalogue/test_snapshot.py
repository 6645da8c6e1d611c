"""What a process keeps in memory: made from what has changed, never older than the database."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from impact.catalogue import snapshot as module
from impact.catalogue.snapshot import Snapshot, snapshot, warm
from impact.freshness.models import ContentVersion, Scope
from impact.freshness.state import held, mark
from tests.factories import make_community, make_story

pytestmark = pytest.mark.django_db


def pks(content: Snapshot) -> list[int]:
    return content.index.newest(content.index.everything)


@pytest.fixture
def _only_from_changes() -> Iterator[None]:
    """Whoever reads everything anew fails."""
    snapshot()
    with patch.object(module, "_read", side_effect=AssertionError("read anew")):
        yield


def test_nothing_new_costs_one_statement_and_nothing_within_a_request(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_story()
    first = snapshot()
    with django_assert_num_queries(1):
        assert snapshot() is first
    with held(), django_assert_num_queries(1):
        assert snapshot() is snapshot() is first


@pytest.mark.usefixtures("_only_from_changes")
def test_changes_are_applied_and_the_old_one_stays_as_it_was() -> None:
    first, second = make_story(tags=["x"]), make_story(tags=["x"])
    before = snapshot()
    first.delete()
    third = make_story(tags=["x"])
    after = snapshot()
    assert pks(before) == [second.pk, first.pk]
    assert pks(after) == [third.pk, second.pk]
    assert list(after.index.totals["tag"].values()) == [2]


@pytest.mark.usefixtures("_only_from_changes")
def test_a_change_of_no_entry_keeps_the_index() -> None:
    make_story()
    before = snapshot()
    mark(Scope.SITE, "branding.sitesettings")
    after = snapshot()
    assert after.number > before.number
    assert after.index is before.index


def test_what_was_seen_before_a_rollback_is_forgotten() -> None:
    story = make_story()
    with transaction.atomic():
        make_story()
        assert len(pks(snapshot())) == 2
        transaction.set_rollback(True)
    assert pks(snapshot()) == [story.pk]
    with transaction.atomic():
        make_story()
        snapshot()
        transaction.set_rollback(True)
    other = make_story()
    assert pks(snapshot()) == [other.pk, story.pk]


def test_who_missed_too_much_reads_everything() -> None:
    story = make_story()
    snapshot()
    story.delete()
    snapshot()
    ContentVersion.objects.update(recent=[])
    other = make_story()
    with patch.object(module, "_advanced", wraps=module._advanced) as advanced:
        assert pks(snapshot()) == [other.pk]
    assert advanced.called


def test_it_says_when_the_first_entry_or_community_is_over() -> None:
    now = timezone.now()
    assert snapshot().valid_until is None
    make_story(expire_at=now + timedelta(hours=2))
    assert snapshot().valid_until == now + timedelta(hours=2)
    reef = make_community("Reef", expire_at=now + timedelta(hours=1))
    assert snapshot().valid_until == now + timedelta(hours=1)
    reef.delete()
    assert snapshot().valid_until == now + timedelta(hours=2)


def test_a_database_that_is_not_ready_does_not_stop_the_start(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with (
        patch.object(module, "snapshot", side_effect=DatabaseError("no such table")),
        patch.object(module.connections, "close_all") as closed,
    ):
        warm()
    assert "no such table" in caplog.text
    assert closed.called
