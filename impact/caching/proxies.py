"""Reverse proxies and content delivery networks: what they may keep, and telling them of changes.

With a purge address configured, a proxy may keep pages. Each address that it was given is written down
with the version of the content; once that is over, it is purged. So no list of what a change touches has
to be right, and no address comes from anywhere but from what this site itself has answered.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Lock, Thread, get_ident
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.contrib.frontend_cache.utils import get_backends

from impact.caching.answers import COMPRESSIONS, PLAIN
from impact.caching.models import ProxyCopy
from impact.freshness.state import current

logger = logging.getLogger(__name__)
backends = logging.getLogger("wagtail.frontendcache")

# Purged in one go; content delivery networks take a few dozen to a few hundred addresses a call.
BATCH = 500
LONGEST = 2000
# What proxies answer where they had none.
NO_COPY = (404, 412)
# A proxy that hangs must not hold up the others, in seconds.
TIMEOUT = 5
# What was on its way to the proxy has arrived by then.
AGAIN_AFTER = timedelta(seconds=5)
# Waits between attempts in the background, in seconds; after the last the command's timer takes over.
ATTEMPTS = (0, 1, 5, 15, 60)


def is_configured() -> bool:
    """Return whether there is anybody to purge."""
    return bool(getattr(settings, "WAGTAILFRONTENDCACHE", None))


def seconds_for(key: str, url: str, version: int) -> int:
    """Return how long a proxy may keep an answer, having written down that it may."""
    if not is_configured() or len(url) > LONGEST:
        return 0
    ProxyCopy.objects.bulk_create(
        [ProxyCopy(key=key, version=version, url=url)], ignore_conflicts=True
    )
    # A change that came before the line above was written may have been purged without it.
    seconds: int = settings.PROXY_SECONDS if current() == version else 0
    return seconds


def purge() -> bool:
    """Purge every copy whose version is over, twice; return whether all of them are gone."""
    outdated = ProxyCopy.objects.filter(version__lt=current()).order_by("pk")
    while copies := list(outdated.filter(purged_at=None)[:BATCH]):
        if not _purge(copies):
            return False
        _rows(copies).update(purged_at=timezone.now())
    while copies := list(outdated.filter(purged_at__lte=timezone.now() - AGAIN_AFTER)[:BATCH]):
        if not _purge(copies):
            return False
        _rows(copies).delete()
    return not outdated.exists()


class Background:
    """One thread that purges whenever somebody asks, until all is done or the attempts are over."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked = self._running = False

    def ask(self) -> None:
        """Purge soon; nothing to do for a thread that is about to."""
        with self._lock:
            self._asked = True
            if not self._running and is_configured():
                self._running = True
                Thread(target=self._run, name="purge", daemon=True).start()

    def _run(self) -> None:
        while self._is_asked():
            try:
                any(_purged_after(wait) for wait in ATTEMPTS)
            except DatabaseError:
                logger.exception("Copies in proxies could not be purged")
            finally:
                connection.close()

    def _is_asked(self) -> bool:
        with self._lock:
            self._running, self._asked = self._asked, False
            return self._running


background = Background()


def _purged_after(wait: float) -> bool:
    time.sleep(wait)
    return purge()


def _rows(copies: Sequence[ProxyCopy]) -> QuerySet[ProxyCopy]:
    return ProxyCopy.objects.filter(pk__in=[copy.pk for copy in copies])


def _purge(copies: Sequence[ProxyCopy]) -> bool:
    """Tell every proxy of some copies; return whether all have understood."""
    urls = sorted({copy.url for copy in copies})
    with _failures() as failed:
        for backend in get_backends().values():
            backend.purge_batch(urls)
    return not failed


@contextmanager
def _failures() -> Iterator[list[str]]:
    """Collect what goes wrong in this thread: Wagtail's backends tell nobody but their log."""
    failed: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == get_ident():
                failed.append(record.getMessage())

    collector = Collector(level=logging.ERROR)
    backends.addHandler(collector)
    try:
        yield failed
    finally:
        backends.removeHandler(collector)


class ProxyBackend(BaseBackend):
    """Sends `PURGE` for each address to the proxy at `LOCATION`, over one connection.

    Once for each form that a page is kept in: a proxy may know them by a key of their own, as nginx does.
    """

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = urlsplit(params["LOCATION"])

    def purge_batch(self, urls: Iterable[str]) -> None:
        """Purge; what fails is logged as Wagtail's own backends do."""
        kind = HTTPSConnection if self.location.scheme == "https" else HTTPConnection
        proxy = kind(self.location.netloc, timeout=TIMEOUT)
        try:
            for url in urls:
                parts = urlsplit(url)
                target = f"{parts.path}?{parts.query}" if parts.query else parts.path
                for coding in (*COMPRESSIONS, PLAIN):
                    headers = {"Host": parts.netloc, "Accept-Encoding": coding}
                    proxy.request("PURGE", target, headers=headers)
                    answer = proxy.getresponse()
                    answer.read()
                    if answer.status >= 400 and answer.status not in NO_COPY:
                        message = "Couldn't purge %s: the proxy answers %s"
                        backends.error(message, url, answer.status)
        except (OSError, HTTPException) as error:
            backends.error("Couldn't purge, the proxy can't be reached: %r", error)
        finally:
            proxy.close()
