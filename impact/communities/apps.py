"""App configuration of communities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "impact.communities"
    label = "communities"
    verbose_name = _("Communities")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from impact.caching.rules import rules
        from impact.communities.filters import CommunityFilter
        from impact.pages.addresses import paths_of

        rules.read_query(
            lambda: paths_of(self.get_model("CommunityIndexPage")),
            lambda query: CommunityFilter.from_query(query).query(),
        )
