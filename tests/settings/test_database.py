"""SQLite is set up for a web server, on every connection."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.utils import ConnectionHandler

from impact.settings.env import database

pytestmark = pytest.mark.django_db


def test_each_connection_to_sqlite_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/site.sqlite3")
    connection = ConnectionHandler({"default": database("")})["default"]
    found = {}
    try:
        with connection.cursor() as cursor:
            for name in ("journal_mode", "busy_timeout", "foreign_keys", "synchronous"):
                cursor.execute(f"PRAGMA {name}")
                found[name] = cursor.fetchone()[0]
    finally:
        connection.close()
    assert found == {
        "journal_mode": "wal",
        "busy_timeout": 20_000,
        "foreign_keys": 1,
        "synchronous": 1,
    }
    # The write lock from the start of a transaction.
    assert connection.transaction_mode == "IMMEDIATE"


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
