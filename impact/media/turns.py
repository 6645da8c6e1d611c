"""What is made while somebody waits for it, one at a time over all processes, and few at once in each."""

import logging
import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from django.core.cache import cache

logger = logging.getLogger(__name__)

Made = TypeVar("Made")

# In seconds. Who makes a thing has so long; others wait so long for it, and look so often.
MAKING = 60
WAITING = 10.0
LOOKING = 0.05
# Made at once in a process: each holds a whole picture in memory.
AT_ONCE = 2

_slots = BoundedSemaphore(AT_ONCE)


class BusyError(Exception):
    """Too much is being made; the caller may come again."""


def once(key: str, find: Callable[[], Made | None], make: Callable[[], Made]) -> Made:
    """Return what `find()` finds, else make it, while others who ask for the same wait for it.

    Raises `BusyError` for who has waited too long. Where the cache is away everybody makes their own.
    """
    if (found := find()) is not None:
        return found
    over = time.monotonic() + WAITING
    turn = f"making:{key}"
    while not cache.add(turn, True, MAKING):
        time.sleep(LOOKING)
        if (found := find()) is not None:
            return found
        # Given up, or a cache server that is away.
        if cache.get(turn) is None:
            break
        if time.monotonic() > over:
            raise BusyError(key)
    try:
        if (found := find()) is not None:
            return found
        if not _slots.acquire(timeout=max(0.0, over - time.monotonic())):
            raise BusyError(key)
        try:
            return make()
        finally:
            _slots.release()
    finally:
        cache.delete(turn)
