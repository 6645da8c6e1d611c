"""The rows that a database has after its migrations, put back once a test has committed others.

Django empties all tables then and tells every app of it as after a migration, which takes half a second:
content types, permissions, groups and the site tree are made anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction


@dataclass
class Pristine:
    """Rows by their tables; as PostgreSQL writes them, or as SQLite's values with their number of columns."""

    tables: dict[str, Any] = field(default_factory=dict)

    def remember(self) -> None:
        """Read all rows."""
        with connection.cursor() as cursor:
            read = _copied if connection.vendor == "postgresql" else _selected
            self.tables = dict(read(cursor, _tables(cursor)))

    def put_back(self, *args: Any, **kwargs: Any) -> None:
        """Write them into tables that are empty; stands in for what Django calls after `flush`."""
        # Foreign keys are looked at when a transaction ends, so the order makes no difference.
        with transaction.atomic(), connection.cursor() as cursor:
            write = _copy if connection.vendor == "postgresql" else _insert
            write(cursor, self.tables)
            # `flush` may have started them anew.
            models = apps.get_models(include_auto_created=True)
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def _tables(cursor: Any) -> list[str]:
    """Return the tables that `flush` empties, but not those that a trigger of another one fills."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    if connection.vendor == "postgresql":
        return names
    cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
    return sorted(set(names) - {name for (name,) in cursor.fetchall()})


def _copied(cursor: Any, tables: list[str]) -> Iterator[tuple[str, bytes]]:
    for table in tables:
        with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
            if rows := b"".join(copy):
                yield table, rows


def _copy(cursor: Any, tables: Mapping[str, bytes]) -> None:
    for table, rows in tables.items():
        with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            copy.write(rows)


def _selected(cursor: Any, tables: list[str]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    for table in tables:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        if rows := cursor.fetchall():
            yield table, rows


def _insert(cursor: Any, tables: Mapping[str, list[tuple[Any, ...]]]) -> None:
    for table, rows in tables.items():
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)  # noqa: S608
