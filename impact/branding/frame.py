"""What stands around every page: name, navigation, footer. A constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from impact.branding.models import PageOrURL, SiteSettings


@dataclass(frozen=True)
class Link:
    """A link of the frame; `current` is what `aria-current` says, empty elsewhere."""

    text: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Frame:
    """Header and footer."""

    organisation: str
    home_url: str
    tagline: str = ""
    # Pictures of the media library, which is a sibling.
    logo: Any = None
    logo_dark: Any = None
    navigation: tuple[Link, ...] = ()
    footer_links: tuple[Link, ...] = ()
    social_links: tuple[Link, ...] = ()
    footer_text: str = ""
    licence_line: str = ""
    newsletter_url: str = ""
    newsletter_text: str = ""

    @property
    def symbol(self) -> bool:
        """Whether the logo is a sign without words, so that the name has to stand beside it."""
        return bool(self.logo) and self.logo.width < 2 * self.logo.height


def frame_of(request: HttpRequest, page: Page | None = None) -> Frame | None:
    """Return the frame of a page of the requested site; None where there is no site."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    settings = SiteSettings.for_request(request)
    return Frame(
        organisation=settings.organisation,
        home_url=site.root_page.get_url(request) or "/",
        tagline=settings.tagline,
        logo=settings.logo,
        logo_dark=settings.logo_dark,
        navigation=tuple(_navigation(settings, site, request, page)),
        footer_links=tuple(_links(settings.footer_links, request, page)),
        social_links=tuple(Link(each.name, each.url) for each in settings.social_links.all()),
        footer_text=settings.footer_text,
        licence_line=settings.licence_line,
        newsletter_url=settings.newsletter_url,
        newsletter_text=settings.newsletter_text,
    )


def _navigation(
    settings: SiteSettings, site: Site, request: HttpRequest, page: Page | None
) -> Iterable[Link]:
    """Give the links that editors chose; without any, the pages below home that are in menus."""
    chosen = list(_links(settings.navigation, request, page))
    if chosen:
        return chosen
    children = site.root_page.get_children().live().public().in_menu()
    children = children.exclude(expire_at__lte=timezone.now())
    return [
        Link(child.title, child.get_url(request) or "", _current(child, page)) for child in children
    ]


def _links(links: Any, request: HttpRequest, page: Page | None) -> Iterable[Link]:
    """Give the links whose pages are there for visitors."""
    path = ExpressionWrapper(OuterRef("page__path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(_path=path)
    closed = Exists(above.filter(_path__startswith=F("page__path")))
    for link in links.select_related("page").annotate(closed=closed):
        link: PageOrURL  # type: ignore[no-redef]
        if link.page is None:
            yield Link(link.text, link.url)
        elif not link.closed and _is_live(link.page) and (url := link.page.get_url(request)):
            yield Link(link.text, url, _current(link.page, page))


def _is_live(page: Page) -> bool:
    """Return whether a page is published and has not expired since."""
    return page.live and not (page.expire_at and page.expire_at <= timezone.now())


def _current(target: Page, page: Page | None) -> str:
    """Return `page` for the page itself, `true` for one that it stands below."""
    if page is None or not page.path:
        return ""
    if target.pk == page.pk:
        return "page"
    return "true" if page.path.startswith(target.path) else ""
