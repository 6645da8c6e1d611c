"""Many made-up entries at once, for benchmarks: a valid tree, spread like a real collection.

Entries are written table by table in large statements instead of one page at a time, so nothing that
hangs on saving a page (revisions, signals, the reference index) runs. They are meant for a database of
one's own, never for a site that somebody reads.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from impact.communities.models import CommunityIndexPage, CommunityPage, Region
from impact.entries.models import (
    EntryAuthor,
    EntryCommunity,
    EntryPage,
    EntryTag,
    FeaturedLinkPage,
    StoryPage,
)
from impact.freshness.models import Scope
from impact.freshness.state import mark
from impact.gallery.models import GalleryPage
from impact.people.models import Author
from impact.taxonomy.models import Category, Tag

T = TypeVar("T")
Progress = Callable[[int], object]

BATCH = 500
YEARS = 8
# One in four is a featured link, one in twelve is featured.
LINK_EVERY, FEATURED_EVERY = 4, 12
CATEGORIES = {
    "Research": "#0f6e66",
    "Teaching": "#8a4b08",
    "Open Source": "#4353b3",
    "Community": "#9c2f5a",
    "Infrastructure": "#356b1e",
    "Policy": "#6b3fa0",
}
SUBJECTS = [
    "tide gauges",
    "school gardens",
    "river maps",
    "seed banks",
    "night skies",
    "old letters",
    "weather stations",
    "bird counts",
    "coral nurseries",
    "village clinics",
    "bicycle routes",
    "soil samples",
]
VERBS = [
    "mapped",
    "shared",
    "repaired",
    "taught",
    "measured",
    "translated",
    "opened",
    "counted",
    "rebuilt",
    "archived",
]
PLACES = [
    "Aldermoor",
    "Benguela Bay",
    "Cantaro",
    "Dunmore",
    "Estrada Alta",
    "Fjordby",
    "Gorse Hill",
    "Harrow Sound",
    "Itacaré",
    "Juniper Flats",
    "Kestrel Point",
    "Lomas",
]
TOPICS = [
    "water",
    "maps",
    "schools",
    "reproducibility",
    "open data",
    "health",
    "youth",
    "sensors",
    "languages",
    "climate",
    "forests",
    "fisheries",
    "storage",
    "training",
    "mentoring",
    "libraries",
    "astronomy",
    "soil",
    "transport",
    "energy",
]


@dataclass(frozen=True)
class Seeded:
    """What was written."""

    entries: int
    links: int
    communities: int
    tags: int
    authors: int


@dataclass(frozen=True)
class _Terms:
    categories: list[Category]
    communities: list[CommunityPage]
    tags: list[Tag]
    authors: list[Author]


def seed(number: int, progress: Progress = lambda written: None, *, seed_value: int = 7) -> Seeded:
    """Add `number` entries to the gallery; the same `seed_value` gives the same collection.

    `progress(written)` is called after each batch. Raises `GalleryPage.DoesNotExist` without a gallery.
    """
    gallery = GalleryPage.objects.get()
    first = _last_step(gallery)
    # The same numbers always give the same entries, and others give others.
    chance = random.Random(f"{seed_value}/{first}")  # noqa: S311
    with transaction.atomic():
        terms = _terms(number)
        links = 0
        for start in range(first, first + number, BATCH):
            numbers = range(start, min(start + BATCH, first + number))
            links += _write_batch(gallery, numbers, terms, chance)
            progress(len(numbers))
        Page.objects.filter(pk=gallery.pk).update(numchild=F("numchild") + number)
        mark(Scope.TREE, gallery.pk)
    return Seeded(number, links, len(terms.communities), len(terms.tags), len(terms.authors))


def _last_step(gallery: GalleryPage) -> int:
    """Return the last part of the last child's path as a number; 0 without children."""
    last = gallery.get_last_child()
    return int(last.path[-Page.steplen :], len(Page.alphabet)) if last else 0


def _terms(number: int) -> _Terms:
    """Return what entries are filed under, more of it for more entries; made where it is missing."""
    categories = [
        Category.objects.get_or_create(
            slug=slugify(name), defaults={"name": name, "colour": colour, "sort_order": order}
        )[0]
        for order, (name, colour) in enumerate(CATEGORIES.items())
    ]
    size = max(4, min(200, number // 5))
    names = [
        topic if n < len(TOPICS) else f"{topic} {n}"
        for n, topic in enumerate(_endless(TOPICS, max(size, 20)))
    ]
    authors = [
        Author.objects.get_or_create(slug=f"author-{n}", defaults={"name": f"Author {n}"})[0]
        for n in range(1, max(3, size // 4) + 1)
    ]
    return _Terms(categories, _communities(size), Tag.objects.named(names), authors)


def _communities(size: int) -> list[CommunityPage]:
    index = CommunityIndexPage.objects.get()
    found = {page.slug: page for page in CommunityPage.objects.child_of(index)}
    regions = list(Region.values)
    for n, place in enumerate(_endless(PLACES, size)):
        title = place if n < len(PLACES) else f"{place} {n}"
        slug = slugify(title)
        if slug not in found:
            found[slug] = index.add_child(
                instance=CommunityPage(
                    title=title,
                    slug=slug,
                    summary=f"People of {title} who measure what matters to them.",
                    region=regions[n % len(regions)],
                )
            )
    return list(found.values())


def _endless(values: Sequence[T], size: int) -> Iterator[T]:
    """Yield values over and over, `size` of them."""
    return (values[n % len(values)] for n in range(size))


def _write_batch(gallery: GalleryPage, numbers: range, terms: _Terms, chance: random.Random) -> int:
    """Write the entries of these numbers below the gallery; return how many of them are links."""
    entries = [_entry(gallery, number, terms, chance) for number in numbers]
    pages = Page.objects.bulk_create([_page_of(entry) for entry in entries])
    for entry, page in zip(entries, pages, strict=True):
        entry.pk = entry.id = entry.page_ptr_id = entry.entrypage_ptr_id = page.pk
    stories = [entry for entry in entries if isinstance(entry, StoryPage)]
    links = [entry for entry in entries if isinstance(entry, FeaturedLinkPage)]
    _insert(EntryPage, entries)
    _insert(StoryPage, stories)
    _insert(FeaturedLinkPage, links)
    _file(entries, terms, chance)
    backend = get_search_backend()
    backend.add_bulk(StoryPage, stories)
    backend.add_bulk(FeaturedLinkPage, links)
    return len(links)


def _entry(gallery: GalleryPage, number: int, terms: _Terms, chance: random.Random) -> EntryPage:
    """Return an entry that is not written yet."""
    model = FeaturedLinkPage if number % LINK_EVERY == LINK_EVERY - 1 else StoryPage
    subject, place = chance.choice(SUBJECTS), chance.choice(PLACES)
    title = f"How {place} {chance.choice(VERBS)} its {subject}"
    now = timezone.now()
    day = date(2018, 1, 1) + timedelta(days=chance.randrange(365 * YEARS))
    own: dict[str, Any] = {
        "body": [("text", f"<p>{title}, and what others can learn from it.</p>")]
    }
    if model is FeaturedLinkPage:
        own = {"external_url": f"https://example.org/{number}", "publisher": f"{place} Gazette"}
    slug = f"seeded-{number}"
    return model(
        title=title,
        draft_title=title,
        slug=slug,
        path=Page._get_path(gallery.path, gallery.depth + 1, number + 1),
        depth=gallery.depth + 1,
        numchild=0,
        url_path=f"{gallery.url_path}{slug}/",
        locale=_locale(),
        translation_key=UUID(int=chance.getrandbits(128), version=4),
        content_type=ContentType.objects.get_for_model(model),
        live=True,
        first_published_at=now,
        last_published_at=now,
        latest_revision_created_at=now,
        date=day,
        announced_on=min(day, timezone.localdate(now)),
        summary=f"{subject.capitalize()} in {place}: what changed for the people there, and how.",
        category=_pick(terms.categories, chance),
        featured=number % FEATURED_EVERY == 0,
        guid=f"urn:uuid:{UUID(int=chance.getrandbits(128), version=4)}",
        **own,
    )


def _locale() -> Locale:
    return Locale.objects.get_for_language(settings.LANGUAGE_CODE)


def _page_of(entry: EntryPage) -> Page:
    """Return the part of an entry that stands in Wagtail's own table."""
    names = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    return Page(**{name: getattr(entry, name) for name in names})


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert what `model` itself stores of each row, in one statement for each few rows.

    `bulk_create` refuses models with a parent table; this is the step it would take for one table.
    """
    if rows:
        fields = model._meta.local_concrete_fields
        size = connection.ops.bulk_batch_size(fields, rows)
        model._base_manager.all()._batched_insert(rows, fields, size)  # type: ignore[attr-defined]


def _file(entries: Sequence[EntryPage], terms: _Terms, chance: random.Random) -> None:
    """Give each entry communities, tags and authors: few have many entries, many have few."""
    communities, tags, authors = [], [], []
    for entry in entries:
        communities += [
            EntryCommunity(page_id=entry.pk, community=one, sort_order=order)
            for order, one in enumerate(_some(terms.communities, 2, chance))
        ]
        tags += [
            EntryTag(content_object_id=entry.pk, tag=one) for one in _some(terms.tags, 3, chance)
        ]
        authors += [
            EntryAuthor(page_id=entry.pk, author=one, sort_order=order)
            for order, one in enumerate(_some(terms.authors, 2, chance))
        ]
    EntryCommunity.objects.bulk_create(communities)
    EntryTag.objects.bulk_create(tags)
    EntryAuthor.objects.bulk_create(authors)


def _pick(values: Sequence[T], chance: random.Random) -> T:
    """Return one of the values; the nth is n times rarer than the first."""
    weights = list(accumulate(1 / (n + 1) for n in range(len(values))))
    return chance.choices(values, cum_weights=weights)[0]


def _some(values: Sequence[T], most: int, chance: random.Random) -> list[T]:
    """Return one to `most` different values."""
    picked = {id(v): v for v in (_pick(values, chance) for _ in range(chance.randint(1, most)))}
    return list(picked.values())
