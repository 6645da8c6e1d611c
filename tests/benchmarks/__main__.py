"""What the gallery costs as the collection grows, as ratios: `make bench`.

Every measure runs in turn at every size, so that a busy machine slows all of them; the tables give medians.
What is divided by what stands in `ratios.py`.
"""

import argparse
import os
import platform
from contextlib import ExitStack
from pathlib import Path

from tqdm import tqdm

from tests.benchmarks import chart, rates
from tests.benchmarks.processes import SiteProcess
from tests.benchmarks.ratios import Found, growth_table, ratio_table
from tests.benchmarks.sites import ROOT, BenchSite, prepared

MEASURES = (
    "home",
    "gallery, unfiltered",
    "gallery, page 10",
    "gallery",
    "gallery, search",
    "feed",
    "communities",
    "yearly report",
    "plain listing",
    "empty page",
    "counts",
    "counts, SQL",
    "search",
    "search, SQL",
    "publish",
)
# The first rounds fill caches.
WARM_UP = 2


def measure(sites: list[BenchSite], rounds: int) -> Found:
    """Measure what happens inside a process, all sites in turn."""
    found = Found([site.entries for site in sites])
    with ExitStack() as stack:
        processes = {site.entries: stack.enter_context(SiteProcess(site)) for site in sites}
        for size, process in processes.items():
            found.memory[size] = process.memory()
        for number in tqdm(range(WARM_UP + rounds), desc="rounds"):
            for name in MEASURES:
                for size, process in processes.items():
                    elapsed = process.milliseconds(name)
                    if number >= WARM_UP:
                        found.times.setdefault((name, size), []).append(elapsed)
        for name in MEASURES:
            for size, process in processes.items():
                found.statements[name, size] = process.statements(name)
    return found


def main() -> None:
    """Prepare the sites, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=int, default=2, help="of each measurement of a rate")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--chart", type=Path, help="draw the growth into this SVG")
    options = parser.parse_args()
    if min(options.sizes) < 1000:
        parser.error("below 1,000 entries the filter selects fewer than 24")
    sites = prepared(options.sizes, options.folder)
    found = measure(sites, options.rounds)
    found.rates = rates.measure(sites[-1], max(options.rounds // 3, 3), options.seconds)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(
        f"{'PostgreSQL' if sites[0].server else 'SQLite'}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load {load:.1f} a core; medians of {options.rounds} interleaved "
        f"rounds; large is {found.large:,} entries, small {found.small:,}; "
        f"requests sent by {rates.generator()}\n"
    )
    print(ratio_table(found), growth_table(found), sep="\n\n")
    if options.chart:
        options.chart.write_text(chart.draw(found), encoding="utf-8")


if __name__ == "__main__":
    main()
