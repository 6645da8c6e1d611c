"""Sites of several sizes to measure: each has a database and files of its own, kept between runs."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent.parent
# What a kept site depends on: a change of these builds it anew.
_SOURCES = (
    "impact/*/migrations/*.py",
    "home/migrations/*.py",
    "impact/gallery/seeding.py",
    "impact/catalogue/projection.py",
    "impact/catalogue/fulltext.py",
    "tests/benchmarks/fill.py",
)


def _digest(*patterns: str) -> str:
    """Return a short name of what some files of ours hold."""
    digest = hashlib.blake2b(digest_size=4)
    for pattern in patterns:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class BenchSite:
    """A site with so many entries, in a folder, or in a database of the server at `server`."""

    entries: int
    folder: Path
    server: str = ""

    @cached_property
    def name(self) -> str:
        """What its database and its folder are called."""
        # Two checkouts on one server don't get into each other's way.
        place = hashlib.blake2b(str(self.folder).encode(), digest_size=2).hexdigest()
        return f"impact_bench_{self.entries}_{_digest(*_SOURCES)}_{place}"

    @property
    def home(self) -> Path:
        """Its folder: uploaded files, and the database when that is a file."""
        return self.folder / ("postgresql" if self.server else "sqlite") / self.name

    @cached_property
    def static(self) -> Path:
        """Where the static files are collected, for all sites."""
        return self.folder / f"static_{_digest('static/**/*.*', 'requirements/base.txt')}"

    def environment(self, database: str = "", **more: str) -> dict[str, str]:
        """Return the environment of its processes: production, as the operators' guide has it."""
        if self.server:
            url = urlsplit(self.server)._replace(path=f"/{database or self.name}").geturl()
        else:
            url = f"sqlite:///{self.home / (database or self.name)}.sqlite3"
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "impact.settings.production",
            "SECRET_KEY": "of a benchmark, which nobody else can reach, so it need not be secret",
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "SITE_URL": "http://127.0.0.1",
            "HTTPS": "false",
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(self.home / "media"),
            "STATIC_ROOT": str(self.static),
            "LOG_LEVEL": "WARNING",
            **more,
        }

    def prepare(self) -> None:
        """Build the site where it is not there yet; half a one left by a stopped run is built anew."""
        if not (self.static / "staticfiles.json").exists():
            self._run("", "manage.py", "collectstatic", "--noinput", "--verbosity=0")
        with self._server() as server:
            if self._is_ready(server):
                return
            part = f"{self.name}_part"
            self._drop(server, part)
            self.home.mkdir(parents=True, exist_ok=True)
            if server:
                server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(part)))
            self._run(part, "-m", "tests.benchmarks.fill", str(self.entries))
            self._rename(server, part)

    def _run(self, database: str, *command: str) -> None:
        env = self.environment(database)
        subprocess.run([sys.executable, *command], env=env, cwd=ROOT, check=True)  # noqa: S603

    def _is_ready(self, server: "psycopg.Connection | None") -> bool:
        if not server:
            return (self.home / f"{self.name}.sqlite3").exists()
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
        return found.fetchone() is not None and self.home.is_dir()

    def _drop(self, server: "psycopg.Connection | None", part: str) -> None:
        if server:
            for name in (part, self.name):
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        shutil.rmtree(self.home, ignore_errors=True)

    def _rename(self, server: "psycopg.Connection | None", part: str) -> None:
        if server:
            names = sql.Identifier(part), sql.Identifier(self.name)
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
        else:
            # The last process to close the database has written its log into it.
            (self.home / f"{part}.sqlite3").rename(self.home / f"{self.name}.sqlite3")

    @contextmanager
    def _server(self) -> "Iterator[psycopg.Connection | None]":
        if not self.server:
            yield None
            return
        with psycopg.connect(self.server, autocommit=True) as connection:
            yield connection


def prepared(sizes: Iterable[int], folder: Path) -> list[BenchSite]:
    """Return sites of some sizes, the smallest first; on the server that `DATABASE_URL` names, if any."""
    url = os.environ.get("DATABASE_URL", "")
    server = url if url.startswith("postgres") else ""
    sites = [BenchSite(size, folder.resolve(), server) for size in sorted(set(sizes))]
    for site in sites:
        site.prepare()
    return sites
