"""Fetching one file from a server that nobody knows: checked at every step, small, and soon over.

Each hop of a redirect is checked like the first address. Nothing in the environment (proxies, `.netrc`)
is asked, nothing is decompressed, and a server that sends a byte a minute is hung up on.
"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from time import monotonic
from typing import BinaryIO
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import HTTPResponse

from impact.portability.public_addresses import AddressRefusedError, Guard, Target

USER_AGENT = "Impact import_hugo"
_ACCEPTED = "image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16
# A name with many addresses is not tried at all of them.
_TRIES = 3


class DownloadError(Exception):
    """What was not fetched; the text says why."""


@dataclass(frozen=True)
class Limits:
    """What one download may take: seconds to connect, between two answers and in all; bytes; redirects."""

    connect: float = 5
    read: float = 10
    total: float = 60
    size: int = 20 * 1024 * 1024
    redirects: int = 4


class Downloader:
    """Downloads files one after another; a server that could not be reached is not asked again."""

    def __init__(
        self,
        guard: Guard | None = None,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.guard = guard or Guard()
        self.limits = limits or Limits()
        self.tls = tls or ssl.create_default_context()
        self._unreachable: set[str] = set()

    def download(self, url: str, file: BinaryIO) -> None:
        """Write what stands at an address into a file.

        Raises `AddressRefusedError` for an address that may not be asked for, at whatever hop, and
        `DownloadError` for whatever else goes wrong.
        """
        end = monotonic() + self.limits.total
        location = self._ask(self.guard.check(url), file, end)
        for _hop in range(self.limits.redirects):
            if location is None:
                return
            try:
                url = urljoin(url, location)
                target = self.guard.check(url)
            except ValueError as error:
                raise AddressRefusedError(f"it leads on to {location[:200]}: {error}") from error
            location = self._ask(target, file, end)
        if location is not None:
            raise DownloadError(f"more than {self.limits.redirects} redirects")

    def _ask(self, target: Target, file: BinaryIO, end: float) -> str | None:
        """Write the answer of one server to the file, or return where it sends us."""
        with closing(self._connect(target, end)) as connection:
            try:
                with self._hung_up_at(end, connection.sock):
                    return self._exchange(connection, target, file)
            except (TimeoutError, ReadTimeoutError) as error:
                raise DownloadError(f"no answer for {self.limits.read:g} seconds") from error
            except (HTTPError, HTTPException, OSError, ValueError) as error:
                raise DownloadError("the answer broke off, or is none") from error

    def _connect(self, target: Target, end: float) -> HTTPConnection:
        """Connect to one of the checked addresses; TLS must prove the name all the same."""
        if target.host in self._unreachable:
            raise DownloadError(f"{target.host} could not be reached before")
        reason: Exception | None = None
        for ip in target.ips[:_TRIES]:
            timeout = min(self.limits.connect, end - monotonic())
            if timeout <= 0:
                break
            connection = self._connection(target, ip, timeout)
            try:
                connection.connect()
            except (HTTPError, OSError) as error:
                connection.close()
                reason = error
            else:
                connection.timeout = self.limits.read
                return connection
        self._unreachable.add(target.host)
        if isinstance(reason, ssl.SSLError):
            raise DownloadError(f"{target.host} has no valid certificate") from reason
        raise DownloadError(f"{target.host} could not be reached") from reason

    def _connection(self, target: Target, ip: str, timeout: float) -> HTTPConnection:
        if target.scheme == "http":
            return HTTPConnection(ip, target.port, timeout=timeout)
        return HTTPSConnection(
            ip, target.port, timeout=timeout, ssl_context=self.tls, server_hostname=target.host
        )

    def _exchange(self, connection: HTTPConnection, target: Target, file: BinaryIO) -> str | None:
        headers = {
            "Host": target.host_header,
            "User-Agent": USER_AGENT,
            "Accept": _ACCEPTED,
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        connection.request(
            "GET", target.path, headers=headers, preload_content=False, decode_content=False
        )
        with closing(connection.getresponse()) as answer:
            if answer.status in _REDIRECTS and (location := answer.headers.get("Location")):
                return str(location)
            if answer.status != 200:
                raise DownloadError(f"the server answers {answer.status}")
            if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
                raise DownloadError("it comes compressed, which was not asked for")
            self._write(answer, file)
        return None

    def _write(self, answer: HTTPResponse, file: BinaryIO) -> None:
        size = answer.length_remaining or 0
        if size <= self.limits.size:
            size = 0
            while chunk := answer.read(_CHUNK, decode_content=False):
                size += len(chunk)
                if size > self.limits.size:
                    break
                file.write(chunk)
        if size > self.limits.size:
            raise DownloadError(f"larger than {self.limits.size >> 20} MB")

    @contextmanager
    def _hung_up_at(self, end: float, sock: socket.socket) -> Iterator[None]:
        """Shut a connection at a moment, whatever is being waited for then.

        Raises `DownloadError` if that was so. The time limit of a socket is one for each piece of an
        answer: a server that drips would never meet it.
        """
        late = threading.Event()

        def hang_up() -> None:
            late.set()
            with suppress(OSError):
                # Not `sock.shutdown`, which takes TLS away from whoever is reading just now.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

        timer = threading.Timer(max(0, end - monotonic()), hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if late.is_set():
                raise self._too_slow() from error
            raise
        finally:
            timer.cancel()
        if late.is_set():
            # What ends so looks like the end of a file.
            raise self._too_slow()

    def _too_slow(self) -> DownloadError:
        return DownloadError(f"not there after {self.limits.total:g} seconds")
