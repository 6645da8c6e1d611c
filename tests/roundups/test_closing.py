"""A closed report stays as it was; an open one always equals the gallery."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from home.models import HomePage
from impact.pages.refusals import PageNotReadyError
from impact.roundups.closing import close_year, may_close, reopen_year
from impact.roundups.models import RoundupPage
from tests.documents import document, queries_of, slugs, texts
from tests.factories import (
    add_outcome,
    make_category,
    make_community,
    make_image,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
    make_user,
)
from tests.roundups.bodies import block, body, category_section, listed
from tests.visibility import HIDDEN, hide

pytestmark = pytest.mark.django_db

URL = "/roundups/2024/"


def report(client: Client) -> Any:
    [article] = document(client, URL).xpath("//article[@data-roundup]")
    return article


def shown(client: Client) -> str:
    """Everything that a reader sees of the report."""
    return texts([report(client)])[0]


def close(year: int = 2024) -> RoundupPage:
    return close_year(RoundupPage.objects.get(year=year))


def test_an_open_report_says_so_and_a_closed_one_says_since_when(
    client: Client, home: HomePage
) -> None:
    page = make_roundup(2024)
    assert report(client).get("data-roundup") == "open"
    assert "Not closed yet" in shown(client)
    assert "Closed on" not in shown(client)
    closed = close_year(page).closed
    assert closed is not None
    assert report(client).get("data-roundup") == "closed"
    day = f"{closed.closed_at.day} {closed.closed_at:%B %Y}"
    assert f"Closed on {day}" in shown(client)
    assert "Not closed yet" not in shown(client)
    reopen_year(page)
    assert report(client).get("data-roundup") == "open"


def test_closing_changes_nothing_but_the_word_that_it_is_closed(
    client: Client, home: HomePage
) -> None:
    reef, fund = make_community("Reef"), make_community("Fund")
    members = make_metric("Members")
    for year, value in ((2023, 40), (2024, 52)):
        make_reading(members, value, date(year, 12, 31), precision="about")
    story = make_story(
        communities=[reef], supporters=[fund], featured=True, lead_image=make_image()
    )
    make_story(category="Tools", date=date(2024, 11, 3))
    add_outcome(story, 5)
    make_roundup(2024)
    before = report(client)
    close()
    after = report(client)
    for each in (before, after):
        [state] = each.xpath(".//*[@class='cover-state']")
        state.drop_tree()
    said = [" ".join(each.itertext()).split() for each in (before, after)]
    assert said[0] == said[1]
    assert slugs(before) == slugs(after)
    assert before.xpath(".//@data-count") == after.xpath(".//@data-count")
    assert before.xpath(".//@href") == after.xpath(".//@href")


def test_a_closed_report_stays_when_stories_figures_and_names_change(
    client: Client, home: HomePage
) -> None:
    reef = make_community("Reef")
    story = make_story("As it was", communities=[reef], lead_image=make_image())
    reading = make_reading(make_metric("Members"), 40, date(2024, 12, 31))
    make_roundup(2024, body="")
    close()
    before, pictures = shown(client), report(client).xpath(".//img/@src")
    story.title, story.summary, story.date = "Another title", "Another end.", date(2023, 1, 1)
    story.lead_image = make_image()
    story.category = make_category("Tools")
    story.save_revision().publish()
    make_story("New in the year", communities=[make_community("Coast")])
    reading.value = 41
    reading.save()
    reef.title = "Reef renamed"
    reef.save_revision().publish()
    category = make_category("Research")
    category.name = "Science"
    category.save()
    assert shown(client) == before
    assert report(client).xpath(".//img/@src") == pictures


def test_links_follow_a_story_that_got_another_address(client: Client, home: HomePage) -> None:
    story = make_story("As it was")
    make_roundup(2024)
    close()
    story.slug = "another-address"
    story.save_revision().publish()
    [card] = report(client).xpath(".//*[@data-entry]")
    assert card.xpath("string(.//a/@href)") == "/impact/another-address/"
    assert client.get("/impact/another-address/").status_code == 200


@pytest.mark.parametrize("how", [*HIDDEN, "deleted"])
def test_a_story_that_is_gone_loses_card_title_and_picture_but_not_its_count(
    client: Client, home: HomePage, how: str
) -> None:
    reef = make_community("Reef")
    secret = make_story("Secret", communities=[reef], lead_image=make_image(), featured=True)
    add_outcome(secret, 5)
    seen = make_story("Seen", communities=[reef])
    parts = [
        category_section(),
        block("highlights", entries=listed({"entry": secret.pk, "sentence": "<p>Our best.</p>"})),
        block("timeline"),
        block("outcomes"),
    ]
    make_roundup(2024, body=body(*parts))
    close()
    assert shown(client).count("Secret") == 5
    if how == "deleted":
        secret.delete()
    else:
        hide(secret, how)
    article = report(client)
    assert "Secret" not in texts([article])[0]
    assert "Our best" not in texts([article])[0]
    assert slugs(article) == [seen.slug]
    assert not article.xpath(".//*[@data-entry]//img[contains(@alt, 'Alt text')]")
    [section] = article.xpath(".//*[@data-section='research']")
    assert section.get("data-count") == "2"
    assert "2 stories" in texts([article])[0]


def test_a_community_that_is_no_longer_public_is_not_named(client: Client, home: HomePage) -> None:
    reef, coast = make_community("Reef"), make_community("Coast")
    make_story(communities=[reef, coast])
    make_roundup(2024)
    close()
    reef.unpublish()
    assert "Reef" not in shown(client)
    assert "Coast" in shown(client)
    assert "2 communities" in shown(client)


def test_what_editors_write_in_a_closed_report_is_shown(client: Client, home: HomePage) -> None:
    make_story()
    page = make_roundup(2024, body=body(category_section()))
    close()
    latest = RoundupPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words = block("text", "<p>A word after the end.</p>")
    latest.body = body(words, *latest.body.raw_data)
    latest.save_revision().publish()
    assert "A word after the end." in shown(client)
    assert report(client).get("data-roundup") == "closed"


def test_a_section_added_after_closing_waits_until_it_is_taken_over(
    client: Client, home: HomePage
) -> None:
    make_story("Research story")
    make_story("Tool story", category="Tools")
    page = make_roundup(2024, body=body(category_section()))
    close()
    latest = RoundupPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    latest.body = body(*latest.body.raw_data, category_section("tools"))
    latest.save_revision().publish()
    assert "Tool story" not in shown(client)
    close()
    assert "Tool story" in shown(client)


def test_closing_again_takes_over_what_is_new(client: Client, home: HomePage) -> None:
    make_story("First")
    make_roundup(2024)
    close()
    make_story("Second")
    assert "Second" not in shown(client)
    close()
    assert "Second" in shown(client)


def test_closing_is_a_revision_and_stands_in_the_history(home: HomePage) -> None:
    editor = make_user("Editors")
    page = make_roundup(2024)
    before = page.revisions.count()
    closed = close_year(page, editor)
    assert page.revisions.count() == before + 1
    assert closed.latest_revision == closed.live_revision
    assert closed.latest_revision.content["snapshot"]["version"] == 1
    reopened = reopen_year(page, editor)
    assert reopened.snapshot is None
    actions = PageLogEntry.objects.filter(page=page, user=editor).values_list("action", flat=True)
    assert {"roundups.close", "roundups.reopen"} <= set(actions)


def test_an_unfinished_page_is_not_closed(home: HomePage) -> None:
    page = make_roundup(2024, live=False)
    page.year = 1492
    page.save_revision(clean=False)
    with pytest.raises(PageNotReadyError):
        close_year(page)
    page.refresh_from_db()
    assert (page.live, page.snapshot) == (False, None)
    assert page.revisions.count() == 1


def test_only_who_may_publish_may_close(home: HomePage) -> None:
    page = make_roundup(2024)
    assert may_close(page, make_user("Editors"))
    assert not may_close(page, make_user("Writers"))
    assert not may_close(page, make_user())


def test_a_copy_is_open(home: HomePage) -> None:
    closed = close_year(make_roundup(2024))
    copy = closed.copy(update_attrs={"title": "A copy", "year": 2023, "slug": "2023"})
    assert copy.snapshot is None
    assert copy.get_latest_revision_as_object().snapshot is None


@pytest.mark.parametrize("damage", [{"version": 1}, {"version": 99}, [1], "x"])
def test_a_report_whose_record_is_damaged_is_shown_as_an_open_one(
    client: Client, home: HomePage, damage: Any
) -> None:
    make_story("Seen")
    page = make_roundup(2024)
    RoundupPage.objects.filter(pk=page.pk).update(snapshot=damage)
    assert report(client).get("data-roundup") == "open"
    assert "Seen" in shown(client)
    assert client.get("/roundups/").status_code == client.get("/").status_code == 200


def test_lists_of_years_show_what_a_closed_year_held(client: Client, home: HomePage) -> None:
    members = make_metric("Members")
    reading = make_reading(members, 40, date(2024, 12, 31))
    make_story("One")
    make_roundup(2024)
    close()
    make_story("Two")
    reading.value = 77
    reading.save()
    [year] = document(client, "/roundups/").xpath("//*[@data-year='2024']")
    assert "1 story" in texts([year])[0]
    assert "40" in texts([year])[0]
    [latest] = document(client, "/").xpath("//section[@aria-labelledby='roundup']")
    assert "1 story" in texts([latest])[0]


def test_a_closed_report_costs_the_same_queries_however_much_it_holds(
    client: Client, home: HomePage
) -> None:
    story = make_story(communities=[make_community()], lead_image=make_image())
    make_roundup(2024, lead_image=make_image())
    close()
    few = queries_of(client, URL)
    for number in range(8):
        fund = make_community()
        story = make_story(
            category=f"Category {number % 3}", communities=[fund], supporters=[fund],
            lead_image=make_image(), date=date(2024, 1 + number, 1),
        )  # fmt: skip
        add_outcome(story, number)
    RoundupPage.objects.update(snapshot=None)
    latest = RoundupPage.objects.get()
    latest.body = "[]"
    latest.save_revision().publish()
    close()
    assert queries_of(client, URL) == few
