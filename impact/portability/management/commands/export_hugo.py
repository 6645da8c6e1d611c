"""`manage.py export_hugo DEST`: write everything back as a Hugo site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from impact.portability import report
from impact.portability.export.exports import export_hugo
from impact.portability.export.folder import DestinationError


class Command(BaseCommand):
    """Arguments, one call, a summary."""

    help = "Write the site's content as a Hugo site that builds as it is and can be imported again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dest", type=Path, help="a folder that is not there yet, or empty")
        parser.add_argument("--dry-run", action="store_true", help="count, write nothing")
        parser.add_argument(
            "--private",
            action="store_true",
            help="export private pages and documents too, as drafts; left out otherwise",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] < 1
        with tqdm(desc="Exporting", unit=" pages", disable=quiet or None) as bar:

            def progress(done: int, every: int) -> None:
                bar.total = every
                bar.update(done - bar.n)

            try:
                summary = export_hugo(
                    options["dest"],
                    private=options["private"],
                    dry_run=options["dry_run"],
                    progress=progress,
                )
            except DestinationError as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                place = error.filename or options["dest"]
                raise CommandError(f"{place}: {error.strerror}") from error
        for message in summary.log.messages:
            self.stderr.write(self.style.WARNING(f"{message.level}: {message}"))
        if not quiet:
            self.stdout.write(report.table(summary.numbers))
            if summary.dry_run:
                self.stdout.write("Dry run: nothing was written.")
