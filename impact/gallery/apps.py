"""App configuration of gallery."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GalleryConfig(AppConfig):
    name = "impact.gallery"
    label = "gallery"
    verbose_name = _("Gallery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from impact.caching.rules import rules
        from impact.filters.gallery import GalleryFilter
        from impact.gallery.suggestions import canonical
        from impact.pages.addresses import paths_of

        rules.read_query(
            lambda: paths_of(self.get_model("GalleryPage")),
            lambda query: GalleryFilter.from_query(query).query(),
        )
        rules.read_query_below(r"^/search/suggestions/", canonical)
