"""Make the copies of pictures that pages show, and their share images, where they are missing."""

from argparse import ArgumentParser
from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm
from wagtail.models import Page

from impact.media.models import ImpactImage
from impact.media.tasks import make_copies
from impact.pages.models import BasePage
from impact.pages.tasks import copies_of, prepare_share_image


class Command(BaseCommand):
    """`manage.py make_renditions [--dry-run]`."""

    help = (
        "Make the copies of pictures that live pages show, and the images that stand for pages where they "
        "are shared. After an import or an upgrade, and at night for what a stopped process left."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read whether to only look."""
        parser.add_argument(
            "--dry-run", action="store_true", help="make nothing; say what is missing"
        )

    def handle(self, *args: Any, dry_run: bool, verbosity: int, **options: Any) -> None:
        """Look through the pages, make what is missing, and say what was made."""
        keys = list(Page.objects.live().order_by("pk").values_list("pk", flat=True))
        wanted: defaultdict[ImpactImage, set[str]] = defaultdict(set)
        shared = 0
        for key in tqdm(keys, unit=" pages", disable=not verbosity):
            page = Page.objects.get(pk=key).specific
            if not isinstance(page, BasePage):
                continue
            for image, specs in copies_of(page).items():
                wanted[image].update(specs)
            if not dry_run:
                shared += prepare_share_image(page)
        number = sum(len(specs) for specs in wanted.values())
        if dry_run:
            self.stdout.write(
                f"{number} copies of {len(wanted)} pictures are missing on {len(keys)} pages."
            )
            return
        with tqdm(total=number, unit=" copies", disable=not verbosity) as bar:
            made = make_copies(
                {image: sorted(specs) for image, specs in wanted.items()}, bar.update
            )
        self.stdout.write(
            f"Made {made} copies of {len(wanted)} pictures; {shared} pages have a share image."
        )
        if made < number:
            self.stdout.write(f"{number - made} copies could not be made: the log says why.")
