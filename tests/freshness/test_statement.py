"""The statement of every request is right however it is asked, and whatever became of the connection."""

from collections.abc import Callable
from unittest.mock import patch

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from impact.freshness import state
from impact.freshness.models import Scope
from impact.freshness.statement import Row, ask, ask_at_hand

pytestmark = pytest.mark.django_db(transaction=True)

only_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="there is a server on PostgreSQL only"
)


def ask_as_django_does() -> Row | None:
    with CaptureQueriesContext(connection) as asked:
        row = ask()
    assert len(asked) == 1
    return row


@pytest.fixture
def number() -> int:
    """The version."""
    return state.settle()


def test_both_ways_of_asking_give_the_same(number: int) -> None:
    assert ask_as_django_does() == ask() == ask_at_hand() == Row(number, False)
    with transaction.atomic():
        state.mark(Scope.SITE, "something")
        # What is not committed yet is seen from within, and not at hand.
        assert ask() == Row(number, True)
        assert ask_at_hand() is None
        transaction.set_rollback(True)
    with patch.object(state, "settle"):
        state.mark(Scope.SITE, "something")
    assert ask_as_django_does() == ask() == ask_at_hand() == Row(number, True)


def test_nothing_is_at_hand_before_there_is_a_connection(number: int) -> None:
    connection.close()
    assert ask_at_hand() is None
    assert connection.connection is None
    assert ask() == Row(number, False)
    assert ask_at_hand() == Row(number, False)


def test_a_database_that_is_away_is_an_error(number: int) -> None:
    connection.close()
    with patch.object(connection, "connect", side_effect=OperationalError("refused")):
        assert ask_at_hand() is None
        with pytest.raises(OperationalError):
            ask()


@only_postgresql
@pytest.mark.parametrize("way", [ask, ask_at_hand])
def test_a_connection_that_the_server_ended_is_replaced(
    number: int, way: Callable[[], Row | None]
) -> None:
    assert ask() == Row(number, False)
    ended = connection.connection
    with psycopg.connect(**ended.info.get_parameters(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [ended.info.backend_pid])
    assert way() == (Row(number, False) if way is ask else None)
    assert connection.connection is not ended
    assert ask() == Row(number, False)


@only_postgresql
def test_a_statement_that_the_server_forgot_is_prepared_again(number: int) -> None:
    def known() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            return int(cursor.fetchone()[0])

    ask()
    assert known() == 1
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    for _ in range(2):
        assert ask() == Row(number, False)
    assert known() == 1
