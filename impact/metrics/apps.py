"""App configuration of metrics."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    name = "impact.metrics"
    label = "metrics"
    verbose_name = _("Metrics")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from impact.metrics.sections import figures_section
        from impact.pages.registries import registry

        registry.add_section(
            "communities.CommunityPage", "metrics/community_figures.html", figures_section, 100
        )
