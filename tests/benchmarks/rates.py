"""Requests a second through real servers, each beside its baseline in turn.

Sent by wrk where it is installed. Without it a simple generator in Python stands in, which is slower than
nginx is, so nginx is then not measured.
"""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tests import nginx
from tests.benchmarks.paths import PAGES
from tests.benchmarks.servers import constant_server, get, nginx_before, site_server
from tests.benchmarks.sites import BenchSite

CONNECTIONS = 4
# What browsers say: the page is kept in the form that they get, and the baselines serve the same bytes.
ENCODING = {"Accept-Encoding": "gzip, deflate, br, zstd"}

WRK = shutil.which("wrk")
NGINX = nginx.program()

Target = tuple[int, str]


def generator() -> str:
    """Return what sends the requests."""
    return "wrk" if WRK else "Python"


def measure(site: BenchSite, rounds: int, seconds: int) -> dict[str, list[float]]:
    """Return requests a second by server, one number each round."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="impact-bench-") as name, ExitStack() as stack:
        targets = _targets(site, Path(name), stack)
        for _round in range(rounds):
            for server, (port, path) in targets.items():
                found.setdefault(server, []).append(_rate(port, path, seconds))
    return found


def _targets(site: BenchSite, folder: Path, stack: ExitStack) -> dict[str, Target]:
    """Start the servers and return what is asked of each, checked once."""
    # With an address to purge, pages say that a proxy may keep them. Nothing changes, so none is purged.
    app = stack.enter_context(site_server(site, PURGE_URL="http://127.0.0.1:9"))
    kept = _kept_page(app)
    body = folder / "body"
    body.write_bytes(kept)
    folder.chmod(0o755)
    constant = stack.enter_context(constant_server(body))
    targets = {"kept gallery": (app, PAGES["gallery"]), "constant view": (constant, "/")}
    if WRK and NGINX:
        proxy = stack.enter_context(nginx_before(app, folder))
        targets |= {"nginx proxy_cache": (proxy, PAGES["gallery"]), "nginx file": (proxy, "/file")}
        get(proxy, PAGES["gallery"], **ENCODING)
        headers = _same(proxy, PAGES["gallery"], kept)
        if headers.get("X-Proxy") != "HIT":
            raise SystemExit(f"nginx does not keep the page: {headers}")
        _same(proxy, "/file", kept)
    _same(constant, "/", kept)
    return targets


def _kept_page(port: int) -> bytes:
    """Return the gallery as every worker will have kept it, compressed."""
    for _visit in range(20):
        status, headers, body = get(port, PAGES["gallery"], **ENCODING)
        if status != 200 or headers.get("Content-Encoding") != "br":
            raise SystemExit(f"the gallery is not kept: {status} {headers}")
    return body


def _same(port: int, path: str, body: bytes) -> Mapping[str, str]:
    status, headers, found = get(port, path, **ENCODING)
    if status != 200 or found != body:
        raise SystemExit(f"port {port} answers {path} with {status} and other bytes")
    return headers


def _rate(port: int, path: str, seconds: int) -> float:
    return _wrk(port, path, seconds) if WRK else _python(port, path, seconds)


def _wrk(port: int, path: str, seconds: int) -> float:
    headers = [part for key, value in ENCODING.items() for part in ("-H", f"{key}: {value}")]
    command = [str(WRK), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *headers]
    done = subprocess.run(  # noqa: S603
        [*command, f"http://127.0.0.1:{port}{path}"], stdout=subprocess.PIPE, text=True, check=True
    )
    return read_wrk(done.stdout)


def read_wrk(text: str) -> float:
    """Return the requests a second that wrk printed; stops where any of them failed."""
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if not rate or "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(f"requests failed:\n{text}")
    return float(rate[1])


def _python(port: int, path: str, seconds: int) -> float:
    until = time.monotonic() + seconds

    def visit(_number: int) -> int:
        count = 0
        while time.monotonic() < until:
            if get(port, path, **ENCODING)[0] != 200:
                raise SystemExit(f"{path} failed")
            count += 1
        return count

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return sum(pool.map(visit, range(CONNECTIONS))) / seconds
