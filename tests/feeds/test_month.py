"""A month of polling: whatever editors do, every entry arrives once, and nothing arrives again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from impact.gallery.models import GalleryPage
from impact.taxonomy.models import Tag
from tests.clock import Clock, clock_at
from tests.factories import make_link, make_roundup, make_story
from tests.feeds.conftest import PATHS, RSS
from tests.feeds.readers import Mailer, Read, Subscriber, newest_item, time_of_the_poll

# At eight in the morning and six in the evening.
POLLS = (8, 18)


def edit(page: Page, **values: Any) -> Page:
    """Publish a change as the editor does: from the latest revision of the page, read anew."""
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return Page.objects.get(pk=page.pk).specific


def fresh(page: Page) -> Any:
    """The page as it is stored."""
    return Page.objects.get(pk=page.pk).specific


@dataclass
class Newsroom:
    """What its people do, by day and hour; `made` are the pages by name."""

    clock: Clock
    made: dict[str, Any] = field(default_factory=dict)
    # Names in the order in which they first stood in the feed, and of those that were never news.
    announced: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)

    def publish(self, name: str, make: Callable[..., Any], **fields: Any) -> None:
        """Write something and publish it at once."""
        page = make(name, live=False, **{"date": self.clock().date(), **fields})
        self.made[name] = edit(page)
        self.announced.append(name)

    def guid(self, name: str) -> str:
        """The guid of what has this name."""
        return str(self.made[name].guid)

    # The days of November 2024

    def day_3_15(self) -> None:
        self.publish("Anchor", make_story)

    def day_3_16(self) -> None:
        """The same day, between the same two polls as the one before."""
        self.publish("Another", make_story)

    def day_4_10(self) -> None:
        self.publish("Link", make_link)

    def day_5_9(self) -> None:
        """An edit of title and text; and a draft that waits for its review."""
        edit(self.made["Anchor"], title="Anchor, mended", body=[("text", "<p>More.</p>")])
        self.made["Reviewed"] = make_story("Reviewed", live=False, date=date(2024, 11, 5))

    def day_6_23(self) -> None:
        self.publish("Buoy", make_story)

    def day_7_7(self) -> None:
        """Before the poll of the same morning."""
        self.publish("Early", make_story)

    def day_8_12(self) -> None:
        """Dates are corrected, one back and one ahead."""
        edit(self.made["Anchor"], date=date(2024, 10, 2))
        edit(self.made["Link"], date=date(2024, 12, 24))

    def day_10_11(self) -> None:
        """What was dated five days ago gets through its review."""
        self.made["Reviewed"] = edit(self.made["Reviewed"])
        self.announced.append("Reviewed")

    def day_11_9(self) -> None:
        """Something for the 14th at noon, dated ahead."""
        page = make_story("Scheduled", live=False, date=date(2024, 11, 14))
        edit(page, go_live_at=self.clock() + timedelta(days=3, hours=3))
        self.made["Scheduled"] = page

    def day_12_10(self) -> None:
        fresh(self.made["Buoy"]).unpublish()

    def day_13_10(self) -> None:
        edit(self.made["Buoy"])

    def day_14_12(self) -> None:
        """The timer of `publish_scheduled`, some minutes late."""
        self.clock.go_on(minutes=4)
        call_command("publish_scheduled", verbosity=0)
        self.announced.append("Scheduled")

    def day_16_10(self) -> None:
        """Other addresses: of an entry, of another place in the tree, of the gallery's title."""
        edit(self.made["Anchor"], slug="an-anchor")
        fresh(self.made["Buoy"]).move(GalleryPage.objects.get(), pos="first-child")
        edit(GalleryPage.objects.get(), title="Stories")

    def day_18_9(self) -> None:
        page = make_roundup(2023, live=False, summary="The year.")
        self.made["Impact report 2023"] = edit(page)
        self.announced.append("Impact report 2023")

    def day_20_9(self) -> None:
        """Something from years ago is entered: it is no news."""
        page = make_story("Archive", live=False, date=date(2019, 4, 1))
        self.made["Archive"] = edit(page)
        self.old.append("Archive")

    def day_22_9(self) -> None:
        """A copy is another entry, and has a life of its own."""
        copy = fresh(self.made["Another"]).copy(update_attrs={"slug": "a-copy"}, keep_live=False)
        self.made["Copy"] = edit(copy, title="Copy")
        self.announced.append("Copy")

    def day_24_9(self) -> None:
        """Everything looks a little different."""
        Tag.objects.update(name="Sea!")

    def day_26_9(self) -> None:
        fresh(self.made["Early"]).delete()

    def works(self, day: int, hour: int) -> bool:
        """Do what is done at an hour; return whether that was anything that a feed shows."""
        work = getattr(self, f"day_{day}_{hour}", None)
        if work is None:
            return False
        self.clock.go_to(day, hour)
        work()
        return (day, hour) != (11, 9)


@pytest.fixture
def clock(db: None) -> Iterator[Clock]:
    """The first of November."""
    with clock_at(2024, 11, 1, 0) as clock:
        yield clock


@pytest.mark.any_database
def test_every_entry_arrives_once(client: Client, clock: Clock, gallery: GalleryPage) -> None:
    clock.moment -= timedelta(days=20)
    for number in range(3):
        clock.go_on(days=1)
        edit(make_story(f"October {number}", live=False, tags=["Sea"], date=clock().date()))
    clock.moment = datetime(2024, 11, 1, 6, tzinfo=UTC)
    room = Newsroom(clock)
    subscribers = {path: Subscriber(client, f"/impact/{path}") for path in PATHS}
    options = Subscriber(client, f"/impact/{RSS}?content=summary&images=email")
    mailers = [
        Mailer(client, f"/impact/{RSS}?content=summary", leaves, since=clock())
        for leaves in (time_of_the_poll, newest_item)
    ]
    everybody = [*subscribers.values(), options]
    for subscriber in everybody:
        assert subscriber.poll() == 200
    before = len(options.arrived)
    seen: dict[str, Read] = {}
    changed = False
    for day in range(1, 31):
        for hour in range(24):
            changed |= room.works(day, hour)
            if hour not in POLLS:
                continue
            clock.go_to(day, hour)
            for subscriber in everybody:
                assert subscriber.poll() == (200 if changed else 304), (day, hour)
            for mailer in mailers:
                mailer.poll()
            changed = False
            assert_steady(subscribers, seen)

    news = [room.guid(name) for name in room.announced]
    old = [room.guid(name) for name in room.old]
    for subscriber in everybody:
        # What arrived with the first poll, then each once, in the order of its appearance.
        arrived = subscriber.arrived[before:]
        assert [guid for guid in arrived if guid not in old] == news
        assert sorted(arrived) == sorted([*news, *old])
    for mailer in mailers:
        assert mailer.sent == news
    # What was taken down is gone, and nothing else is.
    gone = {room.guid("Early")}
    for subscriber in everybody:
        shown = {item.guid for item in subscriber.items}
        assert shown == set(subscriber.arrived) - gone
    titles = {item.guid: item.title for item in options.items}
    assert titles[room.guid("Anchor")] == "Anchor, mended"
    links = {item.guid: item.link for item in options.items}
    assert links[room.guid("Anchor")].endswith("/an-anchor/")


def assert_steady(subscribers: dict[str, Subscriber], seen: dict[str, Read]) -> None:
    """Every format has the same items in the same order, and none is dated or placed anew."""
    first, *others = (subscriber.items for subscriber in subscribers.values())
    for items in others:
        assert [(i.guid, i.title, i.published) for i in items] == [
            (i.guid, i.title, i.published) for i in first
        ]
    for item in first:
        assert seen.setdefault(item.guid, item).published == item.published
    dates = [item.published for item in first]
    assert dates == sorted(dates, reverse=True)


def test_what_is_unpublished_is_gone_at_the_next_poll(
    client: Client, clock: Clock, gallery: GalleryPage
) -> None:
    story = edit(make_story("Here", live=False, date=clock().date()))
    edit(make_story("Stays", live=False, date=clock().date()))
    for path in PATHS:
        subscriber = Subscriber(client, f"/impact/{path}")
        subscriber.poll()
        assert [item.title for item in subscriber.items] == ["Stays", "Here"]
    before = [item.published for item in subscriber.items]
    clock.go_on(days=1)
    fresh(story).unpublish()
    assert subscriber.poll() == 200
    assert [item.title for item in subscriber.items] == ["Stays"]
    clock.go_on(days=1)
    edit(story)
    assert subscriber.poll() == 200
    assert [item.title for item in subscriber.items] == ["Stays", "Here"]
    assert [item.published for item in subscriber.items] == before
    assert len(subscriber.arrived) == 2
