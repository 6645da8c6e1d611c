"""App configuration of portability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortabilityConfig(AppConfig):
    name = "impact.portability"
    label = "portability"
    verbose_name = _("Portability")
    default_auto_field = "django.db.models.BigAutoField"
