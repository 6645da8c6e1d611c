"""App configuration of feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedsConfig(AppConfig):
    name = "impact.feeds"
    label = "feeds"
    verbose_name = _("Feeds")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from impact.caching.rules import rules
        from impact.feeds.pictures import prepare_picture
        from impact.feeds.views import add_feeds
        from impact.filters.gallery import GalleryFilter

        add_feeds()
        # No page of another kind can stand there: these addresses are reserved.
        rules.read_query_below(
            r"/feed/(atom/|json/)?",
            lambda query: GalleryFilter.from_query(query).selection().query(),
        )
        page_published.connect(prepare_picture, dispatch_uid="feeds.prepare_picture")
