"""The editor's form of a digest: what it takes, and what it refuses without losing anything."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import HomePage
from impact.newsletter.models import DigestPage
from tests.factories import make_digest, make_standard_page, make_story, make_user

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture
def editor(client: Client, home: HomePage) -> Client:
    client.force_login(make_user("Editors"))
    return client


@pytest.fixture
def digest(home: HomePage) -> DigestPage:
    page = make_digest(live=False)
    page.save_revision()
    return page


def save(client: Client, page: DigestPage, *body: tuple[str, Any], **changes: Any) -> HttpResponse:
    fields = {
        "title": "May 2024",
        "slug": "2024-05",
        "since": "2024-05-01",
        "until": "2024-05-31",
        "summary": "",
        "introduction": rich_text(""),
        "lead": "",
        "lead_title": "",
        "lead_sentence": "",
        "body": streamfield(body),
        "closing": rich_text(""),
        "newsletter_subject": "",
        "newsletter_recipients": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "comments": inline_formset([]),
        "comment_notifications": "",
        "action-publish": "1",
        **changes,
    }
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, nested_form_data(fields))


def line(**fields: Any) -> tuple[str, Any]:
    image = {"image": "", "decorative": "", "alt_text": ""}
    return ("line", {"title": "", "url": "", "sentence": "", "image": image, **fields})


def entry_line(page: Any = None, **fields: Any) -> tuple[str, Any]:
    value = {"entry": str(page.pk) if page else "", "title": "", "sentence": "", "image": "on"}
    return ("entry", {**value, **fields})


def test_what_is_complete_is_published(editor: Client, digest: DigestPage) -> None:
    story = make_story("A story")
    shouts = ("thanks", {"communities": "on", "supporters": "on", "left_out": {"count": "0"}})
    body = [("heading", "News"), entry_line(story, title="Our words"), line(title="Own"), shouts]
    response = save(editor, digest, *body, lead=str(story.pk))
    assert response.status_code == 302, response.context["form"].errors
    page = DigestPage.objects.get()
    assert page.live
    assert page.lead_id == story.pk
    digest = page.contents()
    assert digest.lead is not None
    assert digest.lead.title == "Our words"
    assert [each.title for each in digest.groups[0].lines] == ["Own"]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (line(title="Own", url="javascript:alert(1)"), "Enter a valid URL."),
        (line(title="Own", url="ftp://a.org/"), "Give an address that begins with https://"),
        (line(url="https://a.org/"), "This field is required."),
        (entry_line(title="About nothing"), "Choose the entry that this line is about"),
        (entry_line(title="x" * 256), "at most 255 characters"),
        (entry_line(sentence="x" * 501), "at most 500 characters"),
    ],
)
def test_a_line_that_is_none_is_named_and_stays_in_the_form(
    editor: Client, digest: DigestPage, block: tuple[str, Any], message: str
) -> None:
    response = save(editor, digest, ("heading", "Kept"), block)
    assert response.status_code == 200
    html = response.content.decode()
    assert message in html
    assert "Kept" in html
    assert not DigestPage.objects.get().live


def test_days_in_disorder_are_named(editor: Client, digest: DigestPage) -> None:
    response = save(editor, digest, since="2024-06-01")
    assert "The end lies before the beginning." in response.content.decode()
    assert save(editor, digest, until="2024-02-31").status_code == 200


def test_a_line_that_lost_its_entry_does_not_stop_the_digest(
    editor: Client, digest: DigestPage
) -> None:
    assert save(editor, digest, entry_line()).status_code == 302
    assert DigestPage.objects.get().live


def test_shout_outs_stand_there_once(editor: Client, digest: DigestPage) -> None:
    shouts = ("thanks", {"communities": "on", "supporters": "on", "left_out": {"count": "0"}})
    response = save(editor, digest, shouts, shouts)
    assert "The maximum number of items is 1" in response.content.decode()


def test_the_mail_tools_own_button_does_nothing(editor: Client, digest: DigestPage) -> None:
    for action in ("save_campaign", "send_test_email", "send_campaign", "schedule_campaign"):
        save(editor, digest, **{"newsletter-action": action})
        assert DigestPage.objects.get().newsletter_campaign == ""


def test_nor_does_it_on_a_page_of_another_type(editor: Client) -> None:
    page = make_standard_page("About")
    form = {
        "title": "About us",
        "slug": page.slug,
        "summary": "",
        "body": streamfield([]),
        "newsletter-action": "send_campaign",
    }
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.post(url, nested_form_data(form)).status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "About us"
