"""Writes the page that the web server shows while the site is being looked after."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import translation


class Command(BaseCommand):
    """The command `maintenance_page`; it asks no database."""

    help = (
        "Write the maintenance page, in the language of the site, among the collected static files."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another path."""
        default = Path(settings.STATIC_ROOT) / "maintenance.html"
        parser.add_argument("path", nargs="?", type=Path, default=default, help=f"{default}")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        """Write the file whole or not at all."""
        # Commands speak English otherwise.
        with translation.override(settings.LANGUAGE_CODE):
            page = render_to_string("maintenance.html")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f"{path.name}.new")
            beside.write_text(page, encoding="utf-8")
            beside.replace(path)
        except OSError as error:
            raise CommandError(f"{path} can't be written: {error.strerror}") from error
        self.stdout.write(f"Wrote {path}")
