"""What stands around every page: name, navigation, footer.

Read once for each version of the content; what differs from page to page is where the page stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Page, PageViewRestriction, Site

from impact.branding.fonts import faces
from impact.branding.icons import Icon, icon_of, is_symbol
from impact.branding.models import PageOrURL, SiteSettings
from impact.branding.newsletter import Newsletter, newsletter
from impact.branding.palette import palette
from impact.freshness.kept import Kept
from impact.media import renditions
from impact.media.models import ImpactImage

NOTHING = SafeString("")


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
    accent: str = ""
    paper: str = ""
    fonts: str = ""
    logo: ImpactImage | None = None
    logo_dark: ImpactImage | None = None
    navigation: tuple[Link, ...] = ()
    footer_links: tuple[Link, ...] = ()
    social_links: tuple[Link, ...] = ()
    footer_text: str = ""
    licence_line: str = ""
    newsletter: Newsletter | None = None
    icon: Icon | None = None
    head: SafeString = NOTHING

    @property
    def symbol(self) -> bool:
        """Whether the logo is a sign without words, so that the name has to stand beside it."""
        return self.logo is not None and is_symbol(self.logo)


@dataclass(frozen=True)
class _Target:
    """Where a link of the frame leads, whichever page it stands on; `page` is `None` for an address."""

    text: str
    url: str
    page: Page | None = None

    @property
    def is_over(self) -> bool:
        """Whether its page has expired since it was read."""
        end = self.page.expire_at if self.page else None
        return end is not None and end <= timezone.now()


@dataclass(frozen=True)
class _Read:
    """The frame of all pages, its links apart; those below home stand in where editors chose none."""

    frame: Frame
    chosen: tuple[_Target, ...]
    below_home: tuple[_Target, ...]
    footer: tuple[_Target, ...]


_frames: Kept[_Read] = Kept(size=8)


def frame_of(request: HttpRequest, page: Page | None = None) -> Frame | None:
    """Return the frame of a page of the requested site; None where there is no site."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    read = _frames.get(site.pk, lambda: _read(site, request))
    return replace(
        read.frame,
        navigation=_links(read.chosen, page) or _links(read.below_home, page),
        footer_links=_links(read.footer, page),
    )


def _read(site: Site, request: HttpRequest) -> _Read:
    """Read everything that the settings say; a constant number of statements."""
    settings = SiteSettings.for_request(request)
    renditions.prefetch([settings.logo, settings.logo_dark], "logo")
    icon = icon_of(settings)
    frame = Frame(
        organisation=settings.organisation,
        home_url=site.root_page.get_url(request) or "/",
        tagline=settings.tagline,
        accent=settings.accent,
        paper=settings.paper,
        fonts=settings.fonts,
        logo=settings.logo,
        logo_dark=settings.logo_dark,
        social_links=tuple(Link(each.name, each.url) for each in settings.social_links.all()),
        footer_text=settings.footer_text,
        licence_line=settings.licence_line,
        newsletter=newsletter(
            settings.newsletter_service, settings.newsletter_url, settings.newsletter_text
        ),
        icon=icon,
        head=_head(settings, icon),
    )
    below_home = site.root_page.get_children().filter(~_closed(), live=True).in_menu()
    return _Read(
        frame,
        tuple(_targets(settings.navigation, request)),
        tuple(_Target(page.title, page.get_url(request) or "", page) for page in below_home),
        tuple(_targets(settings.footer_links, request)),
    )


def _head(settings: SiteSettings, icon: Icon) -> SafeString:
    """Return what the head of every page says of its looks: fonts to fetch, icons, the window's colour."""
    papers = palette(settings.accent, settings.highlight, settings.paper).papers
    context = {"faces": faces(settings.fonts), "icon": icon, "papers": papers}
    return render_to_string("components/looks.html", context)


def _closed(relation: str = "") -> Exists:
    """Return the condition that a page, or one above it, is private. `relation` leads to the page."""
    path = ExpressionWrapper(OuterRef(f"{relation}path"), output_field=CharField())
    own = Page.objects.filter(pk=OuterRef("page")).values("path")
    above = PageViewRestriction.objects.alias(_path=path, _above=Subquery(own))
    return Exists(above.filter(_path__startswith=F("_above")))


def _targets(links: Any, request: HttpRequest) -> Iterable[_Target]:
    """Give the links that lead somewhere: to an address, or to a page that is there for visitors."""
    for link in links.select_related("page").annotate(closed=_closed("page__")):
        link: PageOrURL  # type: ignore[no-redef]
        if link.page is None:
            yield _Target(link.text, link.url)
        elif link.page.live and not link.closed and (url := link.page.get_url(request)):
            yield _Target(link.text, url, link.page)


def _links(targets: Iterable[_Target], page: Page | None) -> tuple[Link, ...]:
    """Return links as they stand on a page, without those that are over."""
    return tuple(
        Link(target.text, target.url, _current(target.page, page))
        for target in targets
        if not target.is_over
    )


def _current(target: Page | None, page: Page | None) -> str:
    """Return `page` for the page itself, `true` for one that it stands below."""
    if target is None or page is None or not page.path:
        return ""
    if target.pk == page.pk:
        return "page"
    return "true" if page.path.startswith(target.path) else ""
