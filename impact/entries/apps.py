"""App configuration of entries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntriesConfig(AppConfig):
    name = "impact.entries"
    label = "entries"
    verbose_name = _("Entries")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import init_new_page

        from impact.entries.new_story import prepare

        init_new_page.connect(prepare, dispatch_uid="impact.entries.new_story")
