"""What an entry is."""

from datetime import date

import pytest

from impact.entries.models import EntryPage
from tests.factories import make_community, make_link, make_story

pytestmark = pytest.mark.django_db


def test_guid_is_not_copied() -> None:
    story = make_story("First")
    copy = story.copy(update_attrs={"slug": "second"})
    assert copy.guid.startswith("urn:uuid:")
    assert copy.guid != story.guid


def test_a_relation_filter_gives_each_entry_once() -> None:
    reef, coast = make_community("Reef"), make_community("Coast")
    story = make_story(communities=[reef, coast])
    found = EntryPage.objects.published().with_community("reef", "coast")
    assert [page.pk for page in found] == [story.pk]


def test_verbs_read_as_a_sentence() -> None:
    reef = make_community("Reef")
    story = make_story(communities=[reef], date=date(2024, 3, 1), tags=["Open Source"])
    make_story(communities=[reef], date=date(2023, 3, 1))
    link = make_link(communities=[reef], date=date(2024, 4, 1))
    entries = EntryPage.objects.published().in_year(2024).with_community("reef")
    assert list(entries.newest_first().values_list("pk", flat=True)) == [link.pk, story.pk]
    assert entries.of_kind("link").get().pk == link.pk
    assert entries.with_tag("open-source").get().pk == story.pk
