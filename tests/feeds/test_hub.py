"""WebSub: subscribers learn at once of what is new, and nobody who publishes waits for a hub."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import feedparser
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks import task_backends
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Page, PageViewRestriction

from home.site_tree import ensure_site
from impact.communities.models import CommunityPage
from impact.entries.models import StoryPage
from impact.feeds import hub as hub_module
from impact.feeds import notices, tasks
from impact.feeds.models import HubNotice
from impact.feeds.notices import send_due, write_down
from impact.freshness.models import Change, ContentVersion, Scope
from impact.freshness.state import latest, mark
from impact.gallery.models import GalleryPage
from impact.media import background
from impact.media.background import ThreadBackend
from impact.settings import env
from tests.clock import clock_at
from tests.factories import make_community, make_link, make_roundup, make_standard_page, make_story
from tests.feeds.conftest import ATOM, JSON, NS, PATHS, RSS, document
from tests.feeds.hubs import LocalHub, local_hub
from tests.services import unused_port

SITE = "https://impact.example.org"
GALLERY = [f"{SITE}/impact/{path}" for path in PATHS]


@pytest.fixture
def hub(settings: Settings) -> Iterator[LocalHub]:
    """A hub that is configured."""
    settings.SITE_URL = SITE
    settings.SITE_URL_IS_SET = True
    with local_hub() as hub:
        settings.WEBSUB_HUB = hub.url
        yield hub


def of_community(slug: str) -> list[str]:
    return [f"{SITE}/communities/{slug}/{path}" for path in PATHS]


def told(hub: LocalHub) -> list[str]:
    """Tell the hub of everything, and return what it was told since the last time."""
    latest()
    assert send_due()
    topics, hub.topics = hub.topics, []
    return sorted(topics)


def edit(page: Page, **values: Any) -> None:
    page = Page.objects.get(pk=page.pk).specific
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


# Which feeds

pytestmark = pytest.mark.django_db


def test_the_feeds_that_carry_a_change_are_told_of_and_no_others(
    gallery: GalleryPage, hub: LocalHub
) -> None:
    reef, fund, coast = make_community("Reef"), make_community("Fund"), make_community("Coast")
    about = make_standard_page("About")
    draft = make_story("Draft", live=False, communities=[reef], supporters=[fund])
    told(hub)
    draft.title = "Still a draft"
    draft.save_revision()
    assert told(hub) == []
    edit(draft)
    both = sorted([*GALLERY, *of_community("reef")])
    assert told(hub) == both
    edit(draft, title="Edited")
    assert told(hub) == both
    edit(about, title="About us")
    edit(coast, title="The coast")
    mark(Scope.SITE, "branding.sitesettings")
    assert told(hub) == []
    Page.objects.get(pk=draft.pk).specific.unpublish()
    assert told(hub) == both
    edit(make_roundup(2023, live=False))
    assert told(hub) == sorted(GALLERY)
    link = make_link(communities=[coast])
    assert told(hub) == sorted([*GALLERY, *of_community("coast")])
    link.delete()
    assert told(hub) == sorted([*GALLERY, *of_community("coast")])


def test_what_nobody_may_read_is_not_told_of(gallery: GalleryPage, hub: LocalHub) -> None:
    reef = make_community("Reef")
    told(hub)
    PageViewRestriction.objects.create(page=reef, restriction_type="login")
    make_story(communities=[reef])
    assert told(hub) == sorted(GALLERY)
    PageViewRestriction.objects.create(page=gallery, restriction_type="login")
    make_story(communities=[reef])
    assert told(hub) == []


def test_an_import_of_many_is_one_notice_a_feed(gallery: GalleryPage, hub: LocalHub) -> None:
    communities = [make_community(f"C{number}") for number in range(3)]
    for number in range(30):
        make_story(communities=[communities[number % 3]])
    assert len(told(hub)) == 3 + 9
    stories = list(StoryPage.objects.values_list("pk", flat=True))

    def cost(*changed: int) -> int:
        """How many statements it takes to write down what is to be told."""
        with CaptureQueriesContext(connection) as captured:
            write_down([Change(scope=Scope.PAGE, key=str(key)) for key in changed], 1)
        return len(captured)

    assert cost(*stories) == cost(*stories[:3])
    assert HubNotice.objects.count() == 3 + 9


def test_without_a_hub_nothing_is_written_down_or_offered(
    client: Client, collection: SimpleNamespace
) -> None:
    edit(collection.plain, title="Edited")
    latest()
    assert not HubNotice.objects.exists()
    response = client.get("/impact/feed/")
    assert b'rel="hub"' not in response.content
    assert response["Link"] == '<http://testserver/impact/feed/>; rel="self"'
    with pytest.raises(CommandError, match="WEBSUB_HUB"):
        call_command("notify_hub")


# What feeds say


def test_feeds_name_hub_and_self(
    client: Client, collection: SimpleNamespace, hub: LocalHub
) -> None:
    for page in ("impact", "communities/reef-watch"):
        for path in PATHS:
            response = client.get(f"/{page}/{path}")
            own = f"{SITE}/{page}/{path}"
            assert response["Link"] == f'<{hub.url}>; rel="hub", <{own}>; rel="self"'
    links = "/rss/channel/atom:link[@rel='hub']/@href"
    assert document(client, f"/impact/{RSS}").xpath(links, namespaces=NS) == [hub.url]
    atom = document(client, f"/impact/{ATOM}").xpath("atom:link[@rel='hub']/@href", namespaces=NS)
    assert atom == [hub.url]
    feed = client.get(f"/impact/{JSON}").json()
    assert feed["hubs"] == [{"type": "WebSub", "url": hub.url}]
    parsed = feedparser.parse(client.get(f"/impact/{RSS}").content)
    assert [link.href for link in parsed.feed.links if link.rel == "hub"] == [hub.url]


@pytest.mark.parametrize(
    "query", ["tag=open-source", "q=corals", "images=email", "since=2024-01-01"]
)
def test_a_feed_that_no_hub_is_told_of_names_none(
    client: Client, collection: SimpleNamespace, hub: LocalHub, query: str
) -> None:
    response = client.get(f"/impact/feed/?{query}")
    assert hub.url.encode() not in response.content
    assert response["Link"] == f'<{SITE}/impact/feed/?{query}>; rel="self"'


# A hub in trouble


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_hub_that_fails_is_told_later(
    gallery: GalleryPage, hub: LocalHub, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with clock_at(2030, 1, 1, 12) as clock:
        make_story()
        latest()
        hub.answers = [status]
        assert not send_due()
        # The others wait too: it is the same hub.
        assert len(hub.topics) == 1
        assert not send_due()
        assert len(hub.topics) == 1
        assert f"{status} As you say." in caplog.text
        clock.go_on(seconds=11)
        assert send_due()
        assert sorted(hub.topics[1:]) == sorted(GALLERY)
        # What fails often does not hold up the others.
        assert hub.topics[-1] == hub.topics[0]


def test_the_pauses_grow_and_have_an_end(
    gallery: GalleryPage, hub: LocalHub, caplog: pytest.LogCaptureFixture
) -> None:
    with clock_at(2030, 1, 1, 12) as clock:
        make_story()
        latest()
        HubNotice.objects.exclude(topic=GALLERY[0]).delete()
        asked = []
        while HubNotice.objects.exists():
            hub.answers = [503]
            before = len(hub.topics)
            send_due()
            if len(hub.topics) > before:
                asked.append(clock())
            clock.go_on(seconds=30)
        waits = [later - earlier for earlier, later in pairwise(asked)]
        assert waits == sorted(waits)
        assert waits[0] <= timedelta(minutes=1)
        assert waits[-1] >= timedelta(hours=1)
        assert asked[-1] - asked[0] >= notices.GIVE_UP
        assert len(asked) < 40
        assert "Given up" in caplog.text


@pytest.mark.parametrize("status", [400, 403, 404, 302])
def test_a_hub_that_refuses_is_not_asked_again(
    gallery: GalleryPage, hub: LocalHub, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    make_story()
    latest()
    hub.answers = [status]
    assert send_due()
    # Nor is a redirect followed.
    assert sorted(hub.topics) == sorted(GALLERY)
    assert f"does not want to know of {hub.topics[0]}: {status}" in caplog.text


def test_a_hub_that_is_away_or_hangs_is_told_later(
    gallery: GalleryPage,
    hub: LocalHub,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(hub_module, "TIMEOUT", 0.2)
    make_story()
    latest()
    hub.awake.clear()
    assert not send_due()
    assert "timed out" in caplog.text.casefold()
    hub.awake.set()
    settings.WEBSUB_HUB = f"http://127.0.0.1:{unused_port()}/"
    HubNotice.objects.update(due_at=timezone.now())
    assert not send_due()
    assert "ConnectionRefusedError" in caplog.text
    with pytest.raises(CommandError, match="not been told of everything"):
        call_command("notify_hub")
    settings.WEBSUB_HUB = hub.url
    HubNotice.objects.update(due_at=timezone.now())
    call_command("notify_hub")
    assert set(GALLERY) <= set(hub.topics)
    assert not HubNotice.objects.exists()


def test_what_changes_while_it_is_told_is_told_again(gallery: GalleryPage, hub: LocalHub) -> None:
    make_story()
    latest()
    newer = ContentVersion.objects.get().number + 1
    HubNotice.objects.filter(topic=GALLERY[0]).update(version=newer)
    stale = HubNotice(pk=HubNotice.objects.get(topic=GALLERY[0]).pk, topic=GALLERY[0], version=1)
    assert notices._told(hub_module.Hub(hub.url), stale)
    assert HubNotice.objects.filter(topic=GALLERY[0]).exists()
    assert sorted(told(hub)) == sorted([GALLERY[0], *GALLERY])


def test_two_processes_do_not_tell_it_twice(gallery: GalleryPage, hub: LocalHub) -> None:
    make_story()
    latest()
    one = HubNotice.objects.get(topic=GALLERY[0])
    other = HubNotice.objects.get(topic=GALLERY[0])
    assert notices._is_mine(one)
    assert not notices._is_mine(other)


# In the background


def enqueued() -> int:
    results = task_backends["hub"].results
    number = len(results)
    results.clear()
    return number


def test_publishing_asks_and_waits_for_nothing(gallery: GalleryPage, hub: LocalHub) -> None:
    enqueued()
    story = make_story(live=False)
    assert enqueued() == 0
    edit(story)
    assert enqueued() == 1
    assert hub.topics == []
    latest()
    assert enqueued() == 1
    Page.objects.get(pk=story.pk).specific.unpublish()
    assert enqueued() == 1


def test_an_address_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBSUB_HUB", "https://hub.example.org/")
    assert env.websub_hub() == "https://hub.example.org/"
    for wrong in ("hub.example.org", "ftp://hub.example.org/", "https://"):
        monkeypatch.setenv("WEBSUB_HUB", wrong)
        with pytest.raises(ImproperlyConfigured, match="WEBSUB_HUB"):
            env.websub_hub()


@pytest.mark.django_db(transaction=True)
def test_a_hub_finds_the_new_entry_in_the_feed(
    live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it: published in a server, told in its background, fetched from the server by the hub."""
    ensure_site()
    monkeypatch.setattr(tasks, "QUIET", 0.1)
    monkeypatch.setattr(tasks, "PAUSES", (0.1, 0.1))
    monkeypatch.setattr(notices, "PAUSES", (timedelta(0),))
    monkeypatch.setattr(background, "_lines", {})
    monkeypatch.setattr(background, "_serving", threading.Event())
    backend = "impact.media.background.ThreadBackend"
    settings.TASKS = {**settings.TASKS, "hub": {"BACKEND": backend}}
    settings.SITE_URL, settings.SITE_URL_IS_SET = live_server.url, True
    with local_hub() as hub:
        hub.fetches = True
        hub.answers = [503]
        settings.WEBSUB_HUB = hub.url
        story = make_story("Fresh", live=False, communities=[make_community("Reef")])
        background.serve()
        edit(story, date=date(2024, 5, 1))
        ThreadBackend("hub", {}).line.join()
    expected = [
        f"{live_server.url}/{page}/{path}"
        for page in ("impact", "communities/reef")
        for path in PATHS
    ]
    assert sorted(hub.fetched) == sorted(expected)
    for content in hub.fetched.values():
        assert b"Fresh" in content
        assert story.guid.encode() in content
    assert not HubNotice.objects.exists()
    assert CommunityPage.objects.count() == 1
