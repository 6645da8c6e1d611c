"""App configuration of media."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "impact.media"
    label = "media"
    verbose_name = _("Media")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make copies of what is uploaded."""
        from django.db.models.signals import post_save

        from impact.media import encoding
        from impact.media.tasks import after_upload

        encoding.register()
        post_save.connect(
            after_upload, sender=self.get_model("ImpactImage"), dispatch_uid="media.after_upload"
        )
