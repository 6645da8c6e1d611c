"""Closing, comparing and opening a year in the editor, and what the editor says of it."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from home.models import HomePage
from impact.roundups.closing import close_year
from impact.roundups.models import RoundupPage
from tests.documents import document, texts
from tests.factories import (
    make_category,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
    make_user,
)
from tests.roundups.bodies import block, body, category_section
from tests.visibility import hide

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, home: HomePage) -> Client:
    client.force_login(make_user("Editors", username="edda"))
    return client


def year_url(page: Any) -> str:
    return reverse("roundup_year", args=[page.pk])


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_year_is_closed_taken_over_and_opened_again(editor: Client) -> None:
    make_story("First")
    page = make_roundup(2024)
    response = editor.post(year_url(page), {"action": "close"})
    assert response["Location"] == edit_url(page)
    assert "First" in document(editor, "/roundups/2024/").text_content()
    make_story("Second")
    found = document(editor, year_url(page)).text_content()
    assert "Second" in found
    assert "Nothing has changed" not in found
    editor.post(year_url(page), {"action": "close"})
    assert "Nothing has changed" in document(editor, year_url(page)).text_content()
    editor.post(year_url(page), {"action": "reopen"})
    assert RoundupPage.objects.get().closed is None


def test_looking_changes_nothing(editor: Client) -> None:
    page = make_roundup(2024)
    editor.get(year_url(page))
    editor.get(year_url(page), {"action": "close"})
    editor.post(year_url(page), {"action": "other"})
    assert RoundupPage.objects.get().snapshot is None


def test_changes_that_are_not_published_are_published_with_it_and_announced(
    editor: Client,
) -> None:
    page = make_roundup(2024)
    page.summary = "Not published yet."
    page.save_revision()
    assert "not published" in document(editor, year_url(page)).text_content()
    editor.post(year_url(page), {"action": "close"})
    assert "Not published yet." in document(editor, "/roundups/2024/").text_content()


def test_who_may_edit_but_not_publish_sees_the_comparison_and_takes_nothing_over(
    client: Client, home: HomePage
) -> None:
    writer = make_user("Writers")
    page = make_roundup(2024)
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.create(
            group=writer.groups.get(), page=page.get_parent(), permission=permission
        )
    client.force_login(writer)
    assert "Only who may publish" in document(client, year_url(page)).text_content()
    client.post(year_url(page), {"action": "close"})
    assert RoundupPage.objects.get().snapshot is None


def test_nobody_else_sees_it(client: Client, home: HomePage) -> None:
    page = make_roundup(2024)
    client.force_login(make_user(username="nobody"))
    assert client.get(year_url(page)).status_code == 302
    assert client.post(year_url(page), {"action": "close"}).status_code == 302
    assert RoundupPage.objects.get().snapshot is None


def test_editors_are_told_which_entries_lost_their_cards(editor: Client) -> None:
    story = make_story("Secret")
    page = close_year(make_roundup(2024))
    hide(story, "private")
    for url in (edit_url(page), year_url(page)):
        assert "Secret" in editor.get(url).content.decode()
        assert "neither card nor title" in editor.get(url).content.decode()


@pytest.mark.parametrize("snapshot", [None, {"version": 99}])
def test_the_editor_says_what_state_the_year_is_in(editor: Client, snapshot: Any) -> None:
    make_story()
    page = make_roundup(2024)
    page.snapshot = snapshot
    page.save_revision().publish()
    said = editor.get(edit_url(page)).content.decode()
    assert "always equals the gallery: 1 story now" in said
    assert ("can’t be read" in said) == (snapshot is not None)
    close_year(page)
    assert "Closed on" in editor.get(edit_url(page)).content.decode()


def test_the_comparison_tells_figures_counts_and_titles(editor: Client) -> None:
    story = make_story("Old title")
    gone = make_story("Gone")
    reading = make_reading(make_metric("Members"), 40, date(2024, 12, 31))
    page = close_year(make_roundup(2024))
    story.title = "New title"
    story.save_revision().publish()
    gone.unpublish()
    reading.value = 41
    reading.save()
    rows = texts(
        document(editor, year_url(page)).xpath("//table[@class='listing impact-differences']//tr")
    )
    for expected in (
        "All entries 2 1",
        "Research 2 1",
        "Changed Old title New title",
        "Members 40 41",
    ):
        assert expected in rows
    assert "Gone Gone –" in rows


def test_the_comparison_tells_what_charts_and_links_show(editor: Client) -> None:
    """From the database to the table: publisher, language, and the readings of years gone by."""
    link = make_link("A link")
    members = make_metric("Members")
    early = make_reading(members, 30, date(2022, 12, 31))
    make_reading(members, 40, date(2024, 12, 31))
    sections = [category_section(), block("chart", heading="", text="", metric=None)]
    page = close_year(make_roundup(2024, body=body(*sections)))
    link.publisher, link.language = "Reef Times", "es"
    link.save_revision().publish()
    early.value = 31
    early.save()
    table = "//table[contains(@class, 'impact-differences')]"
    rows = texts(document(editor, year_url(page)).xpath(f"{table}//tbody/tr"))
    assert rows == [
        "Changed A link · Example News · English A link · Reef Times · Spanish",
        "Members 2022: 30 2022: 31",
    ]


def count(client: Client, year: int = 2024, **query: Any) -> int:
    found = client.get(reverse("roundup_count", args=[year]), query).json()
    assert str(found["count"]) in found["text"]
    return int(found["count"])


def test_sections_count_what_the_gallery_counts(editor: Client) -> None:
    tools, people = make_category("Tools"), make_category("People")
    make_story(category=tools, tags=["Sea"])
    make_link(category=people, tags=["Sea"])
    story = make_story(category=people, date=date(2023, 1, 1), tags=["Sea"])
    tag = story.tags.get()
    assert count(editor, category=tools.pk) == 1
    assert count(editor, tag=tag.pk) == 2
    assert count(editor, **{"except": [tools.pk]}) == 1
    assert count(editor, **{"except": [tools.pk, people.pk]}) == 0
    assert count(editor, 2023, category=people.pk) == 1
    assert count(editor) == 2


def test_a_section_says_what_it_shows_of_what_is_chosen(editor: Client) -> None:
    first, second, third = (make_story() for _number in range(3))
    stranger = make_story(category="Tools")
    url = reverse("roundup_count", args=[2024])

    def said(**chosen: Any) -> tuple[int, int, str]:
        found = editor.get(url, {"category": first.category_id, **chosen}).json()
        return found["shown"], found["strangers"], found["text"]

    assert said() == (3, 0, "3 stories of 2024, 3 shown here.")
    assert said(limit=1)[0] == 1
    assert said(limit=1, first=[first.pk, second.pk])[0] == 2
    assert said(left_out=[first.pk, second.pk])[0] == 1
    shown, strangers, text = said(first=[first.pk, stranger.pk], left_out=[third.pk])
    assert (shown, strangers) == (2, 1)
    assert text.endswith("1 chosen story is not among them, and passed over.")


@pytest.mark.parametrize("key", ["", "x", "-1", "99999999999999999999"])
def test_what_names_nothing_counts_nothing(editor: Client, key: str) -> None:
    make_story()
    assert count(editor, category=key) == 0


def test_counts_are_for_those_who_edit_reports(client: Client, home: HomePage) -> None:
    url = reverse("roundup_count", args=[2024])
    assert client.get(url).status_code == 302
    client.force_login(make_user(username="nobody"))
    assert client.get(url).status_code == 302


def test_only_public_entries_of_the_year_can_be_chosen(editor: Client) -> None:
    make_story("Of the year")
    make_story("Of another", date=date(2023, 1, 1))
    make_story("Not published", live=False)
    url = reverse("entry_of_year_chooser:choose")
    for query, expected in (
        ({"year": "2024"}, {"Of the year"}),
        ({"year": "2023"}, {"Of another"}),
        ({"year": ""}, {"Of the year", "Of another"}),
        ({"year": "2024", "q": "year"}, {"Of the year"}),
        ({"year": "2024", "q": "another"}, set()),
        ({"year": "x" * 9}, {"Of the year", "Of another"}),
    ):
        found = editor.get(url, query)
        assert found.status_code == 200
        names = {"Of the year", "Of another", "Not published"}
        assert {name for name in names if name in found.json()["html"]} == expected, query


def test_a_section_offers_its_own_entries(editor: Client) -> None:
    tools = make_category("Tools")
    tagged = make_story("Tagged", tags=["Sea"])
    make_story("A tool", category=tools)
    url = reverse("entry_of_year_chooser:choose")
    for query, expected in (
        ({"category": tools.pk}, {"A tool"}),
        ({"tag": tagged.tags.get().pk}, {"Tagged"}),
        ({"category": tools.pk, "year": "2023"}, set()),
        ({"category": "", "tag": "x"}, {"Tagged", "A tool"}),
        ({"category": "99999999999999999999"}, {"Tagged", "A tool"}),
    ):
        html = editor.get(url, query).json()["html"]
        assert {name for name in ("Tagged", "A tool") if name in html} == expected, query


def test_an_entry_that_is_deleted_leaves_no_hole_in_the_form(editor: Client) -> None:
    first, second = make_story("First"), make_story("Second")
    page = make_roundup(2024, body=body(category_section(first=[first, second])))
    first.delete()
    response = editor.get(edit_url(page))
    assert response.status_code == 200
    value = response.context["form"].instance.body[0].value
    block = page.body.stream_block.child_blocks["category_section"]
    assert [entry.pk for entry in block.clean(value)["first"]] == [second.pk]
