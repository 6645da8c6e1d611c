"""App configuration of embeds: the sub-route of communities, and the offer on their pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmbedsConfig(AppConfig):
    name = "impact.embeds"
    label = "embeds"
    verbose_name = _("Embeds")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from impact.caching.rules import rules
        from impact.embeds.offer import offer_of
        from impact.embeds.options import EmbedOptions
        from impact.embeds.views import embed
        from impact.pages.registries import registry

        community = "communities.CommunityPage"
        registry.add_subroute(community, "embed/", embed)
        registry.add_section(community, "embeds/offer.html", offer_of, 400)
        # No page of another kind can stand there: the address is reserved.
        rules.read_query_below(r"/embed/", lambda query: EmbedOptions.from_query(query).query())
