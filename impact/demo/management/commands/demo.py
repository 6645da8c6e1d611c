"""`manage.py demo`: fill an empty site with the demo content."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from impact.demo import accounts, load


class Command(BaseCommand):
    """Load the invented organisation; where it is loaded already, nothing happens."""

    help = "Load the demo content into an empty site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let tests and small machines draw in one process."""
        parser.add_argument(
            "--workers",
            type=int,
            help="processes that draw pictures; default: one a CPU, at most 4",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, prepare pictures, and say what there is."""
        quiet = options["verbosity"] == 0
        if load.is_loaded():
            self.stdout.write("The demo content is here already; nothing was changed.")
        else:
            self._load(options["workers"], quiet)
        with tqdm(desc="Scaling pictures", unit="", disable=quiet or None) as bar:
            load.prepare_pictures(lambda _name: bar.update())
        self._logins()

    def _load(self, workers: int | None, quiet: bool) -> None:
        try:
            load.check_empty()
        except load.SiteIsNotEmptyError as error:
            raise CommandError(
                f"This site has content of its own ({error}). The demo is loaded into an empty site only; "
                "use another DATABASE_URL to try it."
            ) from error
        with tqdm(
            total=load.steps(), desc="Loading the demo", unit="", disable=quiet or None
        ) as bar:
            summary = load.load(lambda _name: bar.update(), workers)
        self.stdout.write(
            f"Loaded {summary.stories} stories, {summary.links} featured links, "
            f"{summary.communities} communities, {summary.roundups} roundups and {summary.pictures} pictures."
        )

    def _logins(self) -> None:
        """Print the development logins; there are none in production."""
        if not accounts.allowed():
            return
        self.stdout.write("Logins for the editor, on this machine only:")
        for login in accounts.LOGINS:
            self.stdout.write(f"  {login.username:<8} password {login.password:<8} ({login.group})")
