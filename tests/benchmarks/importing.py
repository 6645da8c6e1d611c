"""What an import costs as the source grows: `make bench-import`.

For each size a synthetic Hugo site is imported into an empty database by a process of its own, then once
more with nothing changed. The table gives seconds, posts a second, the peak of memory, and where the time
goes; × compares with the smallest size, per post for times. With `--source` a real site is measured.
Stages and ratios count the processor's time, which a busy machine does not stretch.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django


class Stopwatch:
    """Shares time out among stages: what one stage asks of another counts for the other."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._open: list[str] = []
        self._since = 0.0

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Count the time inside a function for a stage."""
        function: Callable[..., Any] = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            self._count()
            self._open.append(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._count()
                self._open.pop()

        setattr(owner, name, watched)

    def _count(self) -> None:
        now = time.process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now


def watch_stages(stopwatch: Stopwatch) -> None:
    """Name the stages of an import."""
    from modelsearch import index
    from wagtail.models import ReferenceIndex

    from impact.media import renditions
    from impact.media.indexing import Waiting
    from impact.portability import apply, imports, plan, storage
    from impact.portability.files import Files
    from impact.portability.redirects import Redirects

    stopwatch.watch(imports, "import_hugo", "the rest")
    stopwatch.watch(imports, "read", "walking the files")
    stopwatch.watch(imports, "make_plan", "front matter")
    stopwatch.watch(plan._Planner, "read", "texts")
    for name in ("image", "document"):
        stopwatch.watch(Files, name, "checking files")
    for name in ("_add_image", "_add_document"):
        stopwatch.watch(storage.Store, name, "storing files")
    stopwatch.watch(apply._Importer, "_create", "places in the tree")
    stopwatch.watch(apply._Importer, "_fill", "texts, revisions, publishing")
    stopwatch.watch(renditions, "prepare", "copies of lead images")
    stopwatch.watch(ReferenceIndex, "create_or_update_for_object", "reference index")
    stopwatch.watch(index, "insert_or_update_object", "search index")
    stopwatch.watch(Waiting, "write", "search index")
    stopwatch.watch(apply, "weigh", "search index")
    stopwatch.watch(Redirects, "make", "old addresses")


def run(source: Path, database: str) -> dict[str, Any]:
    """Import a source twice into a prepared database, and return what it cost."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "impact.settings.test")
    django.setup()

    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_test_environment

    from impact.portability import imports

    setup_test_environment()
    connection.settings_dict["NAME"] = database
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The database is no memory of the import's, though a part that is mapped counts as such.
            cursor.execute("PRAGMA mmap_size = 0")
    stopwatch = Stopwatch()
    watch_stages(stopwatch)
    try:
        seconds: list[float] = []
        for _time in range(2):
            begun, busy = time.perf_counter(), time.process_time()
            result = imports.import_hugo(source)
            seconds += (time.perf_counter() - begun, time.process_time() - busy)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            if not seconds[2:]:
                stages, first_peak = dict(stopwatch.seconds), peak
    finally:
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    if result.outcome.failed or not result.outcome.wrote_nothing:
        raise SystemExit(
            f"the second run wrote something, or pages failed: {result.outcome.failed}"
        )
    return {
        "posts": len(result.plan.entries),
        "seconds": seconds[0],
        "busy": seconds[1],
        "again": seconds[3],
        "megabytes": first_peak / (1024 if sys.platform != "darwin" else 1024 * 1024),
        "stages": stages,
    }


def measure(source: Path) -> dict[str, Any]:
    """Prepare a database, and import a source in a process that has done nothing else."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        command = [sys.executable, "-m", "tests.benchmarks.importing", "--run", str(source)]
        name = str(connection.settings_dict["NAME"])
        done = subprocess.run(  # noqa: S603 - this module
            [*command, "--database", name], stdout=subprocess.PIPE, text=True, check=False
        )
    finally:
        teardown_databases(databases, verbosity=0)
    if done.returncode:
        raise SystemExit(f"the import of {source} failed")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(found: Sequence[dict[str, Any]]) -> str:
    """Return the measurements as text, each size beside its ratio to the smallest one."""
    base = found[0]
    lines = [_row("posts", [f"{m['posts']:,}" for m in found])]

    def ratio(name: str, measured: dict[str, Any]) -> float:
        per_post = measured[name] / measured["posts"]
        return per_post / (base[name] / base["posts"])

    lines += [
        _row("seconds", [f"{m['seconds']:.0f}" for m in found]),
        _row(
            "of the processor, a post",
            [f"{m['busy'] / m['posts'] * 1000:.0f} ms ×{ratio('busy', m):.2f}" for m in found],
        ),
        _row("posts a second", [f"{m['posts'] / m['seconds']:.1f}" for m in found]),
        _row(
            "nothing changed, seconds",
            [f"{m['again']:.1f} ×{ratio('again', m):.2f}" for m in found],
        ),
        _row(
            "memory, MB",
            [f"{m['megabytes']:.0f} ×{m['megabytes'] / base['megabytes']:.2f}" for m in found],
        ),
    ]
    for stage in sorted(base["stages"], key=lambda name: -found[-1]["stages"].get(name, 0)):
        cells = [
            f"{m['stages'].get(stage, 0) / m['busy']:.0%}  "
            f"{m['stages'].get(stage, 0) / m['posts'] * 1000:.1f} ms a post"
            for m in found
        ]
        lines.append(_row(f"  {stage}", cells))
    return "\n".join(lines)


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:<32}{''.join(f'{cell:>24}' for cell in cells)}"


def main() -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[150, 1000])
    parser.add_argument("--source", type=Path, help="a real site in place of synthetic ones")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(run(options.run, options.database)))
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "impact.settings.test")
    django.setup()

    from django.db import connection
    from django.test.utils import setup_test_environment

    from tests.benchmarks.hugo_site import build

    setup_test_environment()
    found = []
    if options.source:
        found.append(measure(options.source))
    else:
        for size in sorted(options.sizes):
            with tempfile.TemporaryDirectory(prefix="impact-hugo-") as folder:
                build(Path(folder), size)
                found.append(measure(Path(folder)))
    print(f"{connection.vendor}; × against the smallest size, for times per post")
    print(table(found))


if __name__ == "__main__":
    main()
