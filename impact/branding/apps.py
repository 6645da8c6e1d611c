"""App configuration of branding."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandingConfig(AppConfig):
    name = "impact.branding"
    label = "branding"
    verbose_name = _("Branding")
    default_auto_field = "django.db.models.BigAutoField"
