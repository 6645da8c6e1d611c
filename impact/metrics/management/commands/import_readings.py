"""`manage.py import_readings FILE`: take readings over from a CSV file, all of them or none."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from impact.metrics.exchange.imports import OutdatedPlanError, import_readings
from impact.metrics.exchange.plan import plan


class Command(BaseCommand):
    """Arguments, one call, a summary."""

    help = "Import readings of metrics from a CSV file. Nothing is imported unless every row holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        dry_run = options["dry_run"]
        try:
            done = plan(data) if dry_run else import_readings(data)
        except OutdatedPlanError as error:
            raise CommandError("Readings were changed meanwhile. Try again.") from error
        if not done.holds:
            for problem in done.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"Nothing was imported. Problems: {len(done.problems)}")
        if options["verbosity"] > 1:
            for step in done.steps:
                row = step.row
                self.stdout.write(
                    f"line {row.line}: {step.state}: {row.metric.slug} {row.day} {step.value}"
                )
        for state in ("new", "changed", "unchanged"):
            self.stdout.write(f"{state}: {done.counts.get(state, 0)}")
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
