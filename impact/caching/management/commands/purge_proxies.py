"""`manage.py purge_proxies`: tells proxies of what they should not have any more."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from impact.caching.proxies import AGAIN_AFTER, is_configured, purge


class Command(BaseCommand):
    """For a timer: what a process left undone that ended, or a proxy that was away."""

    help = "Purge outdated pages from the proxies that PURGE_URL and CLOUDFLARE_ZONE name."

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge, and once more some seconds later; ends with an error when a proxy has not understood."""
        if not is_configured():
            raise CommandError(
                "No proxy is configured: neither PURGE_URL nor CLOUDFLARE_ZONE is set."
            )
        if not purge():
            time.sleep(AGAIN_AFTER.total_seconds())
            if not purge():
                raise CommandError("Not everything could be purged; the log says why.")
