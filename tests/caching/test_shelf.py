"""Answers near and far, and one maker for many who ask."""

from collections.abc import Iterator
from threading import Thread
from time import monotonic, sleep
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from impact.caching import shelf
from impact.caching.answers import Answer, make_answer
from impact.gallery.models import GalleryPage
from impact.settings.env import cache, memory
from tests.services import redis_url, unused_port

pytestmark = pytest.mark.any_database


def answer(version: int = 1) -> Answer:
    return make_answer(HttpResponse(b"page"), version, made=0, until=2**40)


@pytest.fixture
def tiers(settings: Settings) -> Iterator[list[str]]:
    """Two processes: each has a memory of its own, both have one server."""
    settings.CACHES = {
        "default": cache("locmem://"),
        "one": memory("one", size=50),
        "two": memory("two", size=50),
        "far": cache(redis_url()),
    }
    settings.PAGE_CACHES = ["one", "far"]
    yield settings.PAGE_CACHES
    for alias in ("one", "two", "far"):
        caches[alias].clear()


def test_what_one_process_made_the_other_finds(settings: Settings, tiers: list[str]) -> None:
    shelf.keep("key", answer())
    settings.PAGE_CACHES = ["two", "far"]
    assert shelf.find("key", lambda a: a.version == 1) == answer()
    # From now on without asking the server.
    caches["far"].clear()
    assert shelf.find("key", lambda a: a.version == 1) == answer()
    assert shelf.find("key", lambda a: a.version == 2) is None


def test_what_is_outdated_near_is_looked_for_afar(settings: Settings, tiers: list[str]) -> None:
    shelf.keep("key", answer(1))
    settings.PAGE_CACHES = ["two", "far"]
    shelf.keep("key", answer(2))
    settings.PAGE_CACHES = ["one", "far"]
    assert shelf.find("key", lambda a: a.version == 2) == answer(2)


def test_without_the_server_each_process_keeps_its_own(settings: Settings) -> None:
    settings.CACHES = {
        "default": cache("locmem://"),
        "one": memory("one", size=50),
        "far": cache(f"redis://127.0.0.1:{unused_port()}/0"),
    }
    settings.PAGE_CACHES = ["one", "far"]
    begun = monotonic()
    assert shelf.take_turn("key", lambda: None) is None
    shelf.keep("key", answer())
    shelf.end_turn("key")
    assert shelf.find("key", lambda a: True) == answer()
    # Nobody waits for a turn that a dead server can't give.
    assert monotonic() - begun < shelf.WAITING


def test_who_was_answered_by_another_process_leaves_no_turn_behind(
    settings: Settings, tiers: list[str]
) -> None:
    settings.PAGE_CACHES = ["two", "far"]
    assert shelf.take_turn("key", lambda: None) is None
    settings.PAGE_CACHES = ["one", "far"]
    assert shelf.take_turn("key", answer) == answer()
    settings.PAGE_CACHES = ["two", "far"]
    shelf.end_turn("key")
    settings.PAGE_CACHES = ["one", "far"]
    waited: list[int] = []
    assert shelf.take_turn("key", lambda: waited.append(1)) is None
    assert not waited


@pytest.mark.django_db(transaction=True)
def test_a_page_is_made_once_for_all_who_ask_at_once(
    site: SimpleNamespace, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    original = GalleryPage.serve

    def slow(*args: object, **kwargs: object) -> object:
        sleep(0.5)
        return original(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(GalleryPage, "serve", slow)
    Client().get("/")
    made.clear()
    bodies: list[bytes] = []

    def ask() -> None:
        from django.db import connection

        try:
            bodies.append(Client().get("/impact/").content)
        finally:
            connection.close()

    callers = [Thread(target=ask) for _ in range(6)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len(bodies) == 6
    assert len(set(bodies)) == 1
    assert len(made) == 1


def test_who_waits_too_long_makes_their_own(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "WAITING", 0.1)
    assert shelf.take_turn("key", lambda: None) is None
    # The first never comes back.
    assert shelf.take_turn("key", lambda: None) is None
    shelf.end_turn("key")


def test_what_is_not_kept_after_all_holds_nobody_up(kept: None) -> None:
    assert shelf.take_turn("key", lambda: None) is None
    ended = Thread(target=lambda: (sleep(0.1), shelf.end_turn("key")))
    ended.start()
    begun = monotonic()
    assert shelf.take_turn("key", lambda: None) is None
    assert monotonic() - begun < shelf.WAITING
    ended.join()


def test_what_nobody_asks_for_makes_room(settings: Settings) -> None:
    settings.CACHES = {"default": cache("locmem://"), "one": memory("one", size=10)}
    settings.PAGE_CACHES = ["one"]
    for number in range(50):
        shelf.keep(str(number), answer())
        assert shelf.find("0", lambda a: True)
    there = [n for n in range(50) if shelf.find(str(n), lambda a: True)]
    assert there == [0, *range(41, 50)]
    # The object itself: a copy of a page would take longer than all else.
    assert caches["one"].get("0") is caches["one"].get("0")


def test_values_in_memory_end(settings: Settings) -> None:
    settings.CACHES = {"default": cache("locmem://"), "one": memory("one", size=10)}
    store = caches["one"]
    assert store.add("key", 1, 0.05)
    assert not store.add("key", 2, 60)
    assert store.get("key") == 1
    sleep(0.1)
    assert store.get("key", "over") == "over"
    assert store.add("key", 2, None)
    assert store.delete("key")
    assert not store.delete("key")
