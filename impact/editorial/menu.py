"""The part of the editor's menu that is about the stories."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from impact.editorial.listing import EntryListing
from impact.metrics.viewsets import MetricViewSet
from impact.people.viewsets import AuthorViewSet
from impact.taxonomy.viewsets import CategoryViewSet, TagViewSet


class ImpactGroup(SnippetViewSetGroup):
    """Entries, and everything that they are filed under."""

    items = (EntryListing, CategoryViewSet, AuthorViewSet, TagViewSet, MetricViewSet)
    menu_label = _("Impact")
    menu_name = "impact"
    menu_icon = "doc-full-inverse"
    # Right after Wagtail's "Pages".
    menu_order = 150


def without_news(request: HttpRequest, items: list[Any]) -> None:
    """Leave Wagtail's release notes out of the help menu: its badge calls writers to no work of theirs."""
    items[:] = [item for item in items if not item.name.startswith("whats-new-in-wagtail")]
