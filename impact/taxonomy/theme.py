"""The organisation's looks as a style sheet: its colours and typefaces, and a class for each category.

A page may carry no style of its own, so what editors choose comes as a file. Its address carries a hash
of its content: browsers keep it for a year and still see a change at once.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe
from wagtail.models import Site

from impact.branding.colour import for_themes
from impact.branding.fonts import Faces, faces
from impact.branding.models import SiteSettings
from impact.branding.palette import Palette, Roles, palette
from impact.freshness.kept import Kept
from impact.taxonomy.models import Category

YEAR = 365 * 24 * 60 * 60

_sheets: Kept[str] = Kept(size=8)


def stylesheet(colours: Palette, typefaces: Faces, categories: Iterable[tuple[str, str]]) -> str:
    """Return the sheet of a palette, of typefaces, and of (slug, colour) of each category."""
    both = {
        "serif": typefaces.headings,
        "sans": typefaces.text,
        "heading-weight": str(typefaces.weight),
        # For a document whose theme is chosen: both, whatever the reader's device says.
        "accent-light": colours.light["accent"].css,
        "accent-dark": colours.dark["accent"].css,
    }
    light, dark = [_root(both), _roles(colours.light)], [_roles(colours.dark)]
    for slug, colour in categories:
        on_paper, on_dark = for_themes(colour)
        light.append(f".category-{css_identifier(slug)}{{--category:{on_paper.css}}}")
        dark.append(f".category-{css_identifier(slug)}{{--category:{on_dark.css}}}")
    # Print is on paper, whatever the screen's theme is.
    return (
        f"@layer tokens{{{''.join(light)}"
        f"@media screen and (prefers-color-scheme:dark){{{''.join(dark)}}}}}"
    )


def _roles(roles: Roles) -> str:
    return _root({name: colour.css for name, colour in roles.items()})


def _root(values: Mapping[str, str]) -> str:
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in values.items())}}}"


def css_identifier(text: str) -> str:
    """Escape what a class name in a style sheet may not hold as it is."""
    return "".join(
        char if char.isascii() and (char.isalnum() or char in "-_") else f"\\{ord(char):x} "
        for char in text
    )


def current_stylesheet(request: HttpRequest) -> str:
    """Return the sheet of the site that was asked for, made once for each version of the content."""

    def make() -> str:
        site = SiteSettings.for_request(request)
        return stylesheet(
            palette(site.accent, site.highlight, site.paper),
            faces(site.fonts),
            Category.objects.order_by("pk").values_list("slug", "colour"),
        )

    return _sheets.get(Site.find_for_request(request), make)


def version(sheet: str) -> str:
    """Return a short hash of a sheet."""
    return blake2b(sheet.encode(), digest_size=6).hexdigest()


def theme_url(request: HttpRequest) -> str:
    """Return the address of the current sheet."""
    return f"{reverse('theme')}?v={version(current_stylesheet(request))}"


def _etag(request: HttpRequest) -> str:
    return f'"{version(current_stylesheet(request))}"'


@require_safe
@condition(etag_func=_etag)
def theme(request: HttpRequest) -> HttpResponse:
    """Answer with the sheet; for good when the address names this very version."""
    sheet = current_stylesheet(request)
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    if request.GET.get("v") == version(sheet):
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response
