"""The newsletter's own feed: each digest once, as a whole, for readers and mail tools."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from lxml import etree, html
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage
from impact.feeds.models import HubNotice
from impact.feeds.notices import write_down
from impact.freshness.models import Change, Scope
from impact.newsletter.models import DigestPage, NewsletterIndexPage
from impact.pages.tasks import prepare_page
from tests.clock import Clock, clock_at
from tests.factories import make_community, make_digest, make_image, make_link, make_story
from tests.feeds import test_atom
from tests.feeds.conftest import PATHS
from tests.feeds.readers import Subscriber
from tests.feeds.rss_rules import RULES
from tests.newsletter.bodies import entry, heading, thanks

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SCHEMAS = Path(test_atom.__file__).parent / "schemas"


@pytest.fixture
def clock(home: HomePage) -> Iterator[Clock]:
    """The first of December."""
    with clock_at(2024, 12, 1, 9) as clock:
        yield clock


def publish(page: Page, **values: Any) -> DigestPage:
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return DigestPage.objects.get(pk=page.pk)


def make_november(**fields: Any) -> DigestPage:
    """A digest with everything, not published yet."""
    reef = make_community("Reef Watch")
    lead = make_story("Forty gauges", lead_image=make_image(size=(1600, 1000)), communities=[reef])
    story = make_story("A tide table", lead_image=make_image(size=(1200, 900)))
    link = make_link("In the paper", publisher="Harbour Times", language="es")
    body = [
        heading("Water"),
        {"type": "words", "value": f'<p>See <a linktype="page" id="{lead.pk}">this</a>.</p>'},
        entry(story, sentence="Measured for a year & a day."),
        entry(link),
        heading("Thanks"),
        thanks(),
    ]
    november = date(2024, 11, 1), date(2024, 11, 30)
    return make_digest(*november, body=body, lead=lead, **{"live": False, **fields})


def items(client: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/newsletter/feed/json/{query}").json()["items"]
    return found


def test_a_digest_is_carried_as_a_whole(client: Client, clock: Clock) -> None:
    digest = publish(make_november(summary="Five stories.", introduction="<p>Dear all,</p>"))
    [item] = items(client)
    assert (item["id"], item["title"], item["summary"]) == (
        digest.guid,
        digest.title,
        "Five stories.",
    )
    assert item["url"] == f"http://testserver{digest.url}"
    assert item["date_published"] == "2024-12-01T09:00:00+00:00"
    tree = html.fragment_fromstring(item["content_html"], create_parent=True)
    assert [" ".join(h.text_content().split()) for h in tree.iter("h2", "h3")] == [
        "Forty gauges", "Water", "A tide table", "In the paper", "Thanks",
    ]  # fmt: skip
    text = " ".join(tree.text_content().split())
    for words in (
        "Dear all,",
        "Measured for a year & a day.",
        "Read it at Harbour Times",
        "Reef Watch",
    ):
        assert words in text
    addresses = tree.xpath(".//@href | .//@src")
    assert len(addresses) >= 7
    assert all(address.startswith(("http://testserver/", "https://")) for address in addresses)
    assert tree.xpath(".//*[@lang='es']")
    assert not tree.xpath(".//@class | .//script | .//svg")


def test_every_format_is_valid(client: Client, clock: Clock) -> None:
    publish(make_november())
    rss, atom, feed = (client.get(f"/newsletter/{path}") for path in PATHS)
    tree = etree.fromstring(rss.content)
    for name, (source, check) in RULES.items():
        assert not list(check(tree)), (name, source)
    assert test_atom.SCHEMA.validate(etree.fromstring(atom.content)), test_atom.SCHEMA.error_log
    schema = Draft202012Validator(json.loads((SCHEMAS / "json_feed.json").read_text()))
    assert [error.message for error in schema.iter_errors(feed.json())] == []
    assert feed.json()["title"].startswith("Newsletter")
    # It is no gallery: there is nothing to filter.
    same = client.get("/newsletter/feed/?tag=a&q=b&since=2030-01-01")
    assert same.content == rss.content


def test_drafts_and_private_digests_are_not_carried(client: Client, clock: Clock) -> None:
    assert items(client) == []
    digest = make_november()
    assert items(client) == []
    publish(digest)
    assert len(items(client)) == 1
    restriction = PageViewRestriction.objects.create(page=digest, restriction_type="login")
    assert items(client) == []
    restriction.delete()
    DigestPage.objects.get(pk=digest.pk).unpublish()
    assert items(client) == []


def test_each_arrives_once(client: Client, clock: Clock) -> None:
    subscribers = [Subscriber(client, f"/newsletter/{path}") for path in PATHS]
    first = publish(make_november())
    made = [first.guid]

    def poll(expected: int) -> None:
        clock.go_on(days=1)
        assert [subscriber.poll() for subscriber in subscribers] == [expected] * 3

    poll(200)
    poll(304)
    publish(first, title="November, mended", slug="november")
    poll(200)
    second = publish(make_digest(date(2024, 12, 1), date(2024, 12, 31), live=False))
    made.append(second.guid)
    poll(200)
    first = publish(first, until=date(2025, 6, 1))
    poll(200)
    first.unpublish()
    poll(200)
    publish(first)
    poll(200)
    copy = publish(second.copy(update_attrs={"slug": "a-copy"}, keep_live=False))
    made.append(copy.guid)
    poll(200)
    made.append(second.create_alias(update_slug="an-alias").guid)
    publish(second, title="December, mended")
    poll(200)
    for subscriber in subscribers:
        assert subscriber.arrived == made
        assert {item.guid for item in subscriber.items} == set(made)
    assert subscriber.items[-1].title == "November, mended"


def test_pictures_and_text_as_a_tool_asks_for_them(client: Client, clock: Clock) -> None:
    digest = publish(make_november(summary="Five stories."))
    assert prepare_page.call(digest.pk) > 0
    for query, widest in (("", 1200), ("?images=email", 600)):
        [item] = items(client, query)
        tree = html.fragment_fromstring(item["content_html"], create_parent=True)
        pictures = list(tree.iter("img"))
        assert len(pictures) == 2
        for picture in pictures:
            assert picture.get("src").endswith(".jpg")
            assert 0 < int(picture.get("width")) <= widest
            assert int(picture.get("height")) > 0
        assert item["image"].endswith(".jpg")
    [item] = items(client, "?content=summary&images=email")
    assert "content_html" not in item
    assert item["content_text"] == item["summary"] == "Five stories."
    assert item["image"].endswith(".jpg")


def test_how_many_there_are_costs_no_queries(client: Client, clock: Clock) -> None:
    def cost() -> int:
        client.get("/newsletter/feed/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/newsletter/feed/").status_code == 200
        return len(captured)

    publish(make_november())
    few = cost()
    for month in range(1, 7):
        story = make_story(lead_image=make_image(), communities=[make_community()])
        body = [entry(story), entry(make_story(lead_image=make_image())), thanks()]
        days = date(2024, month, 1), date(2024, month, 28)
        publish(make_digest(*days, body=body, lead=story, live=False))
    assert cost() == few <= 30


def test_its_pages_tell_of_it(client: Client, clock: Clock) -> None:
    digest = publish(make_november())
    own = [f"http://testserver/newsletter/{path}" for path in PATHS]
    for address in ("/newsletter/", digest.url):
        head = html.fromstring(client.get(address).content).find("head")
        offered = head.xpath("./link[@rel='alternate'][@type != '']/@href")
        assert offered[:3] == own
        assert len(offered) == 6


def test_the_hub_is_told_of_it(clock: Clock, settings: Settings) -> None:
    digest = publish(make_november())
    write_down([Change(scope=Scope.PAGE, key=str(digest.pk))], 1)
    assert sorted(HubNotice.objects.values_list("topic", flat=True)) == sorted(
        f"{settings.SITE_URL}/newsletter/{path}" for path in PATHS
    )
    assert NewsletterIndexPage.objects.count() == 1
