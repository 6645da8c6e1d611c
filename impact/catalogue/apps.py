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
        from impact.catalogue.communities.entries import entry_counts, links_of, timeline_of
        from impact.catalogue.communities.outcomes import outcomes_of
        from impact.catalogue.communities.support import supported_by, supporters_of
        from impact.catalogue.communities.voices import voices_of
        from impact.catalogue.reading_on import reading_on
        from impact.catalogue.upkeep import bring_up_to_date
        from impact.freshness.state import on_settle
        from impact.pages.registries import registry

        on_settle(bring_up_to_date)
        for page_type in ("entries.StoryPage", "entries.FeaturedLinkPage"):
            registry.add_section(page_type, "catalogue/reading_on.html", reading_on, order=900)
        index, page = "communities.CommunityIndexPage", "communities.CommunityPage"
        registry.add_section(index, "catalogue/community_count.html", entry_counts)
        for order, template, provider in (
            (150, "catalogue/community_outcomes.html", outcomes_of),
            (175, "catalogue/community_voices.html", voices_of),
            (200, "catalogue/community_entries.html", timeline_of),
            (225, "catalogue/community_links.html", links_of),
            (275, "catalogue/community_supporters.html", supporters_of),
            (300, "catalogue/community_supported.html", supported_by),
        ):
            registry.add_section(page, template, provider, order)
