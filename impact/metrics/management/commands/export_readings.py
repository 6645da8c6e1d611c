"""`manage.py export_readings [FILE]`: write the readings as CSV, to a file or to the terminal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from impact.metrics.exchange.exports import BYTE_ORDER_MARK, export_readings
from impact.metrics.models import Metric


class Command(BaseCommand):
    """Arguments, one call."""

    help = "Export the readings of all metrics, or of one, as CSV that import_readings takes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="the terminal by default")
        parser.add_argument("--metric", default="", help="the short name of one metric")

    def handle(self, *args: Any, **options: Any) -> None:
        metric, path = options["metric"], options["file"]
        if metric and not Metric.objects.filter(slug=metric).exists():
            raise CommandError(f"There is no metric {metric}.")
        text = export_readings(metric)
        if path is None:
            self.stdout.write(text, ending="")
            return
        try:
            path.write_bytes((BYTE_ORDER_MARK + text).encode())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
