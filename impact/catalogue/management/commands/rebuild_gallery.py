"""Compare the read model with the pages, and write anew what differs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from impact.catalogue.upkeep import everything, find_drift, repair
from impact.entries.models import EntryPage
from impact.freshness.state import current

SHOWN = 20


class Command(BaseCommand):
    """`manage.py rebuild_gallery [--check]`."""

    help = (
        "Compare what the gallery, feeds and reports read with the pages themselves, and write anew what "
        "differs. Needed only after the database was changed past the site, by SQL or by a bulk update."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read whether to only look."""
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 if anything differs"
        )

    def handle(self, *args: Any, check: bool, verbosity: int, **options: Any) -> None:
        """Compare, and say what differs."""
        current()
        number = len(everything())
        with tqdm(total=number, unit=" entries", disable=not verbosity) as bar:
            wrong = find_drift(bar.update)
        titles = dict(EntryPage.objects.filter(pk__in=wrong[:SHOWN]).values_list("pk", "title"))
        for pk in wrong[:SHOWN]:
            self.stdout.write(f"Differs: {pk} {titles.get(pk, '(gone)')}")
        if len(wrong) > SHOWN:
            self.stdout.write(f"… and {len(wrong) - SHOWN} others.")
        if check and wrong:
            raise CommandError(f"{len(wrong)} of {number} entries differ.")
        if wrong:
            repair(wrong)
            current()
        self.stdout.write(f"Checked {number} entries, wrote {len(wrong)} anew.")
