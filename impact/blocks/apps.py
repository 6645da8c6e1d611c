"""App configuration of blocks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocksConfig(AppConfig):
    name = "impact.blocks"
    label = "blocks"
    verbose_name = _("Blocks")
    default_auto_field = "django.db.models.BigAutoField"
