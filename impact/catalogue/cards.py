"""From entries to cards: everything that a list shows, read at once.

The number of statements is the same for one entry and for a hundred.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest

from impact.catalogue.selection import community_links
from impact.entries.models import EntryPage, FeaturedLinkPage
from impact.filters.gallery import GalleryFilter
from impact.media import renditions
from impact.pages.cards import Card, Kind, Label

COMMUNITIES = "public_community_links"


def cards(
    entries: Iterable[EntryPage],
    request: HttpRequest | None = None,
    profiles: Sequence[str] = ("card",),
) -> list[Card]:
    """Return a card for each entry, in their order.

    `profiles` names the places of the layout where the pictures stand.
    """
    pages = list(entries)
    _load(pages, profiles)
    targets = link_targets(pages)
    return [_card(page, targets, request) for page in pages]


def _load(pages: Sequence[EntryPage], profiles: Sequence[str]) -> None:
    """Read categories, communities, pictures and their copies of all pages."""
    links = community_links().select_related("community").order_by("sort_order", "pk")
    prefetch_related_objects(
        pages,
        "category",
        "lead_image",
        Prefetch("community_links", queryset=links, to_attr=COMMUNITIES),
    )
    renditions.prefetch((page.lead_image for page in pages), *profiles)


def link_targets(pages: Sequence[EntryPage]) -> dict[int, tuple[str, str]]:
    """Return where each featured link leads, and who published it."""
    # Asked for all pages, so that a list without links costs what any other costs.
    found = FeaturedLinkPage.objects.filter(pk__in=[page.pk for page in pages])
    return {pk: (url, who) for pk, url, who in found.values_list("pk", "external_url", "publisher")}


def _card(
    page: EntryPage, targets: dict[int, tuple[str, str]], request: HttpRequest | None
) -> Card:
    own_url = page.get_url(request) or ""
    url, publisher = targets.get(page.pk, (own_url, ""))
    kind: Kind = "link" if page.pk in targets else "story"
    return Card(
        slug=page.slug,
        kind=kind,
        title=page.title,
        summary=page.summary,
        url=url,
        date=page.date,
        category=_category(page, own_url),
        communities=_communities(page, request),
        image=page.lead_image,
        publisher=publisher,
        featured=page.featured,
        language=page.language,
    )


def gallery_url(page: EntryPage, own_url: str) -> str:
    """Return the address of the gallery that an entry stands in: the one above its own."""
    return own_url.removesuffix(f"{page.slug}/")


def _category(page: EntryPage, own_url: str) -> Label | None:
    category = page.category
    if category is None:
        return None
    query = GalleryFilter(category=(category.slug,)).query()
    return Label(
        category.name, category.slug, f"{gallery_url(page, own_url)}?{query}", category.colour
    )


def _communities(page: EntryPage, request: HttpRequest | None) -> tuple[Label, ...]:
    """Return the communities an entry is about, once each, in the writer's order."""
    found = {link.community_id: link.community for link in getattr(page, COMMUNITIES)}
    return tuple(Label(c.title, c.slug, c.get_url(request) or "") for c in found.values())
