"""`manage.py notify_hub`: tells the WebSub hub of feeds that have changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from impact.feeds.hub import hub
from impact.feeds.notices import send_due
from impact.freshness.state import latest


class Command(BaseCommand):
    """For a timer: what a command published, a process left undone that ended, or a hub that was away."""

    help = "Tell the hub that WEBSUB_HUB names of feeds that have changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell what is due; ends with an error when the hub has not taken note of something."""
        if hub() is None:
            raise CommandError("No hub is configured: WEBSUB_HUB is not set.")
        latest()
        if not send_due():
            raise CommandError("The hub has not been told of everything yet; the log says why.")
