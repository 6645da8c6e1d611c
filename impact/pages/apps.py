"""App configuration of pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "impact.pages"
    label = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from impact.caching.rules import rules
        from impact.pages.visibility import next_expiry

        rules.changes_at(next_expiry)
