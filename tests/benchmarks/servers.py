"""Real servers on this machine, for as long as they are measured."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.benchmarks.sites import ROOT, BenchSite
from tests.services import unused_port

# As the operators' guide has it.
WORKERS = 3
PATIENCE = 60

_NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/received;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    proxy_cache_path {folder}/cache keys_zone=pages:8m;
    server {{
        listen 127.0.0.1:{port};
        location = /file {{ alias {folder}/body; default_type text/html; }}
        location / {{
            proxy_pass http://127.0.0.1:{upstream};
            proxy_set_header Host $host;
            proxy_cache pages;
            add_header X-Proxy $upstream_cache_status;
        }}
    }}
}}
"""


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
def gunicorn(application: str, env: Mapping[str, str]) -> Iterator[int]:
    """Serve an application; gives the port."""
    port = unused_port()
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
def nginx(program: str, folder: Path, upstream: int) -> Iterator[int]:
    """Serve `body` in a folder as `/file`, and keep what another server answers; gives the port."""
    port = unused_port()
    config = folder / "nginx.conf"
    config.write_text(_NGINX.format(folder=folder, port=port, upstream=upstream))
    with running([program, "-c", str(config)], port):
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
