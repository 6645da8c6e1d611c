"""An entry is announced once: on the day of its first publication, unless it is dated long before."""

import doctest
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from wagtail.models import Page

from impact.entries import announcing
from impact.entries.models import EntryPage, StoryPage
from impact.gallery.models import GalleryPage
from impact.gallery.seeding import seed
from tests.clock import Clock, clock_at
from tests.factories import make_link, make_story

pytestmark = pytest.mark.django_db
THE_10TH = date(2024, 11, 10)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The morning of a day in November."""
    with clock_at(2024, 11, 10, 9) as clock:
        yield clock


def announced(page: Page) -> date | None:
    """The day as it is stored."""
    day: date | None = EntryPage.objects.values_list("announced_on", flat=True).get(pk=page.pk)
    return day


def publish(page: Page, **values: object) -> StoryPage:
    """Publish an edit as the editor does: the page read anew, a revision, its publication."""
    page = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return StoryPage.objects.get(pk=page.pk)


@pytest.mark.any_database
def test_the_rule() -> None:
    assert doctest.testmod(announcing).attempted
    assert doctest.testmod(announcing).failed == 0


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (THE_10TH, THE_10TH),
        (date(2024, 10, 28), THE_10TH),
        (date(2025, 1, 1), THE_10TH),
        (date(2019, 3, 1), date(2019, 3, 1)),
    ],
)
def test_a_draft_is_announced_when_it_is_published(clock: Clock, day: date, expected: date) -> None:
    draft = make_story("Draft", live=False, date=day)
    assert announced(draft) is None
    assert announced(publish(draft)) == expected


def test_nothing_that_follows_announces_it_anew(clock: Clock) -> None:
    story = publish(make_story("Draft", live=False, date=THE_10TH))
    for step in (
        lambda: publish(story, title="Another title", slug="another-address"),
        lambda: publish(story, date=date(2024, 1, 1)),
        lambda: publish(story, date=date(2024, 12, 24)),
        lambda: StoryPage.objects.get(pk=story.pk).unpublish(),
        lambda: publish(story),
    ):
        clock.go_on(days=1)
        step()
        assert announced(story) == THE_10TH
    assert StoryPage.objects.get(pk=story.pk).date == date(2024, 12, 24)


def test_a_revision_from_before_does_not_bring_the_day_back(clock: Clock) -> None:
    draft = make_story("Draft", live=False, date=THE_10TH)
    old = draft.save_revision()
    publish(draft)
    clock.go_on(days=3)
    old.refresh_from_db()
    old.publish()
    assert announced(draft) == THE_10TH


def test_a_scheduled_entry_is_announced_at_its_time(clock: Clock) -> None:
    draft = make_story("Later", live=False, date=date(2024, 11, 20))
    publish(draft, go_live_at=clock() + timedelta(days=2))
    assert announced(draft) is None
    clock.go_on(days=2, minutes=1)
    call_command("publish_scheduled", verbosity=0)
    assert announced(draft) == date(2024, 11, 12)


@pytest.mark.parametrize("keep_live", [True, False])
def test_a_copy_has_a_day_of_its_own(clock: Clock, keep_live: bool) -> None:
    story = publish(make_story("First", live=False, date=date(2024, 12, 1)))
    clock.go_on(days=5)
    copy = story.copy(update_attrs={"slug": "second"}, keep_live=keep_live)
    assert announced(copy) == (date(2024, 11, 15) if keep_live else None)
    clock.go_on(days=1)
    publish(copy)
    assert announced(copy) == date(2024, 11, 15 if keep_live else 16)
    assert announced(story) == THE_10TH


def test_an_alias_has_a_day_of_its_own(clock: Clock) -> None:
    story = publish(make_story("First", live=False, date=date(2024, 12, 1)))
    clock.go_on(days=5)
    alias = story.create_alias(update_slug="alias")
    clock.go_on(days=1)
    publish(story, title="Edited")
    assert announced(alias) == date(2024, 11, 15)
    assert announced(story) == THE_10TH


def test_what_is_made_live_at_once_has_one_too(gallery: GalleryPage, clock: Clock) -> None:
    assert announced(make_link("Link", date=date(2024, 11, 1))) == THE_10TH
    draft = make_story("Draft", live=False, date=THE_10TH)
    draft.live = True
    draft.save(update_fields=["live"])
    assert announced(draft) == THE_10TH
    seed(8)
    assert not EntryPage.objects.filter(announced_on=None).exists()
    assert not EntryPage.objects.filter(announced_on__gt=THE_10TH).exists()


def test_between_two_days(clock: Clock) -> None:
    first = make_story("First", date=THE_10TH)
    ahead = make_story("Dated ahead", date=date(2024, 12, 31))
    make_story("Draft", live=False, date=THE_10TH)
    clock.go_to(12)
    late = make_story("Published late", date=date(2024, 11, 1))
    EntryPage.objects.filter(pk=late.pk).update(date=THE_10TH)

    def pks(since: date | None, until: date | None) -> list[int]:
        found = EntryPage.objects.announced_between(since, until).last_announced_first()
        return [page.pk for page in found]

    assert pks(None, None) == [late.pk, ahead.pk, first.pk]
    assert pks(THE_10TH, THE_10TH) == pks(None, date(2024, 11, 11)) == [ahead.pk, first.pk]
    assert pks(date(2024, 11, 11), None) == [late.pk]
