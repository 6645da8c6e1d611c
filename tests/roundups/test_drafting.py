"""The first draft of a year's report."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import HomePage
from impact.roundups.closing import close_year
from impact.roundups.composition import answers, read
from impact.roundups.drafting import HIGHLIGHTS, YearTakenError, draft_roundup
from impact.roundups.models import RoundupIndexPage, RoundupPage
from tests.documents import document, texts
from tests.factories import make_category, make_roundup, make_story, make_user
from tests.roundups.bodies import block, body, listed

pytestmark = pytest.mark.django_db

DRAFT = "/admin/roundups/draft/"


@pytest.fixture
def editor(client: Client, home: HomePage) -> Client:
    client.force_login(make_user("Editors", username="edda"))
    return client


def kinds(page: RoundupPage) -> list[str]:
    return [each.kind for each in read(page.body.raw_data).blocks]


def test_a_draft_has_everything_and_a_section_for_each_category_with_stories(
    home: HomePage,
) -> None:
    tools, people = make_category("Tools", sort_order=2), make_category("People", sort_order=1)
    make_category("Unused")
    make_story(category=tools, date=date(2024, 2, 1))
    make_story(category=people, date=date(2024, 2, 1))
    make_story(category="Elsewhen", date=date(2023, 2, 1))
    user = make_user("Editors")
    page = draft_roundup(2024, user)
    assert (page.live, page.slug, page.title, page.owner) == (
        False,
        "2024",
        "Impact report 2024",
        user,
    )
    assert kinds(page) == [
        "text", "key_figures", "chart", "highlights", "category_section", "category_section",
        "other_section", "outcomes", "timeline", "communities", "last_goals", "goals", "thanks",
    ]  # fmt: skip
    about = [section.about for section in read(page.body.raw_data).sections]
    assert about == [people.pk, tools.pk, None]


def test_last_years_goals_wait_to_be_answered(home: HomePage) -> None:
    goals = listed({"title": "Delivery", "detail": "x"}, {"title": "Product", "detail": ""})
    make_roundup(2023, body=body(block("goals", heading="", text="", goals=goals)))
    [asked] = [
        each for each in read(draft_roundup(2024).body.raw_data).blocks if each.kind == "last_goals"
    ]
    assert [answer.goal for answer in answers(asked)] == ["Delivery", "Product"]
    assert {answer.result for answer in answers(asked)} == {""}


def test_stories_that_were_featured_are_proposed_as_highlights(
    client: Client, home: HomePage
) -> None:
    plain = make_story("Plain")
    make_story("Elsewhen", featured=True, date=date(2023, 1, 1))
    make_story("Hidden", featured=True, live=False)
    first = make_story("First", featured=True, date=date(2024, 1, 1))
    second = make_story("Second", featured=True, date=date(2024, 2, 1))
    page = draft_roundup(2024)
    assert read(page.body.raw_data).highlights == (second.pk, first.pk)
    page.get_latest_revision().publish()
    shown = document(client, "/roundups/2024/").xpath("//@data-highlight")
    assert shown == [second.slug, first.slug]
    assert plain.slug not in shown


def test_a_draft_proposes_a_few_highlights_at_most(home: HomePage) -> None:
    for _each in range(HIGHLIGHTS + 2):
        make_story(featured=True)
    assert len(read(draft_roundup(2024).body.raw_data).highlights) == HIGHLIGHTS


def test_a_draft_is_published_as_it_is(client: Client, home: HomePage) -> None:
    make_story("Seen")
    draft_roundup(2024).get_latest_revision().publish()
    assert "Seen" in document(client, "/roundups/2024/").text_content()


def test_a_second_report_of_a_year_is_refused(home: HomePage) -> None:
    page = make_roundup(2024, live=False)
    with pytest.raises(YearTakenError) as refused:
        draft_roundup(2024)
    assert refused.value.page.pk == page.pk
    assert RoundupPage.objects.count() == 1


def test_the_newest_finished_year_without_a_report_is_proposed(editor: Client) -> None:
    last = timezone.localdate().year - 1
    make_roundup(last)
    assert editor.get(DRAFT).context["form"]["year"].value() == last - 1
    index = RoundupIndexPage.objects.get()
    listing = editor.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    assert f"Draft the report for {last - 1}" in listing
    assert DRAFT in listing


def test_the_draft_opens_in_the_editor(editor: Client) -> None:
    response = editor.post(DRAFT, {"year": "2024"})
    page = RoundupPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.get(response["Location"]).status_code == 200
    assert not page.live
    assert editor.get("/roundups/2024/").status_code == 404


def test_one_click_drafts_the_year_of_the_address(editor: Client) -> None:
    response = editor.post(f"{DRAFT}2024/")
    page = RoundupPage.objects.get()
    assert (page.year, page.live) == (2024, False)
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    # A second one leads to the draft that is there.
    again = editor.post(f"{DRAFT}2024/").content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in again
    assert f'action="{DRAFT}"' in again
    assert RoundupPage.objects.count() == 1


def test_years_with_stories_are_offered_or_lead_to_their_reports(editor: Client) -> None:
    for year, count in ((2024, 2), (2022, 1)):
        for _number in range(count):
            make_story(date=date(year, 5, 1))
    make_story(date=date(2021, 5, 1), live=False)
    draft = make_roundup(2022, live=False)
    page = document(editor, DRAFT)
    rows = texts(page.xpath("//table[contains(@class, 'impact-years')]/tbody/tr"))
    assert rows == ["2024 2 Draft the report for 2024", "2022 1 Impact report 2022 (not published)"]
    links = page.xpath("//table[contains(@class, 'impact-years')]//a/@href")
    assert links == [reverse("wagtailadmin_pages:edit", args=[draft.pk])]


def test_the_list_of_reports_says_which_years_are_closed(editor: Client) -> None:
    make_roundup(2023)
    close_year(make_roundup(2024))
    index = RoundupIndexPage.objects.get()
    listing = document(editor, reverse("wagtailadmin_explore", args=[index.pk]))
    newest, oldest = texts(listing.xpath("//table[contains(@class, 'listing')]/tbody/tr"))
    assert "2024 Closed on" in newest
    assert "2023 Open" in oldest


def test_a_taken_year_is_refused_with_a_link_to_its_report(editor: Client) -> None:
    page = make_roundup(2024)
    response = editor.post(DRAFT, {"year": "2024"})
    assert response.status_code == 200
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in response.content.decode()
    assert RoundupPage.objects.count() == 1


@pytest.mark.parametrize("year", ["", "abc", "1899", "2201", "-1"])
def test_a_year_that_is_none_makes_no_draft(editor: Client, year: str) -> None:
    assert editor.post(DRAFT, {"year": year}).status_code == 200
    assert not RoundupPage.objects.exists()


def test_asking_makes_no_draft(editor: Client) -> None:
    editor.get(DRAFT, {"year": "2024"})
    assert not RoundupPage.objects.exists()


def test_who_may_not_add_reports_may_not_draft_them(client: Client, home: HomePage) -> None:
    assert client.post(DRAFT, {"year": "2024"}).status_code == 302
    client.force_login(make_user(username="nobody"))
    client.post(DRAFT, {"year": "2024"})
    assert not RoundupPage.objects.exists()
