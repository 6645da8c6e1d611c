"""What a new digest proposes: news that was not sent, each entry once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import HomePage
from impact.newsletter.composition import read
from impact.newsletter.drafting import draft_digest
from impact.newsletter.models import DigestPage
from impact.newsletter.periods import Period
from impact.newsletter.proposal import Candidate, is_news, propose, proposed_period
from impact.newsletter.sending import mark_sent, unmark_sent
from impact.newsletter.wording import summary_of
from tests.factories import add_outcome, make_category, make_digest, make_link, make_story
from tests.newsletter.bodies import entry
from tests.visibility import hide

NOVEMBER = Period(date(2024, 11, 1), date(2024, 11, 30))
DECEMBER = Period(date(2024, 12, 1), date(2024, 12, 31))
SENT = datetime(2024, 11, 28, 12, tzinfo=UTC)


def candidate(announced: date, published: datetime | None = None, sent: bool = False) -> Candidate:
    return Candidate(1, announced, announced, published, sent)


@pytest.mark.parametrize(
    ("announced", "last_sent", "expected"),
    [
        # Within the days, each end included.
        (date(2024, 12, 1), None, True),
        (date(2024, 12, 31), None, True),
        (date(2025, 1, 1), SENT, False),
        # Before them: only what came after the last sending.
        (date(2024, 11, 29), None, False),
        (date(2024, 11, 29), SENT, True),
        (date(2024, 11, 27), SENT, False),
        # What the last one left out is not asked about again, nor is what is within the days asked for less.
        (date(2024, 12, 5), datetime(2024, 12, 31, tzinfo=UTC), True),
    ],
)
def test_news_is_of_the_days_or_came_too_late_for_the_last_digest(
    announced: date, last_sent: datetime | None, expected: bool
) -> None:
    assert is_news(candidate(announced), DECEMBER, last_sent) is expected
    assert not is_news(candidate(announced, sent=True), DECEMBER, last_sent)


def test_on_the_day_of_the_sending_the_hour_decides() -> None:
    hour = timedelta(hours=1)
    day = timezone.localdate(SENT)
    assert is_news(candidate(day, SENT + hour), DECEMBER, SENT)
    assert not is_news(candidate(day, SENT - hour), DECEMBER, SENT)
    assert not is_news(candidate(day), DECEMBER, SENT)


def titles(period: Period) -> list[str]:
    return [row.title for row in propose(period).entries]


def sent(*pages: Any, on: datetime = SENT, until: date = NOVEMBER.until) -> DigestPage:
    """A digest with these entries that was sent."""
    number = DigestPage.objects.count()
    body = [entry(each) for each in pages]
    page = make_digest(date(2024, 11, 1), until, body=body, slug=f"sent-{number}")
    sending = mark_sent(page, page.save_revision(), None, "hand")
    sending.sent_at = on
    sending.save()
    return page


def story(title: str, day: int, month: int = 11, **fields: Any) -> Any:
    return make_story(
        title,
        date=date(2024, month, day),
        first_published_at=datetime(2024, month, day, 9, tzinfo=UTC),
        **fields,
    )


@pytest.mark.any_database
@pytest.mark.django_db
def test_what_anybody_can_read_is_proposed_the_newest_first(home: HomePage) -> None:
    story("First", 1), story("Last", 30), story("Before", 31, 10), story("After", 1, 12)
    story("Draft", 5, live=False)
    hide(story("Hidden", 6), "private")
    hide(story("Expired", 7), "expired")
    assert titles(NOVEMBER) == ["Last", "First"]


@pytest.mark.any_database
@pytest.mark.django_db
def test_a_sent_entry_is_never_proposed_again(home: HomePage) -> None:
    one, two = story("One", 10), story("Two", 12)
    digest = sent(one)
    assert titles(NOVEMBER) == ["Two"]
    # Edited, redated, taken down and published again.
    one.title, one.date = "One, again", date(2024, 12, 3)
    one.save_revision().publish()
    one.unpublish()
    one.save_revision().publish()
    assert titles(NOVEMBER) == ["Two"]
    assert titles(DECEMBER) == []
    # Deleting the digest doesn't unsend it; taking the record back does.
    unmark_sent(digest)
    assert titles(NOVEMBER) == ["Two", "One, again"]
    sent(one, two).delete()
    assert titles(NOVEMBER) == []


@pytest.mark.any_database
@pytest.mark.django_db
def test_what_came_after_the_last_sending_is_proposed_as_late(home: HomePage) -> None:
    sent(story("Sent", 10))
    story("Left out", 20), story("Too late for it", 29), story("News", 4, 12)
    proposal = propose(DECEMBER)
    assert [row.title for row in proposal.entries] == ["News", "Too late for it"]
    assert summary_of(proposal) == "2 stories; 1 published late"


@pytest.mark.any_database
@pytest.mark.django_db
def test_the_lead_is_featured_or_reports_an_outcome_or_is_new(home: HomePage) -> None:
    make_link("A link", date=date(2024, 11, 30), featured=True)
    old, new = story("Old", 3), story("New", 20)
    assert propose(NOVEMBER).lead == new.pk
    add_outcome(old, 40).page.save()
    assert propose(NOVEMBER).lead == old.pk
    featured = story("Featured", 1, featured=True)
    assert propose(NOVEMBER).lead == featured.pk
    assert propose(DECEMBER).lead is None


@pytest.mark.any_database
@pytest.mark.django_db
def test_a_draft_has_categories_in_order_then_links_then_room(home: HomePage) -> None:
    tools, people = make_category("Tools", sort_order=2), make_category("People", sort_order=1)
    first, second = story("First", 2, category=tools), story("Second", 4, category=tools)
    third = story("Third", 3, category=people, featured=True)
    link = make_link("Elsewhere", date=date(2024, 11, 9), category=people)
    page = draft_digest(NOVEMBER)
    assert (page.title, page.slug, page.live) == ("November 2024", "2024-11", False)
    assert page.lead_id == third.pk
    parts = read(page.body.raw_data).parts
    assert [(part.heading, [line.entry for line in part.items[:2]]) for part in parts[:3]] == [
        ("People", [third.pk]),
        ("Tools", [second.pk, first.pk]),
        ("From our communities", [link.pk]),
    ]
    assert [part.heading for part in parts[3:]] == ["Coming up", "With thanks to"]
    digest = page.contents()
    # The lead leaves its category empty, and nothing is coming up yet.
    assert [group.heading for group in digest.groups] == ["Tools", "From our communities"]
    assert draft_digest(NOVEMBER).slug == "2024-11-2"
    assert draft_digest(NOVEMBER).slug == "2024-11-3"


@pytest.mark.any_database
@pytest.mark.django_db
def test_the_next_period_begins_after_the_last_digest(home: HomePage) -> None:
    assert proposed_period().until < timezone.localdate()
    day = timezone.localdate().replace(day=1) - timedelta(days=20)
    sent(on=SENT, until=day)
    assert proposed_period().since == day + timedelta(days=1)


@pytest.mark.any_database
@pytest.mark.django_db
def test_how_much_there_is_costs_no_queries(home: HomePage) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            propose(NOVEMBER)
        return len(captured)

    story("One", 2)
    propose(NOVEMBER)
    few = cost()
    for day in range(3, 10):
        story(f"Story {day}", day)
    propose(NOVEMBER)
    assert cost() == few


@pytest.mark.any_database
@pytest.mark.django_db
def test_more_than_a_digest_can_hold_is_said(home: HomePage) -> None:
    for day in range(1, 5):
        story(f"Story {day}", day)
    proposal = propose(NOVEMBER, limit=3)
    assert [row.title for row in proposal.entries] == ["Story 4", "Story 3", "Story 2"]
    assert proposal.beyond == 1
