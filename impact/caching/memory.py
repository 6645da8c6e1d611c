"""A cache in this process that gives back the objects themselves: for values that never change."""

import time
from collections import OrderedDict, defaultdict
from threading import Lock
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

# By the cache's name, as Django makes an object of a cache for each thread: the one used last stands last.
_stores: dict[str, OrderedDict[str, tuple[Any, float]]] = defaultdict(OrderedDict)
_lock = Lock()


class ObjectCache(BaseCache):
    """Like Django's LocMemCache, without a copy of a value each time somebody asks for it."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._store = _stores[name]

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return the value itself."""
        key = self.make_key(key, version)
        with _lock:
            value, until = self._store.get(key, (default, 0.0))
            if until <= time.time():
                return default
            self._store.move_to_end(key)
            return value

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep the value itself, in place of the one that nobody has asked for longest."""
        key = self.make_key(key, version)
        with _lock:
            self._set(key, value, timeout)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep the value itself where there is none."""
        key = self.make_key(key, version)
        with _lock:
            if self._store.get(key, (None, 0.0))[1] > time.time():
                return False
            self._set(key, value, timeout)
            return True

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget a value."""
        with _lock:
            return self._store.pop(self.make_key(key, version), None) is not None

    def clear(self) -> None:
        """Forget all of them."""
        with _lock:
            self._store.clear()

    def _set(self, key: str, value: Any, timeout: Any) -> None:
        until = self.get_backend_timeout(timeout)
        self._store[key] = (value, float("inf") if until is None else until)
        self._store.move_to_end(key)
        while len(self._store) > self._max_entries:
            self._store.popitem(last=False)
