"""The statement that every request asks: which version of the content holds, and whether it holds all."""

import sqlite3
from typing import NamedTuple
from weakref import WeakSet

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import pq

from impact.freshness.models import Change, ContentVersion

ONLY = 1
# Written out: the ORM would take longer to say it than the database takes to answer.
_SQL = (
    f"SELECT number, EXISTS (SELECT 1 FROM {Change._meta.db_table}) "  # noqa: S608
    f"FROM {ContentVersion._meta.db_table} WHERE id = {ONLY}"
)
_NAME = b"impact_version"
# The connections to PostgreSQL that know the statement by its name.
_prepared: WeakSet[psycopg.Connection] = WeakSet()


class Row(NamedTuple):
    """The answer: the version's number, and whether marks are left that it does not hold."""

    number: int
    unsettled: bool


def ask() -> Row | None:
    """Return what the database says; `None` before there is a version.

    Raises Django's `OperationalError` when the database can't be reached.
    """
    # Looked up once: `django.db.connection` looks it up for each of its attributes.
    database = connections[DEFAULT_DB_ALIAS]
    # Whoever counts statements wants to see this one too.
    if not database.queries_logged and (row := _ask_directly(database)):
        return row
    with database.cursor() as cursor:
        cursor.execute(_SQL)
        found = cursor.fetchone()
    return found and Row(*found)


def ask_at_hand() -> Row | None:
    """Return the same where it can be had at once: `None` without an open connection, or if it fails.

    Nothing is lost then: who asks again in the other way is given a new connection, or an error.
    """
    return _ask_directly(connections[DEFAULT_DB_ALIAS])


def _ask_directly(database: BaseDatabaseWrapper) -> Row | None:
    """Ask past Django's cursors, in a fifth of their time: outside of transactions, where all works."""
    if database.connection is None or not database.autocommit:
        return None
    try:
        if database.vendor == "postgresql":
            return _ask_prepared(database.connection)
        found = database.connection.execute(_SQL).fetchone()
        return found and Row(*found)
    except (psycopg.Error, sqlite3.Error):
        # A server that was restarted. Django would find out only at the end of the request.
        if not database.is_usable():
            database.close()
        return None


def _ask_prepared(server: psycopg.Connection) -> Row | None:
    if server not in _prepared:
        server.pgconn.prepare(_NAME, _SQL.encode())
        _prepared.add(server)
    result = server.pgconn.exec_prepared(_NAME, None)
    if result.status != pq.ExecStatus.TUPLES_OK:
        _prepared.discard(server)
        raise psycopg.OperationalError(result.error_message)
    if not result.ntuples:
        return None
    return Row(int(result.get_value(0, 0) or 0), result.get_value(0, 1) == b"t")
