"""Real servers on this machine, for as long as they are measured."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests import nginx
from tests.benchmarks.sites import ROOT, BenchSite
from tests.services import unused_port

# As the operators' guide has it.
WORKERS = 3
PATIENCE = 60


@contextmanager
def running(command: Sequence[str], port: int, env: Mapping[str, str] | None = None) -> Iterator:
    """Run a server from when it listens until the end of the block."""
    with subprocess.Popen(command, env=env, cwd=ROOT) as process:  # noqa: S603
        try:
            _wait(process, port)
            yield
        finally:
            process.terminate()


def _wait(process: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{process.args} does not listen on port {port}")


@contextmanager
def gunicorn(application: str, env: Mapping[str, str], port: int = 0) -> Iterator[int]:
    """Serve an application, on a free port unless one is named; gives the port."""
    port = port or unused_port()
    program = str(Path(sys.executable).with_name("gunicorn"))
    options = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--log-level", "warning"]
    with running([program, application, *options], port, env):
        yield port


@contextmanager
def site_server(site: BenchSite, **more: str) -> Iterator[int]:
    """Serve a site as in production; gives the port."""
    with gunicorn("impact.wsgi", site.environment(**more)) as port:
        yield port


@contextmanager
def constant_server(body: Path) -> Iterator[int]:
    """Serve the bytes of a file by a view that does nothing else; gives the port."""
    with gunicorn("tests.benchmarks.constant", {"CONSTANT_BODY": str(body)}) as port:
        yield port


@contextmanager
def nginx_before(
    upstream: int, folder: Path, port: int = 0, files: Path | None = None
) -> Iterator[int]:
    """Put nginx before a site, as operators are told to, on a free port unless one is named.

    It serves `body` of a folder as `/file`, and uploaded files from `media` in `files`.
    """
    port = port or unused_port()
    file = f"location = /file {{ alias {folder}/body; default_type text/html; }}"
    path = nginx.configured(
        folder, port=port, purges=unused_port(), upstream=upstream, files=files, more=file
    )
    with running([str(nginx.program()), "-c", str(path)], port):
        yield port


def get(port: int, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """Return status, headers and the body as it was sent."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()
