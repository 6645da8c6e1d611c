"""App configuration of pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "impact.pages"
    label = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_slug_changed, post_page_move

        from impact.caching.rules import rules
        from impact.pages.old_addresses import after_move, after_slug_change
        from impact.pages.visibility import next_expiry

        rules.changes_at(next_expiry)
        page_slug_changed.connect(after_slug_change, dispatch_uid="pages.after_slug_change")
        post_page_move.connect(after_move, dispatch_uid="pages.after_move")
