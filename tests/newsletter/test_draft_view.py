"""Beginning a digest in the editor: what it would hold, and who may."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import HomePage
from impact.newsletter.models import DigestPage, NewsletterIndexPage
from impact.newsletter.proposal import proposed_period
from impact.newsletter.sending import mark_sent
from tests.documents import document
from tests.factories import make_digest, make_link, make_story, make_user
from tests.newsletter.bodies import entry

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

DRAFT = "/admin/digests/draft/"
NOVEMBER = {"since": "2024-11-01", "until": "2024-11-30"}


@pytest.fixture
def editor(client: Client, home: HomePage) -> Client:
    client.force_login(make_user("Editors", username="edda"))
    return client


def post(client: Client, action: str = "draft", **days: str) -> Any:
    return client.post(DRAFT, {**NOVEMBER, **days, "action": action})


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_form_opens_with_the_next_period_and_what_it_would_hold(editor: Client) -> None:
    period = proposed_period()
    make_story("News", date=period.since)
    page = document(editor, DRAFT)
    assert page.xpath("//*[@id='id_since']/@value") == [period.since.isoformat()]
    assert page.xpath("//*[@id='id_until']/@value") == [period.until.isoformat()]


def test_other_days_are_looked_at_before_anything_is_made(editor: Client) -> None:
    make_story("A story", date=date(2024, 11, 4))
    make_link("A link", date=date(2024, 11, 5))
    response = post(editor, "look")
    assert "1 story, 1 featured link" in said(response)
    assert "leads" in said(response)
    assert not DigestPage.objects.exists()
    assert "Nothing that was not sent before" in said(post(editor, "look", until="2024-11-03"))


def test_one_click_makes_the_draft_and_opens_it(editor: Client) -> None:
    make_story("A story", date=date(2024, 11, 4))
    response = post(editor)
    page = DigestPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.live, page.owner.username) == ("November 2024", False, "edda")
    assert editor.get(response["Location"]).status_code == 200
    assert editor.get("/newsletter/2024-11/").status_code == 404


def test_a_form_that_is_sent_twice_makes_one_draft(editor: Client) -> None:
    post(editor)
    response = post(editor)
    assert DigestPage.objects.count() == 1
    assert "There is a digest of these days already:" in said(response)
    assert 'value="another"' in said(response)
    post(editor, "another")
    assert [page.slug for page in DigestPage.objects.order_by("pk")] == ["2024-11", "2024-11-2"]


def test_what_is_begun_and_not_sent_is_named(editor: Client) -> None:
    make_digest(date(2024, 11, 20), date(2024, 12, 20), title="Begun", slug="begun")
    sent = make_digest(date(2024, 10, 1), date(2024, 11, 5), title="Gone out", slug="sent")
    mark_sent(sent, sent.save_revision(), None, "hand")
    response = post(editor, "look")
    assert "Not sent yet, and about some of these days:" in said(response)
    assert "Begun</a>" in said(response)
    assert "Gone out</a>" not in said(response)
    # It stops nobody.
    assert post(editor).status_code == 302


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ({"since": "2024-12-01"}, "The end lies before the beginning."),
        ({"since": "2020-12-01"}, "A digest is about a year at most."),
        ({"since": "0001-01-01"}, "Ensure this value is greater than or equal to"),
        ({"until": "9999-12-31"}, "Ensure this value is less than or equal to"),
        ({"since": "yesterday"}, "Enter a valid date."),
        ({"since": "<script>alert(1)</script>"}, "Enter a valid date."),
        ({"since": "2024-02-31"}, "Enter a valid date."),
        ({"since": "\x00"}, "Enter a valid date."),
        ({"since": ""}, "This field is required."),
    ],
)
def test_days_that_are_none_are_named_and_nothing_is_made(
    editor: Client, days: dict[str, str], message: str
) -> None:
    for action in ("look", "draft", "another"):
        response = post(editor, action, **days)
        assert response.status_code == 200
        assert message in response.content.decode()
        assert "<script>alert" not in response.content.decode()
    # As an address too.
    assert editor.get(DRAFT, {**NOVEMBER, **days}).status_code == 200
    assert not DigestPage.objects.exists()


def test_what_nobody_offers_is_taken_for_a_look(editor: Client) -> None:
    assert post(editor, "delete everything").status_code == 200
    assert not DigestPage.objects.exists()


def test_only_who_may_add_digests_may_begin_one(client: Client, home: HomePage) -> None:
    for group, status in (("Writers", 302), ("Editors", 200), ("Administrators", 200)):
        client.force_login(make_user(group))
        response = client.get(DRAFT)
        assert response.status_code == status, group
        menu = client.get("/admin/").content.decode()
        assert ("digests/draft" in menu) is (status == 200), group
    client.force_login(make_user("Writers", username="wilma"))
    assert post(client)["Location"] == "/admin/"
    assert client.get("/admin/digests/lines/?entry=1").status_code == 302
    assert not DigestPage.objects.exists()
    client.logout()
    assert "login" in client.get(DRAFT)["Location"]


def test_wagtails_own_way_to_a_new_page_leads_here(editor: Client) -> None:
    index = NewsletterIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["newsletter", "digestpage", index.pk])
    assert editor.get(url)["Location"] == DRAFT


def test_the_list_says_what_each_holds_and_when_it_was_sent(
    editor: Client,
) -> None:
    story = make_story("A story")
    page = make_digest(body=[entry(story)], lead=make_story("The lead"))
    index = NewsletterIndexPage.objects.get()
    assert editor.get("/admin/digests/")["Location"] == f"/admin/pages/{index.pk}/"
    listing = f"/admin/pages/{index.pk}/"
    cells = document(editor, listing).xpath("//table[contains(@class,'listing')]//td")
    assert [" ".join(cell.text_content().split()) for cell in cells][3:6] == [
        "May 2024",
        "2",
        "",
    ]
    mark_sent(page, page.save_revision(), None, "hand")
    cells = document(editor, listing).xpath("//table[contains(@class,'listing')]//td")
    day = timezone.localdate()
    assert cells[5].text_content().strip() == f"{day.day} {day:%b %Y}"
    for sort in ("last_sent", "-last_sent", "until", "title"):
        assert editor.get(listing, {"ordering": sort}).status_code == 200


def test_lines_are_described_for_the_editors_browser(editor: Client) -> None:
    story = make_story("A story", summary="It works. Nobody had to ask for it twice.")
    draft = make_story("A draft", live=False)
    query = "&".join(f"entry={key}" for key in (story.pk, draft.pk, "x", "-1", "9" * 40, story.pk))
    answer = editor.get(f"/admin/digests/lines/?{query}").json()
    assert answer == {
        str(story.pk): {
            "title": "A story",
            "sentence": "It works. Nobody had to ask for it twice.",
            "summary": "It works. Nobody had to ask for it twice.",
        }
    }
