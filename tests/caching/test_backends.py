"""The cache with a real Redis server, and with none."""

import pytest

from impact.caching.backends import TolerantRedisCache
from impact.settings.env import cache
from tests.services import redis_url, unused_port


def backend(url: str) -> TolerantRedisCache:
    config = cache(url)
    return TolerantRedisCache(config["LOCATION"], {"OPTIONS": config["OPTIONS"]})


def test_it_stores_in_redis() -> None:
    store = backend(redis_url())
    store.set("impact-test", {"a": 1}, timeout=30)
    assert store.get("impact-test") == {"a": 1}
    assert store.add("impact-test", 2) is False
    assert store.delete("impact-test") is True
    assert store.get("impact-test", "gone") == "gone"


def test_without_a_server_everything_misses_and_nothing_fails(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = backend(f"redis://127.0.0.1:{unused_port()}/0")
    assert store.get("key", "default") == "default"
    assert store.get_many(["a", "b"]) == {}
    assert store.set_many({"a": 1}) == ["a"]
    assert store.add("key", 1) is False
    assert store.touch("key") is False
    assert store.has_key("key") is False
    store.set("key", 1)
    store.delete_many(["key"])
    store.clear()
    assert store.get_or_set("key", 5) == 5
    assert "can't be reached" in caplog.text
