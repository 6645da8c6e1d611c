"""What makes a folder of content a Hugo site: configuration, layouts, and where what stands."""

from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Site

from impact.branding.models import PageOrURL, SiteSettings
from impact.branding.newsletter import newsletter
from impact.pages.addresses import origin
from impact.portability.export.folder import Folder
from impact.portability.export.front_matter import filled
from impact.portability.export.tree import TAXONOMIES, Tree
from impact.portability.written import FORMAT

LAYOUTS = Path(__file__).parent / "hugo"
# The first with the layouts' present names of folders.
_OLDEST_HUGO = "0.146.0"


def configuration(site: Site, tree: Tree) -> dict[str, Any]:
    """Return `hugo.yaml`. Two queries."""
    branding = SiteSettings.for_site(site)
    letter = newsletter(
        branding.newsletter_service, branding.newsletter_url, branding.newsletter_text
    )
    sections = {
        key.lstrip("@"): place.folder for key, place in tree.sections.items() if place.folder
    }
    return {
        "baseURL": f"{origin()}/",
        "title": branding.organisation,
        "defaultContentLanguage": settings.LANGUAGE_CODE.lower(),
        "params": filled(
            language=settings.LANGUAGE_CODE,
            description=branding.tagline,
            footer=branding.footer_text,
            licence=branding.licence_line,
            accent=branding.accent,
            newsletter=filled(url=letter.url, text=letter.text) if letter else {},
            social=[{"name": link.name, "url": link.url} for link in branding.social_links.all()],
            impact={"format": FORMAT, "sections": {**sections, "pages": tree.pages_folder}},
        ),
        "menus": filled(
            main=_menu(branding.navigation, tree), footer=_menu(branding.footer_links, tree)
        ),
        "taxonomies": TAXONOMIES,
        # Addresses as they were, capitals and all; and what was public stays so, whatever its date.
        "disablePathToLower": True,
        "buildFuture": True,
        "enableRobotsTXT": True,
        "enableEmoji": False,
        "pagination": {"pagerSize": 50},
        "markup": {
            "goldmark": {
                # Text is text: nothing in it becomes a dash, a link or HTML that was none.
                "extensions": {"linkify": False, "typographer": {"disable": True}},
                "renderer": {"unsafe": False},
            },
            "highlight": {"noClasses": False},
        },
        "module": {"hugoVersion": {"min": _OLDEST_HUGO}},
    }


def _menu(links: Any, tree: Tree) -> list[dict[str, Any]]:
    rows: list[PageOrURL] = list(links.select_related("page"))
    menu = []
    for weight, link in enumerate(rows, start=1):
        key = tree.key_of(link.page_id) if link.page_id else ""
        url = tree.path_of(key) if key else link.url
        if url:
            menu.append({"name": link.text, "url": url, "weight": weight})
    return menu


def copy_layouts(folder: Folder) -> None:
    """Write the layouts and the style sheet."""
    for path in sorted(LAYOUTS.rglob("*")):
        if path.is_file():
            folder.write(path.relative_to(LAYOUTS).as_posix(), path.read_text(encoding="utf-8"))
