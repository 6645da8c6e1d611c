"""App configuration of the newsletter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "impact.newsletter"
    label = "newsletter"
    verbose_name = _("Newsletter")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from impact.caching.rules import rules
        from impact.feeds.views import add_feed
        from impact.newsletter.archive import canonical
        from impact.newsletter.feeds import digest_pieces
        from impact.pages.addresses import paths_of

        add_feed("newsletter.NewsletterIndexPage", digest_pieces, carried="newsletter.DigestPage")
        rules.read_query(lambda: paths_of(self.get_model("NewsletterIndexPage")), canonical)
