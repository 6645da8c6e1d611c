"""Health answers: alive without asking anybody, ready only when all answer."""

import json
import socket
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from impact.pages.health import Database
from impact.settings.env import cache


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def cache_is_down(settings: Settings) -> None:
    settings.CACHES = {"default": cache(f"redis://127.0.0.1:{free_port()}/0")}


@pytest.mark.django_db
def test_live_asks_nobody(
    client: Client, cache_is_down: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz/live/")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/json", "image/png"])
def test_ready_says_in_json_what_answers(client: Client, accept: str) -> None:
    response = client.get("/healthz/ready/", headers={"accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "cache": "ok", "storage": "ok"},
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_ready_leaves_no_file_behind(client: Client, settings: Settings) -> None:
    client.get("/healthz/ready/")
    assert [p for p in Path(settings.MEDIA_ROOT).rglob("*test-*.txt") if p.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_ready_names_a_cache_that_is_down(client: Client, cache_is_down: None) -> None:
    response = client.get("/healthz/ready/")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert response.json()["checks"] == {"database": "ok", "cache": "failed", "storage": "ok"}
    caches.close_all()


def test_ready_names_a_database_that_is_down(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_db_blocker: object
) -> None:
    """An address where no database answers, in place of the real one."""
    from django.db.backends.postgresql.base import DatabaseWrapper

    template = connections["default"].settings_dict
    down = DatabaseWrapper(
        {
            **template,
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "gone",
            "USER": "nobody",
            "HOST": "127.0.0.1",
            "PORT": str(free_port()),
            "OPTIONS": {"connect_timeout": 2},
        }
    )
    monkeypatch.setattr(type(connections), "__getitem__", lambda self, alias: down, raising=True)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        response = client.get("/healthz/ready/")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "failed", "cache": "ok", "storage": "ok"}
    assert "127.0.0.1" not in json.dumps(response.json())


def test_a_database_that_hangs_is_given_up(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a pool does that waits for a free connection."""
    let_go = threading.Event()
    monkeypatch.setattr(Database, "timeout", timedelta(seconds=-0.8))
    monkeypatch.setattr(Database, "run", lambda self: let_go.wait(30) and None)
    started = time.monotonic()
    response = client.get("/healthz/ready/")
    taken = time.monotonic() - started
    let_go.set()
    assert response.status_code == 503
    assert response.json()["checks"]["database"] == "failed"
    assert taken < 10


@pytest.mark.django_db(transaction=True)
def test_ready_names_a_storage_that_is_down(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(blocked)},
        },
    }
    response = client.get("/healthz/ready/")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "ok", "cache": "ok", "storage": "failed"}


@pytest.mark.django_db
def test_health_needs_no_tls(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
    assert client.get("/healthz/live/").status_code == 200
    assert client.get("/").status_code == 301
