"""App configuration of portability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortabilityConfig(AppConfig):
    name = "impact.portability"
    label = "portability"
    verbose_name = _("Portability")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_slug_changed, post_page_move

        from impact.portability.moves import after_move, after_slug_change

        page_slug_changed.connect(after_slug_change, dispatch_uid="portability.after_slug_change")
        post_page_move.connect(after_move, dispatch_uid="portability.after_move")
