"""`manage.py import_hugo SOURCE`: import a Hugo site, or a folder of posts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from impact.portability import report
from impact.portability.imports import import_hugo
from impact.portability.map_file import MapError
from impact.portability.source import SourceError


class Command(BaseCommand):
    """Arguments, one call, a summary."""

    help = "Import a Hugo site (its root) or a folder of posts. A second run writes nothing new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="a site's root folder, or a folder of posts")
        parser.add_argument("--dry-run", action="store_true", help="show the plan, write nothing")
        parser.add_argument(
            "--report",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="write a report: a page for people where FILE ends in .html, else JSON;"
            " may be given more than once",
        )
        parser.add_argument("--section", default="", help="the folder of the posts, as blog")
        parser.add_argument(
            "--base-url", default="", help="the old site's address, if its config names none"
        )
        parser.add_argument(
            "--map",
            type=Path,
            metavar="FILE",
            help="a YAML file that merges, renames or leaves out authors, categories, tags and"
            " communities and sets roles; where it is not there, --dry-run writes a proposal",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="bring every page that was edited or unpublished here since the import back to the"
            " source, also where the source has not changed; the edited version stays in the page's"
            " history, a deleted page stays deleted",
        )
        parser.add_argument(
            "--fetch-remote",
            action="store_true",
            help="download the pictures that posts show from other servers; else they become links",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] < 1
        reports = _paths(options["report"])
        for path in reports:
            # Before an import that may take minutes.
            if not path.parent.is_dir() or path.is_dir():
                raise CommandError(f"--report {path}: no file can be written there")
        with tqdm(desc="Importing", unit=" pages", disable=quiet or None) as bar:

            def progress(done: int, steps: int) -> None:
                bar.total = steps
                bar.update(done - bar.n)

            try:
                result = import_hugo(
                    options["source"],
                    dry_run=options["dry_run"],
                    section=options["section"],
                    base_url=options["base_url"],
                    overwrite=options["overwrite"],
                    fetch_remote=options["fetch_remote"],
                    map_path=options["map"],
                    progress=progress,
                )
            except (SourceError, MapError) as error:
                raise CommandError(str(error)) from error
        plan, outcome = result.plan, result.outcome
        for path in reports:
            try:
                report.write(path, plan, outcome)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error
        if not quiet:
            self._print(result, verbose=options["verbosity"] > 1)

    def _print(self, result: Any, *, verbose: bool) -> None:
        plan, outcome = result.plan, result.outcome
        if outcome.dry_run:
            for page in plan.pages:
                self.stdout.write(f"{page.file} → {page.slug}: {page.title}")
        levels = ("error", "warning", "notice") if verbose else ("error", "warning")
        styles = {"error": self.style.ERROR, "warning": self.style.WARNING}
        for message in report.by_level(plan.log.messages, *levels):
            style = styles.get(message.level, str)
            self.stdout.write(style(f"{message.level}: {message}"))
        self.stdout.write(report.table(report.numbers(plan, outcome)))
        if result.proposed:
            self.stdout.write(
                f"A proposal for --map is in {result.proposed}: edit it, name it again."
            )
        if outcome.dry_run:
            self.stdout.write("Dry run: nothing was written.")
        elif outcome.wrote_nothing:
            self.stdout.write("Nothing to do: everything was imported before. Nothing was written.")
        else:
            self.stdout.write(
                "Next: manage.py make_renditions scales the pictures, or the first visitors wait for it."
            )


def _paths(value: Any) -> list[Path]:
    """The files that an option names, also where a program calls with one."""
    return [Path(value)] if isinstance(value, str | Path) else [Path(path) for path in value]
