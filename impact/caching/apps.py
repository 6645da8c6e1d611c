"""App configuration of caching."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.utils.translation import gettext_lazy as _


class CachingConfig(AppConfig):
    name = "impact.caching"
    label = "caching"
    verbose_name = _("Caching")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Purge copies in proxies once there is a new version of the content."""
        from impact.caching.proxies import background
        from impact.freshness.state import on_settle

        def purge(changes: Sequence[Any], number: int) -> None:
            transaction.on_commit(background.ask)

        on_settle(purge)
