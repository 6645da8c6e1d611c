"""Where to read on after an entry."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from impact.catalogue.related import neighbours, related
from impact.catalogue.upkeep import repair
from impact.entries.models import EntryPage, StoryPage
from tests.factories import make_community, make_link, make_story

pytestmark = pytest.mark.django_db


def without_category() -> None:
    """Take the category of all entries, as only a bulk statement can."""
    EntryPage.objects.update(category=None)
    repair(EntryPage.objects.values_list("pk", flat=True))


def reasons(story: StoryPage, limit: int = 3) -> list[tuple[str, str]]:
    """Title and reason of each related entry."""
    return [(item.card.title, item.reason) for item in related(story, limit)]


def test_each_comes_with_what_it_has_in_common() -> None:
    reef = make_community("Reef")
    story = make_story("A", communities=[reef], tags=["Water"], category="Policy")
    make_story("Same community", communities=[reef], category="Research")
    make_story("Both", communities=[reef], tags=["Maps", "Water"], category="Research")
    make_link("Same tag", tags=["water"], category="Research")
    make_story("Same category", category="Policy")
    make_story("Nothing", category="Research", tags=["Maps"])
    assert reasons(story, 9) == [
        ("Both", "Also with Reef and about Water"),
        ("Same community", "Also with Reef"),
        ("Same tag", "Also about Water"),
        ("Same category", "Also in Policy"),
    ]


def test_more_in_common_goes_first_and_the_nearest_date_breaks_ties() -> None:
    reef = make_community("Reef")
    story = make_story("A", communities=[reef], tags=["Water"], date=date(2023, 6, 1))
    make_story("Far", communities=[reef], date=date(2020, 1, 1))
    make_story("Near, later", communities=[reef], date=date(2023, 7, 1))
    make_story("Nearest, earlier", communities=[reef], date=date(2023, 5, 20))
    make_story("Both", communities=[reef], tags=["Water"], date=date(2019, 1, 1))
    assert [title for title, _ in reasons(story, 9)] == [
        "Both",
        "Nearest, earlier",
        "Near, later",
        "Far",
    ]
    assert len(related(story)) == 3


def test_only_what_is_public_is_offered() -> None:
    reef = make_community("Reef")
    story = make_story("A", communities=[reef])
    make_story("Draft", communities=[reef], live=False)
    hidden = make_story("Private", communities=[reef])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert reasons(story) == []
    assert neighbours(story).previous is None
    assert neighbours(story).next is None


def test_a_community_that_is_not_public_is_no_reason() -> None:
    hidden, fund = make_community("Hidden"), make_community("Fund")
    story = make_story("A", communities=[hidden], supporters=[fund], category="Policy")
    make_story("B", communities=[hidden], supporters=[fund], category="Research")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert reasons(story) == []


def test_an_entry_without_filing_has_no_relatives() -> None:
    story, _other = make_story("A"), make_story("B")
    without_category()
    story.refresh_from_db()
    assert reasons(story) == []


def test_neighbours_stand_before_and_after_in_the_gallery() -> None:
    first = make_story("1", date=date(2023, 1, 1))
    second = make_story("2", date=date(2024, 1, 1))
    third = make_link("3", date=date(2024, 1, 1))
    titles = [
        (n.previous and n.previous.title, n.next and n.next.title)
        for n in map(neighbours, (first, second, third))
    ]
    assert titles == [(None, "2"), ("1", "3"), ("2", None)]


def test_the_number_of_statements_is_constant() -> None:
    reef = make_community("Reef")
    story = make_story("A", communities=[reef], tags=["x"], date=date(2024, 1, 1))

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            related(story)
            neighbours(story)
        return len(captured)

    def make(number: int) -> None:
        for day in range(1, number + 1):
            make_story(communities=[reef], tags=["x", f"y{day}"], date=date(2023, 1, day))
            make_link(communities=[reef], tags=["x"], date=date(2024, 2, day))

    make(2)
    statements()
    few = statements()
    make(8)
    statements()  # the new entries are taken note of once
    assert statements() == few
