"""App configuration of pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "impact.pages"
    label = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, page_slug_changed, post_page_move

        from impact.caching.rules import rules
        from impact.pages.old_addresses import after_move, after_slug_change
        from impact.pages.tasks import after_deleting, after_publishing
        from impact.pages.visibility import next_expiry

        rules.changes_at(next_expiry)
        page_slug_changed.connect(after_slug_change, dispatch_uid="pages.after_slug_change")
        post_page_move.connect(after_move, dispatch_uid="pages.after_move")
        page_published.connect(after_publishing, dispatch_uid="pages.after_publishing")
        post_delete.connect(after_deleting, dispatch_uid="pages.after_deleting")
