"""Facet counts against counting by hand, and everything against plain queries, on random collections.

Runs on the database that `DATABASE_URL` names: CI runs it on SQLite and on PostgreSQL.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from impact.catalogue.facets import count
from impact.catalogue.related import related
from impact.catalogue.selection import select
from impact.catalogue.snapshot import snapshot
from impact.catalogue.upkeep import repair
from impact.entries.models import EntryAuthor, EntryCommunity, EntryPage, EntryTag
from impact.filters.gallery import FACETS, GalleryFilter
from tests.catalogue import oracle
from tests.factories import make_author, make_category, make_community, make_link, make_story

pytestmark = pytest.mark.django_db

SIZE = 9
WORDS = ("tide", "river", "gauge")
SLUGS = {
    "year": ("2022", "2023", "2024"),
    "category": ("policy", "research"),
    "community": ("coast", "reef", "delta"),
    "tag": ("water", "maps", "open-source"),
    "author": ("ada", "grace"),
    "kind": ("story", "link"),
}
DAYS = (
    date(2022, 12, 31),
    date(2023, 1, 1),
    date(2023, 6, 15),
    date(2024, 1, 1),
    date(2024, 12, 31),
)


@dataclass(frozen=True)
class Entry:
    """An entry as the brute force knows it."""

    public: bool
    day: date
    category: str
    communities: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    kind: str = ""
    words: tuple[str, ...] = ()

    def values(self, key: str, hidden: str) -> set[str]:
        """What the entry counts for in a facet."""
        match key:
            case "year":
                return {str(self.day.year)}
            case "community":
                return {
                    slug for slug, role in self.communities if role == "about" and slug != hidden
                }
            case "tag":
                return set(self.tags)
            case "author":
                return set(self.authors)
        return {getattr(self, key)}

    def meets(self, wanted: GalleryFilter, hidden: str, ignoring: str = "") -> bool:
        """Whether a filter selects it."""
        return (
            self.public
            and all(
                key == ignoring
                or not getattr(wanted, key)
                or bool(self.values(key, hidden) & set(getattr(wanted, key)))
                for key in FACETS
            )
            and (wanted.since is None or self.day >= wanted.since)
            and (wanted.until is None or self.day <= wanted.until)
            # A plural stands for its singular.
            and set(wanted.q.replace("gauges", "gauge").split()) <= set(self.words)
        )


def some(values: tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """A few different values."""
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)


ENTRIES = st.lists(
    st.builds(
        Entry,
        public=st.sampled_from([True, True, True, False]),
        day=st.sampled_from(DAYS),
        category=st.sampled_from(SLUGS["category"]),
        communities=st.lists(
            st.tuples(st.sampled_from(SLUGS["community"]), st.sampled_from(["about", "supporter"])),
            max_size=4,
        ).map(tuple),
        tags=some(SLUGS["tag"]),
        authors=some(SLUGS["author"]),
    ),
    min_size=SIZE,
    max_size=SIZE,
)
FILTERS = st.builds(
    GalleryFilter,
    **{key: some((*values, "nope"), 2) for key, values in SLUGS.items()},
    since=st.sampled_from([None, None, *DAYS]),
    until=st.sampled_from([None, None, *DAYS]),
    sort=st.sampled_from(["", "newest", "oldest"]),
    q=st.sampled_from(["", "", "tide", "river gauge", "tide river gauges", "mountain"]),
)


@pytest.fixture
def collection(home: object) -> dict[str, Any]:
    """Entries whose filing each example writes anew, and what they are filed under."""
    made = []
    for number in range(SIZE):
        words = tuple(word for bit, word in enumerate(WORDS) if number >> bit & 1)
        make = make_link if number % 3 == 0 else make_story
        page = (
            make("Title", summary=" ".join(words) or "nothing", body=[])
            if make is make_story
            else make("Title", summary=" ".join(words) or "nothing")
        )
        made.append((page, "link" if make is make_link else "story", words))
    return {
        "entries": made,
        "category": {slug: make_category(slug.title()) for slug in SLUGS["category"]},
        "community": {slug: make_community(slug.title()) for slug in SLUGS["community"]},
        "tag": dict(zip(SLUGS["tag"], _tags(), strict=True)),
        "author": {slug: make_author(slug.title()) for slug in SLUGS["author"]},
    }


def _tags() -> list[Any]:
    from impact.taxonomy.models import Tag

    return Tag.objects.named(["Water", "Maps", "Open Source"])


def write(collection: dict[str, Any], specs: list[Entry], hidden: str) -> list[Entry]:
    """Write a random collection; return it with the kinds and words that the pages have."""
    communities, tags, authors, entries = [], [], [], []
    for (page, kind, words), spec in zip(collection["entries"], specs, strict=True):
        EntryPage.objects.filter(pk=page.pk).update(
            live=spec.public, date=spec.day, category=collection["category"][spec.category]
        )
        communities += [
            EntryCommunity(page_id=page.pk, community=collection["community"][slug], role=role)
            for slug, role in spec.communities
        ]
        tags += [
            EntryTag(content_object_id=page.pk, tag=collection["tag"][slug]) for slug in spec.tags
        ]
        authors += [
            EntryAuthor(page_id=page.pk, author=collection["author"][slug]) for slug in spec.authors
        ]
        entries.append(replace(spec, kind=kind, words=words))
    EntryCommunity.objects.bulk_create(communities)
    EntryTag.objects.bulk_create(tags)
    EntryAuthor.objects.bulk_create(authors)
    if hidden:
        page = Page.objects.get(pk=collection["community"][hidden].pk)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    # Bulk statements tell nobody.
    repair(page.pk for page, _kind, _words in collection["entries"])
    return entries


def assert_equal_to_plain_queries(wanted: GalleryFilter) -> None:
    by_date = wanted if wanted.sort == "oldest" else replace(wanted, sort="newest")
    assert select(by_date).pks() == list(oracle.select(by_date).values_list("pk", flat=True))
    assert set(select(wanted).pks()) == set(select(by_date).pks())
    assert {
        facet.key: [(v.slug, v.name, v.count) for v in facet.values if v.count]
        for facet in count(wanted)
    } == oracle.count(wanted)


def assert_reads_on_like_plain_queries(pk: int) -> None:
    page = EntryPage.objects.get(pk=pk)
    slugs = [entry.slug for entry in oracle.related(page)]
    assert [one.card.slug for one in related(page, SIZE)] == slugs
    assert [one.card.slug for one in related(page, 2)] == slugs[:2]
    before, after = snapshot().index.neighbours(page.date.toordinal(), pk)
    assert [before, after] == oracle.neighbours(page)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    specs=ENTRIES,
    filters=st.lists(FILTERS, min_size=1, max_size=3),
    hidden=st.sampled_from(["", "", "reef"]),
    read=st.sets(st.integers(0, SIZE - 1), min_size=2, max_size=2),
)
def test_counts_equal_counting_by_hand(
    collection: dict[str, Any],
    specs: list[Entry],
    filters: list[GalleryFilter],
    hidden: str,
    read: set[int],
) -> None:
    with transaction.atomic():
        entries = write(collection, specs, hidden)
        for wanted in filters:
            expected = sum(entry.meets(wanted, hidden) for entry in entries)
            assert select(wanted).count() == len(list(select(wanted))) == expected
            assert len({page.pk for page in select(wanted)}) == expected
            for facet in count(wanted):
                by_hand = {
                    slug: number
                    for slug in SLUGS[facet.key]
                    if (
                        number := sum(
                            slug in entry.values(facet.key, hidden)
                            and entry.meets(wanted, hidden, ignoring=facet.key)
                            for entry in entries
                        )
                    )
                }
                counted = {value.slug: value.count for value in facet.values if value.count}
                assert counted == by_hand, (facet.key, wanted)
                zero = {value.slug for value in facet.values if not value.count}
                assert zero <= set(getattr(wanted, facet.key))
            assert_equal_to_plain_queries(wanted)
        for number in read:
            assert_reads_on_like_plain_queries(collection["entries"][number][0].pk)
        transaction.set_rollback(True)
