"""What a community's page gathers from the stories about it: outcomes, quotes, supporters."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from home.models import HomePage
from impact.catalogue.communities import outcomes, voices
from impact.communities.models import CommunityPage
from tests.documents import document, texts
from tests.factories import add_outcome, make_community, make_link, make_metric, make_story
from tests.visibility import HIDDEN, hide

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def quote(text: str, person: str = "", role: str = "") -> tuple[str, dict[str, str]]:
    return "pull_quote", {"text": text, "person": person, "role": role}


def heard(page: Any) -> list[str]:
    return texts(page.xpath("//section[@aria-labelledby='their-words']//blockquote"))


def reported(page: Any) -> list[tuple[str, str, str]]:
    """Each sum: its value, its precision, and what it counts."""
    return [
        (
            figure.get("data-value"),
            figure.get("data-precision"),
            *texts(figure.xpath(".//*[@class='key-figure-label']")),
        )
        for figure in page.xpath("//section[@aria-labelledby='their-outcomes']//*[@data-value]")
    ]


def supporters(page: Any) -> list[tuple[str, str]]:
    return [
        (one.get("data-supporter"), one.get("data-count"))
        for one in page.xpath("//*[@data-supporter]")
    ]


@pytest.fixture
def reef(home: HomePage) -> CommunityPage:
    return make_community("Reef")


def test_outcomes_are_added_where_alike_and_link_to_the_stories_behind(
    client: Client, reef: CommunityPage
) -> None:
    first = make_story("First", communities=[reef], date=date(2023, 1, 1))
    second = make_story("Second", communities=[reef], date=date(2024, 1, 1))
    metric = make_metric("Divers trained", unit="people")
    add_outcome(first, 30, "divers", unit="people", metric=metric)
    add_outcome(second, 12, "divers", unit="people", metric=metric, precision="about")
    add_outcome(second, Decimal("2.5"), "nursery reefs")
    elsewhere = make_story("Elsewhere", communities=[make_community("Coast")])
    add_outcome(elsewhere, 1000, "divers", unit="people", metric=metric)
    page = document(client, reef)
    assert reported(page) == [("42", "about", "Divers trained"), ("2.5", "exact", "nursery reefs")]
    (several, one) = page.xpath("//*[@class='sum']")
    assert several.xpath(".//details//a/@href") == [second.url, first.url]
    assert one.xpath(".//a/@href") == [second.url]


def test_what_cannot_be_added_stands_side_by_side(client: Client, reef: CommunityPage) -> None:
    for value, fields in (
        (10, {"unit": "currency", "currency": "EUR"}),
        (20, {"unit": "currency", "currency": "USD"}),
        (30, {"precision": "at-least"}),
        (40, {"precision": "at-most"}),
    ):
        add_outcome(make_story(communities=[reef]), value, "raised", **fields)
    assert sorted(reported(document(client, reef))) == [
        ("10", "exact", "raised"),
        ("20", "exact", "raised"),
        ("30", "at-least", "raised"),
        ("40", "at-most", "raised"),
    ]


def test_all_sums_are_in_the_page_and_those_past_the_first_ones_fold(
    client: Client, reef: CommunityPage
) -> None:
    story = make_story(communities=[reef])
    for number in range(outcomes.SHOWN + 2):
        add_outcome(story, number + 1, f"thing {number:02}")
    page = document(client, reef)
    assert len(reported(page)) == outcomes.SHOWN + 2
    assert texts(page.xpath("//*[@class='sums-more']/summary")) == ["Show 2 more figures"]
    assert len(page.xpath("//*[@class='sums-more']//*[@class='sum']")) == 2


def test_a_page_stays_short_however_much_is_reported(
    client: Client, reef: CommunityPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "FOLDED", 3)
    stories = [make_story(communities=[reef]) for _ in range(42)]
    for story in stories:
        add_outcome(story, 1, "divers")
    for number in range(outcomes.SHOWN + 4):
        add_outcome(stories[0], number + 1, f"thing {number:02}")
    page = document(client, reef)
    assert len(reported(page)) == outcomes.SHOWN + 3
    assert "2 more stand in the stories themselves." in texts(page.xpath("//details/p"))
    behind = texts(page.xpath("//*[@class='sum']//li"))
    assert (len(behind), behind[-1]) == (41, "and 2 others")


def test_quotes_have_person_role_and_their_story_as_source(
    client: Client, reef: CommunityPage
) -> None:
    body = [
        ("text", "<p>Before.</p>"),
        quote("<b>We</b> measure it\n\nourselves.", "Amara <i>Osei</i>", "keeper"),
    ]
    story = make_story("A reef & a school", communities=[reef], body=body, language="es")
    page = document(client, reef)
    (voice,) = page.xpath("//*[@class='voice']")
    assert texts(voice.xpath("./blockquote/p")) == ["<b>We</b> measure it", "ourselves."]
    assert texts(voice.xpath(".//figcaption/p")) == [
        "Amara <i>Osei</i> keeper",
        "A reef & a school May 2024",
    ]
    assert voice.xpath(".//cite/a/@href") == [story.url]
    assert voice.xpath("./blockquote/@lang") == ["es"]
    assert not voice.xpath(".//b | .//i")


def test_the_newest_are_heard_and_every_story_once_before_one_twice(
    client: Client, reef: CommunityPage
) -> None:
    def tell(day: int, *said: str) -> None:
        body = [quote(text) for text in said]
        make_story(communities=[reef], body=body, date=date(2024, 5, day))

    tell(1, "oldest")
    tell(2, "old", "old again")
    tell(3)
    tell(4, "new", "new again", "new once more")
    assert heard(document(client, reef)) == ["new", "new again", "old", "oldest"]
    tell(5, "newest")
    tell(6, "the very newest")
    assert heard(document(client, reef)) == ["the very newest", "newest", "new", "old"]


def test_only_the_bodies_of_the_newest_stories_are_read(
    client: Client, reef: CommunityPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "READ", 2)
    for day in (1, 2, 3):
        make_story(communities=[reef], body=[quote(f"{day}")], date=date(2024, 5, day))
    assert heard(document(client, reef)) == ["3", "2"]


def test_supporters_of_their_stories_are_counted_and_apart_from_what_they_supported(
    client: Client, reef: CommunityPage
) -> None:
    fund, trust = make_community("Fund"), make_community("Trust")
    make_story(communities=[reef], supporters=[fund, trust])
    make_story(communities=[reef], supporters=[fund, reef])
    make_story(communities=[make_community("Coast")], supporters=[trust, reef])
    make_story(communities=[reef, fund])
    page = document(client, reef)
    assert supporters(page) == [("fund", "2"), ("trust", "1")]
    links = page.xpath("//section[@aria-labelledby='their-supporters']//a/@href")
    assert links == [fund.url, trust.url]
    assert supporters(document(client, fund)) == []


def test_more_supporters_than_can_be_named_are_counted(client: Client, reef: CommunityPage) -> None:
    make_story(communities=[reef], supporters=[make_community() for _ in range(14)])
    page = document(client, reef)
    assert len(supporters(page)) == 12
    assert "and 2 others" in texts(page.xpath("//*[@class='supporters']/li"))


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_stories_contribute_nothing(client: Client, reef: CommunityPage, how: str) -> None:
    body = [quote("A secret.", "Somebody")]
    story = make_story(communities=[reef], supporters=[make_community("Fund")], body=body)
    add_outcome(story, 77, "secrets")
    shown = document(client, reef)
    assert (heard(shown), reported(shown), supporters(shown)) == (
        ["A secret."],
        [("77", "exact", "secrets")],
        [("fund", "1")],
    )
    hide(story, how)
    page = document(client, reef)
    assert page.xpath("//main//section/@aria-labelledby") == ["their-stories"]
    assert "secret" not in page.text_content()


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_supporters_are_not_named(client: Client, reef: CommunityPage, how: str) -> None:
    fund = make_community("Fund")
    make_story(communities=[reef], supporters=[fund])
    hide(fund, how)
    page = document(client, reef)
    assert supporters(page) == []
    assert "Fund" not in page.text_content()


def test_a_link_has_no_part_in_what_stories_say(client: Client, reef: CommunityPage) -> None:
    make_link(communities=[reef], supporters=[make_community("Fund")])
    page = document(client, reef)
    assert page.xpath("//main//section/@aria-labelledby") == ["told-elsewhere"]
