"""`make fidelity SOURCE=…`: import a Hugo site into an empty database and print what became of it.

Ends with 1 when something was lost, with 2 when there is nothing to measure.
"""

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path

import django


def report_on(
    source: Path, section: str = "", base_url: str = "", json_file: Path | None = None
) -> int:
    """Import a source into the database at hand, print what became of it, return the exit code."""
    from impact.portability.imports import import_hugo
    from impact.portability.source import SourceError
    from tests.portability.fidelity.measure import measure

    begun = time.perf_counter()
    try:
        result = import_hugo(source, section=section, base_url=base_url)
        seconds = time.perf_counter() - begun
        report = measure(source.resolve(), result, section, base_url)
    except (SourceError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2
    if json_file:
        text = json.dumps(report.as_data(), indent=2, ensure_ascii=False)
        json_file.write_text(f"{text}\n", encoding="utf-8")
    print(f"{source}, imported in {seconds:.1f} s\n\n{report.as_text()}")
    return 0 if report.is_faithful else 1


def main() -> int:
    """Make an empty site in a database of its own, and report on an import into it."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.portability.fidelity",
        description="How faithful the import of a Hugo site is.",
    )
    parser.add_argument("source", type=Path, help="a site's root folder, or a folder of posts")
    parser.add_argument("--section", default="", help="the folder of the posts, as blog")
    parser.add_argument("--base-url", default="", help="the old site's address")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything as JSON")
    options = parser.parse_args()
    if not options.source.is_dir():
        parser.error(f"{options.source} is no folder")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "impact.settings.test")
    django.setup()

    from django.conf import settings
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return report_on(options.source, options.section, options.base_url, options.json)
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
