"""Which feeds a change touches: those that the hub is told of."""

from collections.abc import Iterator, Sequence

from django.apps import apps
from wagtail.models import Page

from impact.catalogue.models import EntryRow
from impact.catalogue.projection import chunks
from impact.communities.models import CommunityPage
from impact.entries.models import CommunityRole, EntryCommunity, EntryPage
from impact.feeds.assembly import feed_address
from impact.feeds.sources import carriers, carriers_of
from impact.feeds.views import FORMATS
from impact.filters.gallery import GalleryFilter
from impact.freshness.models import Change, Scope
from impact.pages.visibility import public, public_pages

GALLERY = "gallery.GalleryPage"
# What an address may be long; nobody has longer ones by hand.
LONGEST = 2000


def topics(changes: Sequence[Change]) -> list[str]:
    """Return the addresses of the unfiltered feeds that carry, or carried, what has changed.

    An entry is carried by the gallery's feeds and those of the communities that it is about. What is on
    many pages at once (the name of a tag) is no news.
    """
    keys = {int(change.key) for change in changes if change.scope != Scope.SITE}
    page_types: set[str] = set()
    communities: set[int] = set()
    for some in chunks(sorted(keys)):
        page_types |= _feeds_with(some)
        communities |= _communities(some)
    pages = [
        *(page for label in sorted(page_types) for page in _public(label)),
        *CommunityPage.objects.filter(public(), pk__in=communities).order_by("pk"),
    ]
    found = (feed_address(page, path, GalleryFilter(), None) for page in pages for path in FORMATS)
    return [address for address in found if len(address) <= LONGEST]


def _feeds_with(keys: Sequence[int]) -> set[str]:
    """Return the page types whose feeds carry some pages; of one that is gone, an entry has left a row."""
    known = Page.objects.filter(pk__in=keys).select_related("content_type")
    labels = {page.pk: page.cached_content_type.model_class()._meta.label for page in known}
    entries = EntryPage.objects.filter(pk__in=keys).values_list("pk", flat=True)
    were_entries = EntryRow.objects.filter(pk__in=keys).values_list("pk", flat=True)
    known_entries = {*entries, *were_entries}
    # What else it was that is gone nobody knows.
    found = {GALLERY, *carriers()} if set(keys) - labels.keys() - known_entries else set()
    if known_entries or GALLERY in labels.values():
        found.add(GALLERY)
    return found | {feed for label in labels.values() for feed in carriers_of(label)}


def _communities(keys: Sequence[int]) -> set[int]:
    """Return the communities that entries are about, and of those that are gone, were about."""
    links = EntryCommunity.objects.filter(page_id__in=keys, role=CommunityRole.ABOUT)
    rows = EntryRow.objects.filter(pk__in=keys).values_list("filing", flat=True)
    before = {key for filing in rows for key in filing.get("community", ())}
    return before | set(links.values_list("community_id", flat=True))


def _public(label: str) -> Iterator[Page]:
    yield from public_pages(apps.get_model(label))
