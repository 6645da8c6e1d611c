"""Web nodes as processes of their own, on the database of the test."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import requests
from django.conf import settings
from django.db import connection

from tests.services import unused_port


def database_url() -> str:
    """The address of the test's own database."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    user = ":".join(quote(str(config[key])) for key in ("USER", "PASSWORD") if config[key])
    port = f":{config['PORT']}" if config["PORT"] else ""
    return f"postgres://{user}@{config['HOST']}{port}/{config['NAME']}"


@contextmanager
def node(*options: str, **environment: str) -> Iterator[str]:
    """A web server as in production, with one worker; gives its address."""
    port = unused_port()
    address = f"http://127.0.0.1:{port}"
    with running(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "impact.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--no-control-socket",
            "--log-level",
            "warning",
            *options,
        ],
        **surroundings(address, **environment),
    ):
        wait_for(lambda: requests.get(f"{address}/healthz/live/", timeout=5).ok)
        yield address


def surroundings(address: str, **more: str) -> dict[str, str]:
    """The variables of a web node at an address."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.caching.settings",
        "SECRET_KEY": "of a test, which nobody else can reach, so it need not be secret",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": address,
        "HTTPS": "false",
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        **more,
    }


@contextmanager
def running(command: list[str], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block."""
    root = Path(settings.BASE_DIR)
    process = subprocess.Popen(command, cwd=root, env={**os.environ, **environment})  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def wait_for(ready: object, seconds: float = 40) -> None:
    """Wait until `ready()` says so; an error while connecting means not yet."""
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        try:
            if ready():  # type: ignore[operator]
                return
        except (OSError, requests.RequestException):
            pass
        time.sleep(0.1)
    raise AssertionError("A server did not come up in time")
