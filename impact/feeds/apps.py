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

        from impact.feeds.pictures import prepare_picture
        from impact.feeds.views import add_feeds

        add_feeds()
        page_published.connect(prepare_picture, dispatch_uid="feeds.prepare_picture")
