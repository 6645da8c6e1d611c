"""Servers that tests talk to: skipped with a reason where they are missing, failed in CI."""

import os
import socket

import pytest
from redis import Redis
from redis.exceptions import RedisError


def missing(what: str) -> None:
    """Skip the test on a user's machine; fail it in CI, where everything must be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing in CI")
    pytest.skip(f"{what} is missing on this machine")


def redis_url() -> str:
    """The address of a Redis server that answers."""
    url = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")
    try:
        Redis.from_url(url, socket_connect_timeout=1).ping()
    except RedisError:
        missing(f"A Redis server at {url}")
    return url


def unused_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
