"""What public pages cost as the collection grows: `make bench`.

Every page is asked for several times, the pages in turn, at each size; the table gives the median in
milliseconds, the number of SQL statements, and how both compare with the smallest size in the same run.
"""

import argparse
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence

import django

# A gallery that somebody has filtered, searched, paged and subscribed to.
PATHS = (
    "/",
    "/impact/",
    "/impact/?page=10",
    "/impact/?category=research&year=2023",
    "/impact/?q=river",
    "/impact/feed/",
    "/communities/",
    "/roundups/2023/",
)
Measured = dict[str, tuple[float, int]]


def measure(rounds: int) -> Measured:
    """Return the median milliseconds and the SQL statements of each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, times, statements = Client(), defaultdict(list), {}
    for number in range(rounds + 1):
        for path in PATHS:
            with CaptureQueriesContext(connection) as queries:
                begun = time.perf_counter()
                response = client.get(path)
                elapsed = (time.perf_counter() - begun) * 1000
            if response.status_code != 200:
                raise SystemExit(f"{path} answers {response.status_code}")
            # The first round fills caches and draws pictures.
            if number:
                times[path].append(elapsed)
                statements[path] = len(queries)
    return {path: (statistics.median(times[path]), statements[path]) for path in PATHS}


def table(sizes: Sequence[int], found: Sequence[Measured]) -> str:
    """Return the measurements as text, each size beside its ratio to the smallest one."""
    head = "".join(f"{f'{size:,} entries':>26}" for size in sizes)
    lines = [f"{'':<40}{head}"]
    for path in PATHS:
        base_time, base_statements = found[0][path]
        cells = "".join(
            f"{f'{ms:.0f} ms ×{ms / base_time:.1f}':>16}{f'{n} ×{n / base_statements:.2f}':>10}"
            for ms, n in (measured[path] for measured in found)
        )
        lines.append(f"{path:<40}{cells}")
    return "\n".join(lines)


def main() -> None:
    """Build a database of its own, grow it, measure at every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 2500])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "impact.settings.test")
    django.setup()

    from django.db import connection
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )
    from tqdm import tqdm

    from impact.gallery.seeding import seed
    from tests.factories import make_roundup

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        make_roundup(2023)
        found, size = [], 0
        for wanted in sorted(options.sizes):
            with tqdm(total=wanted - size, desc=f"{wanted:,} entries", unit=" entries") as bar:
                seed(wanted - size, bar.update)
            size = wanted
            found.append(measure(options.rounds))
        print(
            f"{connection.vendor}, median of {options.rounds} rounds; × against the smallest size"
        )
        print(table(sorted(options.sizes), found))
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
