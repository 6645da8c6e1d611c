"""App configuration of freshness: every change that a visitor could see leaves a mark."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FreshnessConfig(AppConfig):
    name = "impact.freshness"
    label = "freshness"
    verbose_name = _("Freshness")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to every model."""
        from impact.freshness import receivers

        receivers.connect()
