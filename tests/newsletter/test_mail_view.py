"""The editor's page of a digest as a mail: looked at, copied, tried out, handed to the tool; and by whom."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail_newsletter.models import NewsletterRecipients

from home.models import HomePage
from impact.newsletter.models import Delivery, DigestPage, MailToolSettings, Sending
from impact.newsletter.tools.keys import Key
from tests.documents import document
from tests.factories import make_digest, make_image, make_story, make_user
from tests.newsletter.bodies import entry
from tests.newsletter.tool_servers import (
    BUTTONDOWN_KEY,
    MAILCHIMP_KEY,
    ButtondownServer,
    ToolServer,
)
from tests.validity import complaints

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture
def digest(home: HomePage) -> DigestPage:
    story = make_story("Forty *gauges*", lead_image=make_image())
    page = make_digest(body=[entry(story)], title="November 2024")
    page.save_revision().publish()
    return DigestPage.objects.get(pk=page.pk)


@pytest.fixture
def editor(client: Client, home: HomePage) -> Client:
    client.force_login(make_user("Editors", username="edda"))
    return client


def address(name: str, page: DigestPage, *args: str) -> str:
    return reverse(name, args=[page.pk, *args])


def key_of(server: ToolServer) -> str:
    return BUTTONDOWN_KEY if isinstance(server, ButtondownServer) else MAILCHIMP_KEY


def set_up(server: ToolServer) -> str:
    """Give the site the key of a tool; return the tool's name."""
    stored = MailToolSettings.load()
    stored.provider = "buttondown" if isinstance(server, ButtondownServer) else "mailchimp"
    stored.reply_to = "hello@example.org"
    stored.keep(Key(key_of(server)))
    stored.save()
    return stored.provider.title()


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def ask(client: Client, page: DigestPage, action: str, **fields: str) -> str:
    """Press the button of an action, as the page offers it now, and return what the page says then."""
    where = "digest_send" if action == "send" else "digest_mail"
    form = document(client, address(where, page)).xpath(
        f"//form[.//button[@name='action'][@value='{action}']]"
    )
    given = {each.get("name"): each.get("value") or "" for each in form[0].xpath(".//input")}
    given = {name: value for name, value in given.items() if name != "again"}
    for each in form[0].xpath(".//select"):
        chosen = each.xpath("option[@selected]/@value")
        given[each.get("name")] = chosen[0] if chosen else ""
    given.pop("csrfmiddlewaretoken", None)
    sent = {**given, "action": action, **fields}
    return said(client.post(address("digest_tool", page), sent, follow=True))


def test_the_page_shows_the_mail_and_what_to_copy(editor: Client, digest: DigestPage) -> None:
    page = document(editor, address("digest_mail", digest))
    facts = page.xpath("//*[@data-mail-size]")[0]
    assert 1000 < int(facts.get("data-mail-size")) < 100_000
    assert facts.get("data-findings") == "0"
    assert "1 picture" in " ".join(facts.text_content().split())
    html, text, markdown = (
        # A browser takes the first break for a matter of style.
        page.xpath(f"//textarea[@id='mail-{name}']")[0].text.removeprefix("\n")
        for name in ("html", "text", "markdown")
    )
    assert html.startswith("<!DOCTYPE html>")
    assert text.startswith("November 2024\n====")
    assert "[Forty \\*gauges\\*](http" in markdown
    assert page.xpath("//input[@id='mail-subject']/@value") == ["November 2024"]
    # Without a tool nothing of it is seen.
    assert not page.xpath("//*[@data-tool] | //button[@name='action']")
    for name, content in (("html", html), ("text", text), ("markdown", markdown)):
        response = editor.get(address("digest_export", digest, name))
        assert response.content.decode() == content
        ending = {"html": "html", "text": "txt", "markdown": "md"}[name]
        assert f'filename="{digest.slug}.{ending}"' in response["Content-Disposition"]
    assert editor.get(address("digest_export", digest, "exe")).status_code == 404


def test_exports_are_made_for_the_tool_that_is_asked_for(
    editor: Client, digest: DigestPage
) -> None:
    plain = editor.get(address("digest_export", digest, "html")).content.decode()
    theirs = editor.get(address("digest_export", digest, "html"), {"for": "mailchimp"})
    assert "*|UNSUB|*" not in plain
    assert "*|UNSUB|*" in theirs.content.decode()
    strange = editor.get(address("digest_mail", digest), {"for": "<script>"})
    assert strange.status_code == 200
    assert "<script>" not in said(strange).split('<div class="impact-mail">')[1].split("</div>")[0]


def test_what_was_saved_last_is_shown_and_told(editor: Client, digest: DigestPage) -> None:
    assert "changes that are not published" not in said(editor.get(address("digest_mail", digest)))
    digest.title = "A draft title"
    digest.save_revision()
    page = said(editor.get(address("digest_mail", digest)))
    assert "changes that are not published" in page
    assert "A draft title" in editor.get(address("digest_mail_preview", digest)).content.decode()


def test_a_mail_that_is_too_long_is_told(editor: Client, home: HomePage) -> None:
    own = [
        {"type": "line", "value": {"title": f"Line {n}", "sentence": "word " * 90}, "id": str(n)}
        for n in range(150)
    ]
    page = make_digest(body=own)
    assert "It was too long for a mail" in said(editor.get(address("digest_mail", page)))


def test_the_preview_is_a_document_of_its_own(editor: Client, digest: DigestPage) -> None:
    for scheme in ("light", "dark", "", "nonsense"):
        response = editor.get(address("digest_mail_preview", digest), {"scheme": scheme})
        assert complaints(response.content.decode()) == []
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
    frame = document(editor, address("digest_mail", digest)).xpath("//iframe")[0]
    assert "allow-scripts" not in frame.get("sandbox")


def test_wagtails_preview_shows_the_mail_while_it_is_written(
    editor: Client, digest: DigestPage
) -> None:
    request = editor.get("/").wsgi_request
    request.user = make_user("Editors")
    light, dark = (
        digest.serve_preview(request, mode).content.decode() for mode in ("mail", "mail-dark")
    )
    assert complaints(light) == complaints(dark) == []
    assert light != dark
    assert [mode for mode, _name in digest.preview_modes] == ["", "mail", "mail-dark"]
    assert "impact-mail" not in digest.make_preview_request(request, "").render().content.decode()


def test_a_proof_goes_to_the_editor_alone(editor: Client, digest: DigestPage) -> None:
    where = address("digest_proof", digest)
    given = {"email": "somebody@else.org", "to": "somebody@else.org"}
    page = said(editor.post(where, given, follow=True))
    assert "A proof is on its way to edda@example.org." in page
    [message] = mail.outbox
    assert message.to == ["edda@example.org"]
    assert message.subject == "Proof: November 2024"
    assert "Forty *gauges*" in message.body
    [(html, kind)] = message.alternatives  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert "sent to you alone" in html
    assert editor.get(where).status_code == 405


@pytest.mark.parametrize(
    ("backend", "email", "message"),
    [
        ("django.core.mail.backends.console.EmailBackend", "a@b.org", "no mail server"),
        ("django.core.mail.backends.dummy.EmailBackend", "a@b.org", "no mail server"),
        ("django.core.mail.backends.locmem.EmailBackend", "", "no email address"),
        ("django.core.mail.backends.smtp.EmailBackend", "a@b.org", "does not take it"),
    ],
)
def test_a_proof_that_can_not_go_says_why(
    client: Client, digest: DigestPage, settings: Any, backend: str, email: str, message: str
) -> None:
    settings.EMAIL_BACKEND = backend
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    user = make_user("Editors")
    user.email = email
    user.save()
    client.force_login(user)
    page = said(client.post(address("digest_proof", digest), follow=True))
    assert message in page
    assert not mail.outbox


@pytest.mark.parametrize("group", ["", "Writers"])
def test_who_may_not_edit_sees_nothing_of_it(
    client: Client, digest: DigestPage, buttondown: ToolServer, group: str
) -> None:
    set_up(buttondown)
    user = make_user(group)
    client.force_login(user)
    for name in ("digest_mail", "digest_mail_preview", "digest_send", "digest_recipients"):
        assert client.get(address(name, digest)).status_code in (302, 403)
    assert client.get(address("digest_export", digest, "html")).status_code in (302, 403)
    for name in ("digest_proof", "digest_tool"):
        for action in ("draft", "test", "send", "settle"):
            given = {"action": action, "revision": digest.latest_revision_id, "decision": 1}
            response = client.post(address(name, digest), given)
            assert response.status_code in (302, 403)
            assert not response.get("Location", "").startswith(address("digest_mail", digest))
    assert (buttondown.asked, mail.outbox) == ([], [])
    assert not Delivery.objects.exists()


def test_who_may_edit_but_not_publish_hands_nothing_to_the_tool(
    client: Client, digest: DigestPage, buttondown: ToolServer
) -> None:
    from django.contrib.auth.models import Group
    from wagtail.models import GroupPagePermission, Page

    set_up(buttondown)
    group = Group.objects.create(name="Proofreaders")
    group.permissions.add(
        *Group.objects.get(name="Editors").permissions.filter(codename="access_admin")
    )
    root = Page.objects.get(depth=1)
    GroupPagePermission.objects.create(group=group, page=root, permission_type="change")
    client.force_login(make_user("Proofreaders"))
    page = document(client, address("digest_mail", digest))
    assert "Only who may publish" in " ".join(page.text_content().split())
    assert not page.xpath("//button[@name='action']")
    for action in ("draft", "test", "send", "settle"):
        given = {"action": action, "revision": digest.latest_revision_id, "decision": 1}
        assert client.post(address("digest_tool", digest), given).status_code in (302, 403)
    assert buttondown.asked == []


def test_the_ways_of_the_library_send_nothing(
    editor: Client, digest: DigestPage, buttondown: ToolServer
) -> None:
    set_up(buttondown)
    user = editor.get("/").wsgi_request.user
    for action in ("save_campaign", "send_test_email", "send_campaign", "schedule_campaign"):
        assert not digest.has_newsletter_permission(user, action)
    editor.post(reverse("wagtail_newsletter:unschedule", args=[digest.pk]))
    assert buttondown.asked == []


def test_a_key_that_is_missing_or_can_not_be_read_is_told(
    editor: Client, digest: DigestPage, settings: Any, buttondown: ToolServer
) -> None:
    set_up(buttondown)
    settings.SECRET_KEY = "another"
    client = Client()
    client.force_login(make_user("Editors"))
    page = said(client.get(address("digest_mail", digest)))
    assert "SECRET_KEY was changed" in page
    assert 'value="draft"' not in page
    stored = MailToolSettings.load()
    stored.forget()
    stored.save()
    assert "There is no key for Buttondown yet." in said(client.get(address("digest_mail", digest)))


def test_from_a_draft_to_the_readers(
    editor: Client, digest: DigestPage, server: ToolServer
) -> None:
    tool = set_up(server)
    NewsletterRecipients.objects.create(name="Everybody", audience="aud1")
    before = len(server.asked)
    editor.get(address("digest_mail", digest))
    editor.get(address("digest_send", digest))
    assert len(server.asked) == before
    everybody = str(NewsletterRecipients.objects.get().pk)
    page = ask(editor, digest, "draft", recipients=everybody)
    assert f"The draft in {tool} says what the digest says." in page
    assert f"Bring the draft in {tool} up to date" in page
    page = ask(editor, digest, "test")
    assert f"{tool} sends a test to edda@example.org." in page
    counted = editor.get(address("digest_recipients", digest), {"recipients": everybody}).json()
    assert counted == {"number": 340, "text": "340 people"}
    page = ask(editor, digest, "send", recipients=everybody)
    assert "It is marked as sent." in page
    assert len(server.sent) == 1
    assert Sending.objects.get().how == "tool"
    assert "Send it again…" in page
    # Asked once more without a word that it is meant, and with it.
    assert "Nothing was sent now." in ask(editor, digest, "send", recipients=everybody)
    assert len(server.sent) == 1
    ask(editor, digest, "send", recipients=everybody, again="yes")
    assert len(server.sent) == 2


def test_the_same_form_twice_asks_once(
    editor: Client, digest: DigestPage, buttondown: ToolServer
) -> None:
    set_up(buttondown)
    given = {"action": "send", "revision": digest.latest_revision_id, "decision": "1"}
    for _ in range(3):
        editor.post(address("digest_tool", digest), given)
    given["decision"] = "2"
    editor.post(address("digest_tool", digest), given)
    assert len(buttondown.sent) == 1


def test_an_edited_digest_is_not_sent_unseen(
    editor: Client, digest: DigestPage, buttondown: ToolServer
) -> None:
    set_up(buttondown)
    seen = digest.latest_revision_id
    digest.title = "Edited meanwhile"
    digest.save_revision()
    given = {"action": "send", "revision": seen, "decision": "1"}
    page = said(editor.post(address("digest_tool", digest), given, follow=True))
    assert "has been edited meanwhile" in page
    assert buttondown.asked == []
    # Sent as it is now, it is published too: the mail leads to its page.
    assert "published on the site as it was last saved" in said(
        editor.get(address("digest_send", digest))
    )
    ask(editor, digest, "send")
    assert DigestPage.objects.get(pk=digest.pk).title == "Edited meanwhile"
    assert len(buttondown.sent) == 1


def test_mailchimp_is_not_asked_without_what_it_needs(
    editor: Client, digest: DigestPage, mailchimp: ToolServer
) -> None:
    set_up(mailchimp)
    page = said(editor.get(address("digest_mail", digest)))
    assert "first say who the recipients are" in page
    assert "Choose the recipients first. Nothing was sent." in ask(editor, digest, "send")
    MailToolSettings.objects.update(reply_to="")
    assert "needs a reply address" in ask(editor, digest, "draft")
    assert mailchimp.asked == []


def test_what_goes_wrong_is_told_and_nothing_is_lost(
    editor: Client, digest: DigestPage, server: ToolServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tool = set_up(server)
    pages = []
    for status, told in (
        (401, "does not accept the key"),
        (422, "refuses it"),
        (429, "is busy"),
        (500, "is out of order"),
    ):
        server.fail("POST", "/(emails|campaigns)", status=status, times=9)
        pages.append(ask(editor, digest, "draft"))
        server.faults.clear()
        assert f"{tool} {told}" in pages[-1]
        assert "The digest is as it was; you can also copy it below." in pages[-1]
        assert 'id="mail-html"' in pages[-1]
    server.fail("GET", "/(subscribers|lists/.*)", status=401, times=9)
    everybody = NewsletterRecipients.objects.create(name="All", audience="aud1")
    counted = editor.get(address("digest_recipients", digest), {"recipients": everybody.pk})
    assert counted.json()["number"] is None
    assert "does not accept the key" in counted.json()["text"]
    assert key_of(server) not in "".join([*pages, caplog.text, counted.content.decode()])


def test_a_sending_without_an_answer_is_looked_up_from_the_page(
    editor: Client, digest: DigestPage, buttondown: ToolServer
) -> None:
    set_up(buttondown)
    buttondown.fail_next_sending(drop=True, after=True)
    page = ask(editor, digest, "send")
    assert "Nobody knows whether Buttondown has sent it" in page
    assert 'value="send"' not in page
    assert editor.get(address("digest_send", digest)).status_code == 302
    assert "It was sent." in ask(editor, digest, "settle")
    assert len(buttondown.sent) == 1
    assert Sending.objects.exists()


def test_a_request_that_is_under_way_is_told(
    editor: Client, digest: DigestPage, buttondown: ToolServer
) -> None:
    set_up(buttondown)
    Delivery.objects.create(
        digest=digest,
        provider="buttondown",
        action="send",
        decision=1,
        revision=1,
        begun_at=timezone.now(),
    )
    assert "has not answered yet" in said(editor.get(address("digest_mail", digest)))
    Delivery.objects.update(begun_at=timezone.now() - timedelta(minutes=5))
    assert "Nobody knows whether" in said(editor.get(address("digest_mail", digest)))


def test_length_and_history_cost_no_queries(editor: Client, buttondown: ToolServer) -> None:
    set_up(buttondown)

    def cost(number: int) -> int:
        stories = [make_story(lead_image=make_image()) for _ in range(number)]
        page = make_digest(
            date(2024, number, 1), date(2024, number, 28), body=[entry(each) for each in stories]
        )
        for decision in range(1, number + 1):
            Delivery.objects.create(
                digest=page,
                provider="buttondown",
                action="draft",
                decision=decision,
                revision=1,
                state="done",
                campaign="em_1",
                user=make_user(),
                begun_at=timezone.now(),
            )
        editor.get(address("digest_mail", page))
        with CaptureQueriesContext(connection) as captured:
            editor.get(address("digest_mail", page))
        return len(captured)

    assert cost(2) == cost(9)


def test_recipients_are_chosen_while_the_tool_is_out_of_order(
    client: Client, home: HomePage, server: ToolServer
) -> None:
    set_up(server)
    client.force_login(make_user("Administrators"))
    made = NewsletterRecipients.objects.create(name="All", audience="aud1", segment="aud1/7")
    addresses = [
        reverse("newsletter_recipients:index"),
        reverse("newsletter_recipients:add"),
        reverse("newsletter_recipients:edit", args=[made.pk]),
        reverse("audience_chooser:choose"),
        reverse("recipients_chooser:choose"),
    ]
    for broken in (False, True):
        if broken:
            server.fail("GET", ".*", status=500, times=999)
        assert [client.get(each).status_code for each in addresses] == [200] * 5
    assert "newsletter_recipients" in said(client.get("/admin/"))
    stored = MailToolSettings.load()
    stored.forget()
    stored.save()
    assert "newsletter_recipients" not in said(client.get("/admin/"))
    assert [client.get(each).status_code for each in addresses] == [200] * 5
