"""App configuration of catalogue: keeping the read model right, and what it adds to pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "impact.catalogue"
    label = "catalogue"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow changes; let entries show where to read on, and communities what is told of them."""
        from impact.catalogue import communities
        from impact.catalogue.reading_on import reading_on
        from impact.catalogue.upkeep import bring_up_to_date
        from impact.freshness.state import on_settle
        from impact.pages.registries import registry

        on_settle(bring_up_to_date)
        for page_type in ("entries.StoryPage", "entries.FeaturedLinkPage"):
            registry.add_section(page_type, "catalogue/reading_on.html", reading_on, order=900)
        index, page = "communities.CommunityIndexPage", "communities.CommunityPage"
        registry.add_section(index, "catalogue/community_count.html", communities.entry_counts)
        registry.add_section(page, "catalogue/community_entries.html", communities.entries_of, 200)
        registry.add_section(
            page, "catalogue/community_supported.html", communities.supported_by, 300
        )
