"""The organisation's name from the old site's configuration, where nobody has set one here."""

from wagtail.models import Site

from impact.branding.models import SiteSettings
from impact.portability.config import Config
from impact.portability.messages import Log
from impact.portability.source import Source


def take_over(source: Source, log: Log) -> None:
    """Fill organisation and tagline as long as they are as after installation."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    settings = SiteSettings.for_site(site)
    title = source.config.text("title")[:120]
    default = SiteSettings._meta.get_field("organisation").default
    if not title or settings.organisation != default:
        return
    settings.organisation = title
    tagline = _description(source.config)[:200]
    if tagline and not settings.tagline:
        settings.tagline = tagline
    settings.save()
    log.add("notice", "settings", "config", 0, f"the organisation is now called “{title}”")


def _description(config: Config) -> str:
    own = ("description",), ("marketing", "seo", "description")
    text = next(filter(None, (config.text("params", *path) for path in own)), "")
    # A tagline is one sentence; what is cut in the middle says less than nothing.
    return text if len(text) <= 200 else ""
