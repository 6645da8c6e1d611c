"""Two registries by which upper packages add to the pages of lower ones, in their `apps.py:ready()`.

A *sub-route* answers below a page's own address (`feed/`); a *section* adds a template and its context
to what a page shows (a community's entries). Page types are named by label, `"communities.CommunityPage"`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

View = Callable[[HttpRequest, Any], HttpResponseBase]
Provider = Callable[[HttpRequest, Any], dict[str, Any]]

# No child page may take one of these as its slug: the sub-route would hide it.
RESERVED_SLUGS = frozenset({"feed", "embed"})


def refuse_reserved(slug: str) -> None:
    """Raise `ValidationError` for a slug that a sub-route needs."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            {"slug": _("“%(slug)s” is a reserved address; choose another slug.") % {"slug": slug}}
        )


@dataclass(frozen=True)
class Section:
    """Part of a page: `provider(request, page)` gives the context of `template`."""

    template: str
    provider: Provider
    order: int = 100


@dataclass
class Registry:
    """What has been added to the page types."""

    subroutes: dict[str, dict[str, View]] = field(default_factory=lambda: defaultdict(dict))
    sections: dict[str, list[Section]] = field(default_factory=lambda: defaultdict(list))

    def add_subroute(self, page_type: str, path: str, view: View) -> None:
        """Let `view(request, page)` answer at `path` (`"feed/atom/"`) below pages of the type.

        Raises `ValueError` when the first part of the path is not reserved.
        """
        parts = path.strip("/")
        if parts.split("/")[0] not in RESERVED_SLUGS:
            raise ValueError(f"{path!r} does not begin with one of {sorted(RESERVED_SLUGS)}")
        self.subroutes[page_type.lower()][parts] = view

    def subroute(self, page_type: str, components: list[str]) -> View | None:
        """Return the view at a path below a page of the type, if there is one."""
        return self.subroutes.get(page_type.lower(), {}).get("/".join(components))

    def add_section(
        self, page_type: str, template: str, provider: Provider, order: int = 100
    ) -> None:
        """Show `template` on pages of the type, with what `provider(request, page)` returns."""
        self.sections[page_type.lower()].append(Section(template, provider, order))

    def sections_of(self, page_type: str) -> list[Section]:
        """Return the sections of a page type, in their order."""
        return sorted(self.sections.get(page_type.lower(), []), key=lambda s: s.order)


registry = Registry()
