"""Lighthouse on a site served as in production: part of `make measure`.

The demo, or a Hugo site (`--source`), is loaded once and kept in `var/lighthouse`; gunicorn serves it behind
nginx with the configuration that operators are given. Lighthouse itself comes from npm, in one exact version,
and drives the machine's Chromium as a slow phone. Each page is measured several times; medians are printed.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import lxml.html
from tqdm import tqdm

from tests import nginx
from tests.benchmarks.servers import get, gunicorn, nginx_before
from tests.benchmarks.sites import ROOT
from tests.services import unused_port

# The newest that runs on Node 20; later ones ask for 22.
VERSION = "12.8.2"
LIMITS = {"performance": 0.95, "accessibility": 1, "best-practices": 1, "seo": 1}
CHROMIUM = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update"
)
PUBLISH_REPORT = """
from impact.catalogue.snapshot import snapshot
from impact.entries.models import EntryPage
from impact.roundups.drafting import draft_roundup
from impact.roundups.models import RoundupPage
if not RoundupPage.objects.live().exists():
    year = EntryPage.objects.live().latest("date").date.year
    draft_roundup(year).save_revision().publish()
"""


@dataclass(frozen=True)
class Run:
    """What Lighthouse said of a page once: scores from 0 to 1, milliseconds, bytes."""

    scores: dict[str, float]
    first_paint: float
    largest_paint: float
    blocked: float
    shift: float
    size: float
    requests: int
    failed: frozenset[str]


def lighthouse(folder: Path) -> Path:
    """Return the program, fetched by npm where it is not there yet."""
    npm = shutil.which("npm")
    if not npm:
        raise SystemExit("npm is missing: Lighthouse comes from there (with Node 20 or newer).")
    home = folder / f"lighthouse-{VERSION}"
    program = home / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(  # noqa: S603
            [
                npm,
                "install",
                "--silent",
                "--no-save",
                "--no-package-lock",
                f"lighthouse@{VERSION}",
            ],
            cwd=home,
            check=True,
        )
    return program


def environment(home: Path) -> dict[str, str]:
    """Return the environment of the site's processes: production, with all it keeps in one folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "impact.settings.production",
        "SECRET_KEY": "of a measurement, which nobody else can reach, so it need not be secret",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "HTTPS": "false",
        "DATABASE_URL": f"sqlite:///{home / 'site.sqlite3'}",
        "MEDIA_ROOT": str(home / "media"),
        "STATIC_ROOT": str(home / "static"),
        "LOG_LEVEL": "WARNING",
    }


def site_options(parser: argparse.ArgumentParser) -> None:
    """Add what says which site is meant."""
    parser.add_argument("--source", type=Path, help="a Hugo site; default: the demo")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "lighthouse")


def chosen_site(
    parser: argparse.ArgumentParser, options: argparse.Namespace
) -> tuple[Path, Path | None]:
    """Return the folder of the site, which is there now, and the Hugo site that it is made from."""
    source: Path | None = options.source and options.source.resolve()
    if source and not source.is_dir():
        parser.error(f"{options.source} is no folder")
    name = hashlib.blake2b(str(source).encode(), digest_size=3).hexdigest() if source else "demo"
    home: Path = options.folder.resolve() / name
    home.mkdir(parents=True, exist_ok=True)
    return home, source


def load(home: Path, source: Path | None) -> None:
    """Load the site where it is not there yet."""

    def manage(*command: str) -> None:
        subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command], env=environment(home), cwd=ROOT, check=True
        )

    manage("collectstatic", "--noinput", "--verbosity=0")
    if (home / "loaded").exists():
        manage("migrate", "--verbosity=0")
        return
    shutil.rmtree(home / "media", ignore_errors=True)
    for file in home.glob("site.sqlite3*"):
        file.unlink()
    manage("migrate", "--verbosity=0")
    if source:
        manage("import_hugo", str(source), "--verbosity=0")
    else:
        manage("demo", "--verbosity=0")
    manage("shell", "--verbosity=0", "--command", PUBLISH_REPORT)
    (home / "loaded").touch()


@contextmanager
def served(home: Path) -> Iterator[int]:
    """Serve the site behind nginx, which serves the uploaded files; gives the port."""
    if not nginx.program():
        raise SystemExit(
            "nginx is missing, or its purge module: on Debian nginx-light and "
            "libnginx-mod-http-cache-purge."
        )
    front = unused_port()
    env = {**environment(home), "SITE_URL": f"http://127.0.0.1:{front}"}
    with gunicorn("impact.wsgi", env) as port, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # nginx's workers are somebody else
        Path(folder, "body").write_bytes(b"")
        with nginx_before(port, Path(folder), front, files=home):
            yield front


def pages(port: int) -> dict[str, str]:
    """Return what is measured: an address for each kind of page."""

    def first(path: str, query: str) -> str:
        _status, _headers, body = get(port, path)
        found = lxml.html.fromstring(body).xpath(query)
        if not found:
            raise SystemExit(f"{path} shows nothing that could be measured")
        return urljoin(path, re.sub(r"^https?://[^/]+", "", found[0]))

    return {
        "home": "/",
        "gallery": "/impact/",
        "story": first("/impact/", "//article[@data-kind='story']//a[@class='card-link']/@href"),
        "community": first(
            "/communities/",
            "//main//a[starts-with(@href, '/communities/') and string-length(@href) > 13"
            " and not(contains(@href, '?'))]/@href",
        ),
        "yearly report": first("/roundups/", "//main//a[starts-with(@href, '/roundups/2')]/@href"),
    }


def warm(port: int, paths: list[str]) -> None:
    """Ask once for the pages and for every copy of their pictures, as earlier visitors have."""
    for path in paths:
        _status, _headers, body = get(port, path)
        tree = lxml.html.fromstring(body)
        sets = tree.xpath("//main//@srcset")
        urls = {part.split()[0] for one in sets for part in one.split(",")} | set(
            tree.xpath("//main//img/@src")
        )
        for url in urls:
            if url.startswith("/") and get(port, url)[0] not in (200, 302):
                raise SystemExit(f"{url} on {path} is not answered")


def measured(program: Path, address: str) -> Run:
    """Let Lighthouse look at a page once, as a phone."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise SystemExit("Chromium is missing")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [str(program), address, "--output=json", f"--output-path={report}", "--quiet"]
        done = subprocess.run(  # noqa: S603
            [*command, f"--chrome-flags={CHROMIUM}"],
            env={**os.environ, "CHROME_PATH": chromium},
            capture_output=True,
            text=True,
            timeout=180,
        )
        if done.returncode:
            raise SystemExit(f"Lighthouse could not measure {address}:\n{done.stderr.strip()}")
        return read(json.loads(report.read_text(encoding="utf-8")))


def read(report: dict[str, Any]) -> Run:
    """Return what is told of a report in Lighthouse's JSON."""
    audits = report["audits"]
    sent = audits["network-requests"]["details"]["items"]
    weighed = {
        ref["id"]
        for name in LIMITS
        for ref in report["categories"][name]["auditRefs"]
        if ref["weight"]
    }
    return Run(
        scores={name: report["categories"][name]["score"] for name in LIMITS},
        first_paint=audits["first-contentful-paint"]["numericValue"],
        largest_paint=audits["largest-contentful-paint"]["numericValue"],
        blocked=audits["total-blocking-time"]["numericValue"],
        shift=audits["cumulative-layout-shift"]["numericValue"],
        size=sum(item.get("transferSize", 0) for item in sent),
        requests=len(sent),
        failed=frozenset(
            key
            for key in weighed
            if audits[key]["score"] is not None and audits[key]["score"] < 0.9
        ),
    )


def table(found: dict[str, list[Run]]) -> str:
    """Return a line for each page: the medians, and what no run was content with."""
    head = f"{'':<15}" + "".join(f"{name:>16}" for name in LIMITS)
    lines = [f"{head}{'FCP':>8}{'LCP':>8}{'TBT':>8}{'CLS':>7}{'kB':>7}{'requests':>10}"]
    for name, runs in found.items():
        scores = "".join(f"{_median(r.scores[key] for r in runs) * 100:>16.0f}" for key in LIMITS)
        lines.append(
            f"{name:<15}{scores}"
            f"{_median(r.first_paint for r in runs) / 1000:>6.1f} s"
            f"{_median(r.largest_paint for r in runs) / 1000:>6.1f} s"
            f"{_median(r.blocked for r in runs):>5.0f} ms"
            f"{_median(r.shift for r in runs):>7.3f}"
            f"{_median(r.size for r in runs) / 1000:>7.0f}"
            f"{_median(r.requests for r in runs):>10.0f}"
        )
        if failed := frozenset.intersection(*(r.failed for r in runs)):
            lines.append(f"{'':<15}  {', '.join(sorted(failed))}")
    return "\n".join(lines)


def missed(found: dict[str, list[Run]]) -> list[str]:
    """Return which medians are below their limit."""
    return [
        f"{name}: {key} {_median(r.scores[key] for r in runs) * 100:.0f}"
        for name, runs in found.items()
        for key, limit in LIMITS.items()
        if _median(r.scores[key] for r in runs) < limit
    ]


def _median(values: Any) -> float:
    return statistics.median(values)


def main() -> None:
    """Load, serve, measure, print; exit with 1 where a score is below its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    site_options(parser)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    home, source = chosen_site(parser, options)
    program = lighthouse(options.folder)
    load(home, source)
    with served(home) as port:
        paths = pages(port)
        warm(port, list(paths.values()))
        found: dict[str, list[Run]] = {name: [] for name in paths}
        with tqdm(total=len(paths) * options.runs, desc="Lighthouse", unit=" runs") as bar:
            for _ in range(options.runs):
                for name, path in paths.items():
                    found[name].append(measured(program, f"http://127.0.0.1:{port}{path}"))
                    bar.update()
    print(f"Lighthouse {VERSION}, as a phone; medians of {options.runs} runs")
    print(table(found))
    if short := missed(found):
        raise SystemExit("below the limit: " + ", ".join(short))


if __name__ == "__main__":
    main()
