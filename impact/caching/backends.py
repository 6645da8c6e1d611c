"""A Redis cache that is slower, not broken, while the server is away."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def tolerant(answer: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Wrap a cache method: when Redis can't be reached, log it and return `answer`.

    `answer` may be a function of the method's arguments.
    """

    def wrap(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except RedisError as error:
                log.warning("The cache can't be reached (%s): %s", method.__name__, error)
                return answer(*args, **kwargs) if callable(answer) else answer

        return guarded

    return wrap


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; without its server every look-up misses and every write is dropped."""

    get = tolerant(lambda key, default=None, version=None: default)(RedisCache.get)
    get_many = tolerant(lambda *args, **kwargs: {})(RedisCache.get_many)
    set = tolerant(None)(RedisCache.set)
    set_many = tolerant(lambda data, *args, **kwargs: list(data))(RedisCache.set_many)
    add = tolerant(False)(RedisCache.add)
    touch = tolerant(False)(RedisCache.touch)
    delete = tolerant(False)(RedisCache.delete)
    delete_many = tolerant(None)(RedisCache.delete_many)
    has_key = tolerant(False)(RedisCache.has_key)
    clear = tolerant(None)(RedisCache.clear)
