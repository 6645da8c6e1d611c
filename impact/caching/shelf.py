"""Where answers are kept: in this process, and, with a cache server, for all of them.

What is kept says which version of the content it holds, so nothing here is trusted to be new, and
everything here can be lost.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import BaseCache, caches

from impact.caching.answers import Answer

# In seconds. Who makes an answer has so long; others wait so long for it, and look so often.
MAKING = 20
WAITING = 5.0
LOOKING = 0.02
# What nobody asks for is forgotten.
KEPT = 24 * 3600


def _tiers() -> list[BaseCache]:
    """Return the caches, the nearest first."""
    return [caches[alias] for alias in settings.PAGE_CACHES]


def find(key: str, wanted: Callable[[Answer], bool]) -> Answer | None:
    """Return the answer of a key that is as wanted; one from afar is kept near as well."""
    passed: list[BaseCache] = []
    for tier in _tiers():
        answer: Answer | None = tier.get(key)
        if answer is not None and wanted(answer):
            for nearer in passed:
                nearer.set(key, answer, KEPT)
            return answer
        passed.append(tier)
    return None


def find_near(key: str, wanted: Callable[[Answer], bool]) -> Answer | None:
    """Return the answer of a key that is as wanted, if it is in the nearest cache."""
    tiers = _tiers()
    answer: Answer | None = tiers[0].get(key) if tiers else None
    return answer if answer is not None and wanted(answer) else None


def keep(key: str, answer: Answer) -> None:
    """Keep an answer under a key."""
    for tier in _tiers():
        tier.set(key, answer, KEPT)


def take_turn(key: str, made: Callable[[], Answer | None]) -> Answer | None:
    """Let one caller make an answer while others wait: `None` for whose turn it is, else the answer.

    `made()` looks for the answer. Where it is not to be kept after all, or takes too long, everybody
    makes their own.
    """
    over = time.monotonic() + WAITING
    taken: list[BaseCache] = []
    for tier in _tiers():
        while not tier.add(_turn(key), True, MAKING):
            time.sleep(LOOKING)
            if answer := made():
                # Who waited for another process had the turn in this one; the next must not wait for it.
                for nearer in taken:
                    nearer.delete(_turn(key))
                return answer
            # Given up, or a cache server that is away.
            if tier.get(_turn(key)) is None or time.monotonic() > over:
                break
        else:
            taken.append(tier)
    return None


def end_turn(key: str) -> None:
    """Let the others go on."""
    for tier in _tiers():
        tier.delete(_turn(key))


def _turn(key: str) -> str:
    return f"{key}:turn"
