"""App configuration of feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedsConfig(AppConfig):
    name = "impact.feeds"
    label = "feeds"
    verbose_name = _("Feeds")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from impact.caching.rules import rules
        from impact.feeds import tasks
        from impact.feeds.options import canonical_query
        from impact.feeds.pictures import show_in_feeds
        from impact.feeds.views import add_feeds
        from impact.freshness.state import on_settle
        from impact.pages.tasks import shown_elsewhere

        add_feeds()
        # No page of another kind can stand there: these addresses are reserved.
        rules.read_query_below(r"/feed/(atom/|json/)?", canonical_query)
        shown_elsewhere(show_in_feeds)
        on_settle(tasks.after_change)
        for signal in (page_published, page_unpublished, post_page_move, post_delete):
            signal.connect(tasks.after_publishing, dispatch_uid=f"feeds-{id(signal)}")
