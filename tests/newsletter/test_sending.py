"""Marking a digest as sent: what is recorded, what the page goes on saying, and what the editor is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html as parsing

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.newsletter.models import DigestPage, Sending, SentEntry
from impact.newsletter.sending import mark_sent, unmark_sent
from tests.factories import make_community, make_digest, make_image, make_story, make_user
from tests.newsletter.bodies import entry, heading, thanks
from tests.visibility import hide

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture
def editor(client: Client, home: HomePage) -> Client:
    client.force_login(make_user("Editors", username="edda"))
    return client


@pytest.fixture
def story(home: HomePage) -> Any:
    story = make_story("As it was told", summary="The first words of it. And more.")
    story.save_revision().publish()
    return StoryPage.objects.get(pk=story.pk)


@pytest.fixture
def digest(story: Any) -> DigestPage:
    """A digest that names a story, and another one in words of its own."""
    other = make_story("Another")
    body = [heading("News"), entry(story), entry(other, title="In our words")]
    page = make_digest(body=body, lead=None)
    page.save_revision()
    return DigestPage.objects.get()


def sending_url(page: DigestPage) -> str:
    return reverse("digest_sending", args=[page.pk])


def edit(client: Client, page: DigestPage) -> str:
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def mark(client: Client, page: DigestPage, **data: Any) -> Any:
    revision = DigestPage.objects.get(pk=page.pk).latest_revision_id
    return client.post(sending_url(page), {"action": "mark", "revision": revision, **data})


def told(client: Client, page: DigestPage) -> str:
    return " ".join(client.get(page.url).content.decode().split())


def test_what_was_sent_is_recorded_once_a_revision(digest: DigestPage, story: Any) -> None:
    user = make_user("Editors")
    revision = digest.latest_revision
    sending = mark_sent(digest, revision, user, "hand")
    assert (sending.title, sending.sent_by, sending.since) == (digest.title, user, digest.since)
    assert [(each.title, each.sentence) for each in sending.entries.order_by("pk")] == [
        ("As it was told", "The first words of it."),
        ("In our words", "What changed: Another."),
    ]
    first = sending.entries.get(entry=story.pk)
    assert (first.guid, first.own_title) == (story.guid, "As it was told")
    assert first.revision_id == story.live_revision_id
    again = mark_sent(digest, revision, None, "tool")
    assert (again.pk, again.sent_by, again.how) == (sending.pk, user, "hand")
    assert SentEntry.objects.count() == 2
    digest.title = "Corrected"
    assert mark_sent(digest, digest.save_revision(), user, "hand").pk != sending.pk


def test_the_page_keeps_the_words_that_were_sent_and_its_links_follow(
    client: Client, digest: DigestPage, story: Any
) -> None:
    mark_sent(digest, digest.latest_revision, None, "hand")
    story.title, story.summary, story.slug = "Told anew", "Other words altogether.", "moved"
    story.save_revision().publish()
    html = told(client, digest)
    assert "As it was told" in html
    assert "The first words of it." in html
    assert "Told anew" not in html
    assert 'href="/impact/moved/"' in html
    # What is withdrawn is gone.
    hide(story, "unpublished")
    assert "As it was told" not in told(client, digest)
    unmark_sent(digest)
    story.save_revision().publish()
    assert "Told anew" in told(client, digest)


def test_an_editor_marks_it_and_publishes_it(editor: Client, digest: DigestPage) -> None:
    digest.unpublish()
    page = editor.get(sending_url(digest)).content.decode()
    assert "These 2 entries are then not proposed again" in page
    response = mark(editor, digest, publish="yes")
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[digest.pk])
    sending = Sending.objects.get()
    assert (sending.how, sending.sent_by.username) == ("hand", "edda")
    digest.refresh_from_db()
    assert digest.live
    html = edit(editor, digest)
    assert "Sent on" in html
    assert "Nothing has changed since." in html
    history = editor.get(reverse("wagtailadmin_pages:history", args=[digest.pk]))
    assert "The digest was marked as sent" in history.content.decode()


def test_what_was_edited_meanwhile_is_looked_at_again(editor: Client, digest: DigestPage) -> None:
    old = digest.latest_revision_id
    digest.save_revision()
    response = mark(editor, digest, revision=old)
    assert "has been edited meanwhile" in response.content.decode()
    for revision in ("", "x", "9" * 40):
        mark(editor, digest, revision=revision)
    assert not Sending.objects.exists()


def test_taking_it_back_asks_first(editor: Client, digest: DigestPage) -> None:
    mark(editor, digest)
    assert "tick the box" in editor.post(sending_url(digest), {"action": "unmark"}).content.decode()
    assert Sending.objects.count() == 1
    editor.post(sending_url(digest), {"action": "unmark", "confirm": "yes"})
    assert not Sending.objects.exists()
    assert not SentEntry.objects.exists()
    assert editor.post(sending_url(digest), {"action": "else"}).status_code == 200


def test_only_who_may_publish_it_may_say_that_it_was_sent(
    client: Client, digest: DigestPage
) -> None:
    client.force_login(make_user("Writers"))
    for method in (client.get, client.post):
        response = method(sending_url(digest), {"action": "mark", "revision": "1"})
        assert response["Location"] == "/admin/"
    mark(client, digest, publish="yes")
    client.post(sending_url(digest), {"action": "unmark", "confirm": "yes"})
    assert not Sending.objects.exists()
    edit_response = client.get(reverse("wagtailadmin_pages:edit", args=[digest.pk]))
    assert edit_response.status_code == 302
    client.logout()
    assert "login" in client.get(sending_url(digest))["Location"]
    assert client.post(reverse("digest_sending", args=[10**9])).status_code in (302, 404)


def test_the_editor_is_told_what_changed_since(
    editor: Client, digest: DigestPage, story: Any
) -> None:
    gone = make_story("Soon gone")
    digest.body = [("heading", "News"), *[("entry", {"entry": each}) for each in (story, gone)]]
    digest.save_revision()
    mark(editor, digest)
    story.title = "Told anew"
    old = story.live_revision_id
    story.save_revision().publish()
    hide(gone, "unpublished")
    story.refresh_from_db()
    html = edit(editor, digest)
    assert "is now “Told anew”" in html
    assert (
        reverse(
            "wagtailadmin_pages:revisions_compare", args=[story.pk, old, story.live_revision_id]
        )
        in html
    )
    assert "Can’t be read any more, and is not shown:" in html
    assert "Soon gone" in html
    assert "was edited after it was sent" not in html
    digest.title = "Corrected"
    digest.save_revision()
    assert "The digest itself was edited after it was sent." in edit(editor, digest)


def test_the_editor_is_told_what_came_after(editor: Client, story: Any) -> None:
    today = timezone.localdate()
    digest = make_digest(today - timedelta(days=20), today + timedelta(days=2), body=[entry(story)])
    digest.save_revision()
    make_story("Left out", date=today, first_published_at=timezone.now() - timedelta(minutes=5))
    mark(editor, digest)
    assert "Nothing has changed since." in edit(editor, digest)
    make_story("Too late", date=today, first_published_at=timezone.now() + timedelta(seconds=5))
    html = edit(editor, digest)
    assert "the next digest will propose it:" in html
    assert "Too late" in html
    assert "Left out" not in html.partition("the next digest will propose it:")[2][:300]


def test_what_is_left_out_can_be_put_back(editor: Client) -> None:
    here, left, late = (
        make_story(title, date=date(2024, 5, day))
        for title, day in (("Here", 2), ("Left", 3), ("", 4))
    )
    page = make_digest(body=[entry(here)], lead=late)
    page.save_revision()
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    panel = parsing.document_fromstring(html.content.decode())
    shown = panel.xpath("//*[@data-proposed]//li[not(@hidden)]")
    assert [item.get("data-entry") for item in shown] == [str(left.pk)]
    assert shown[0].get("data-heading") == "Research"
    assert f'"id": {left.pk}' in shown[0].get("data-state")
    assert len(panel.xpath("//*[@data-proposed]//li")) == 3


def test_the_editor_is_told_of_lines_that_nobody_sees(editor: Client, story: Any) -> None:
    private, draft, deleted = make_story("Private"), make_story("Draft"), make_story("Deleted")
    body = [*(entry(each) for each in (private, draft, deleted, story)), entry(private)]
    body.append({"type": "entry", "value": {"entry": None, "title": "Nothing chosen"}})
    page = make_digest(body=body)
    page.save_revision()
    hide(private, "private")
    hide(draft, "unpublished")
    deleted.delete()
    html = edit(editor, page)
    for text in (
        "Private</a> (private)", "Draft</a> (not published)", "An entry that was deleted (deleted)",
        "Nothing chosen (no entry is chosen)",
    ):  # fmt: skip
        assert text in html
    assert [line.title for line in page.contents().groups[0].lines] == [story.title]


def test_the_editor_is_told_of_what_was_sent_before(
    editor: Client, digest: DigestPage, story: Any
) -> None:
    mark(editor, digest)
    second = make_digest(body=[entry(story)], slug="second")
    second.save_revision()
    assert "“As it was told”, with May 2024" in edit(editor, second)


def test_the_panel_costs_the_same_however_much_there_is(editor: Client, home: HomePage) -> None:
    def cost(number: int) -> int:
        stories = [
            make_story(lead_image=make_image(), communities=[make_community()])
            for _ in range(number)
        ]
        body = [*(entry(each) for each in stories[: number // 2]), thanks()]
        page = make_digest(body=body, slug=f"with-{number}")
        page.save_revision()
        edit(editor, page)
        with CaptureQueriesContext(connection) as captured:
            edit(editor, page)
        return len(captured)

    assert cost(12) == cost(4)
