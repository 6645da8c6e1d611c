"""The organisation's name from the old site's configuration, where nobody has set one here."""

from typing import Any

from wagtail.models import Site

from impact.branding.models import SiteSettings
from impact.portability.messages import Log
from impact.portability.source import Source
from impact.portability.values import read_text


def take_over(source: Source, log: Log) -> None:
    """Fill organisation and tagline as long as they are as after installation."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    settings = SiteSettings.for_site(site)
    title = read_text(source.config.get("title"))[:120]
    default = SiteSettings._meta.get_field("organisation").default
    if not title or settings.organisation != default:
        return
    settings.organisation = title
    tagline = _description(source.config)[:200]
    if tagline and not settings.tagline:
        settings.tagline = tagline
    settings.save()
    log.add("notice", "settings", "config", 0, f"the organisation is now called “{title}”")


def _description(config: dict[str, Any]) -> str:
    params = config.get("params")
    if not isinstance(params, dict):
        return ""
    marketing = params.get("marketing")
    seo = marketing.get("seo") if isinstance(marketing, dict) else None
    own = seo.get("description") if isinstance(seo, dict) else None
    text = read_text(params.get("description") or own)
    # A tagline is one sentence; what is cut in the middle says less than nothing.
    return text if len(text) <= 200 else ""
