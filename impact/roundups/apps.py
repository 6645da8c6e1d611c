"""App configuration of roundups."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundupsConfig(AppConfig):
    name = "impact.roundups"
    label = "roundups"
    verbose_name = _("Roundups")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from impact.feeds.sources import add_source
        from impact.roundups.feeds import roundup_pieces

        add_source(roundup_pieces, "roundups.RoundupPage")
