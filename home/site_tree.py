"""The site that `migrate` alone gives: home, gallery, communities, roundups, newsletter, groups and workflow.

Built with the real models after migrations; later runs find a home page and leave everything as
operators have made it.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page, Site

from home.groups import build_groups
from home.models import HomePage
from home.workflow import build_workflow
from impact.branding.models import SiteSettings
from impact.communities.models import CommunityIndexPage
from impact.entries.new_story import ensure_template
from impact.gallery.models import GalleryPage
from impact.newsletter.models import NewsletterIndexPage
from impact.roundups.models import RoundupIndexPage


def build_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receive `post_migrate` of the last installed app."""
    if using == DEFAULT_DB_ALIAS:
        ensure_site()


@transaction.atomic
def ensure_site() -> HomePage:
    """Build the site where there is none; return its home page. Running it again changes nothing."""
    home = HomePage.objects.first()
    return home if home is not None else _build_site()


def _build_site() -> HomePage:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    _remove_welcome_page(root)
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title=_("Home"), slug="home", show_in_menus=False))
    gallery = GalleryPage(title=_("Impact"), slug="impact", show_in_menus=True)
    for page in (
        gallery,
        CommunityIndexPage(title=_("Communities"), slug="communities", show_in_menus=True),
        RoundupIndexPage(title=_("Roundups"), slug="roundups", show_in_menus=True),
        # In no menu before there is something to read.
        NewsletterIndexPage(title=_("Newsletter"), slug="newsletter", show_in_menus=False),
    ):
        home.add_child(instance=page)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port = _host_and_port(settings.SITE_URL)
    site.root_page = home
    site.save()
    # Here, so that the first visit has nothing to write.
    SiteSettings.for_site(site)
    ensure_template(site)
    build_groups(root, gallery)
    build_workflow(home)
    return home


def _host_and_port(address: str) -> tuple[str, int]:
    """Return what a `Site` keeps of an address.

    >>> _host_and_port("https://impact.example.org")
    ('impact.example.org', 443)
    """
    parts = urlsplit(address)
    return parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 80)


def _remove_welcome_page(root: Page) -> None:
    """Make room for our home page where Wagtail has put its greeting."""
    Site.objects.filter(root_page__depth=2, root_page__content_type__model="page").update(
        root_page=root
    )
    for page in Page.objects.child_of(root).filter(slug="home", content_type__model="page"):
        page.delete()
