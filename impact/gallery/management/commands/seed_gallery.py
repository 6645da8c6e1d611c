"""Fill the gallery with made-up entries, for benchmarks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from impact.gallery.models import GalleryPage
from impact.gallery.seeding import seed


class Command(BaseCommand):
    """`manage.py seed_gallery --entries N`."""

    help = (
        "Add many made-up entries to the gallery. For benchmarks, not for a site that people read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read how many."""
        parser.add_argument("--entries", type=int, required=True, help="how many entries to add")

    def handle(self, *args: Any, entries: int, verbosity: int, **options: Any) -> None:
        """Add them and say what was added."""
        if entries < 1:
            raise CommandError(f"--entries must be 1 or more, not {entries}.")
        try:
            with tqdm(total=entries, unit=" entries", disable=not verbosity) as bar:
                done = seed(entries, bar.update)
        except GalleryPage.DoesNotExist as error:
            raise CommandError("There is no gallery; run migrate first.") from error
        self.stdout.write(
            f"Added {done.entries} entries ({done.links} of them links), filed under "
            f"{done.communities} communities, {done.tags} tags and {done.authors} authors."
        )
