"""The mail tools are asked as their documentation says, and what goes wrong there is told plainly."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from wagtail_newsletter.models import NewsletterRecipients

from impact.newsletter.tools.buttondown import ButtondownBackend
from impact.newsletter.tools.campaigns import Mark, Tool
from impact.newsletter.tools.errors import NotChosenError, ToolError, Trouble
from impact.newsletter.tools.keys import Key
from impact.newsletter.tools.mailchimp import MailchimpBackend
from impact.newsletter.tools.transport import LARGEST
from tests.newsletter.digests import DIGEST
from tests.newsletter.tool_servers import (
    BUTTONDOWN_KEY,
    MAILCHIMP_KEY,
    ButtondownServer,
    ToolServer,
)

ALL = NewsletterRecipients(name="All", audience="aud1")
SCHOOLS = NewsletterRecipients(name="Schools", audience="aud1", segment="aud1/7")
MADE = r"/(emails|campaigns)"
ONE = r"/(emails|campaigns)/[^/]+"
SENDS = r"/(emails/[^/]+|campaigns/[^/]+/actions/send)"


def tool(server: ToolServer, key: str = "") -> Tool:
    """The tool of a server, as one click asks it."""
    if isinstance(server, ButtondownServer):
        made: Tool = ButtondownBackend(Key(key or BUTTONDOWN_KEY))
    else:
        made = MailchimpBackend(Key(key or MAILCHIMP_KEY))
    made.mark = Mark("digest-1", "once-1")
    return made


def save(asked: Tool, campaign_id: str | None = None, **changed: Any) -> str:
    given = {
        "recipients": ALL,
        "subject": "November",
        "html": asked.body_of(DIGEST),
        "from_name": "River & Reef",
        "reply_to": "hello@example.org",
        **changed,
    }
    return asked.save_campaign(campaign_id=campaign_id, **given)


def sending_method(server: ToolServer) -> str:
    return "PATCH" if isinstance(server, ButtondownServer) else "POST"


def trouble_of(call: Any) -> ToolError:
    with pytest.raises(ToolError) as caught:
        call()
    return caught.value


def test_a_draft_is_made_changed_tested_and_sent_once(server: ToolServer) -> None:
    campaign = save(tool(server))
    assert server.sent == []
    found = tool(server).get_campaign(campaign)
    assert found is not None
    assert (found.is_sent, found.is_scheduled) == (False, False)
    assert found.url.startswith("https://")

    assert save(tool(server), campaign, subject="November!") == campaign
    assert len(server.campaigns) == 1

    tool(server).send_test_email(campaign_id=campaign, email="me@example.org")
    assert server.tests == [(campaign, "me@example.org")]
    assert server.sent == []

    tool(server).send_campaign(campaign)
    assert server.sent == [campaign]
    found = tool(server).get_campaign(campaign)
    assert found is not None
    assert found.is_sent
    # What is out is not changed any more.
    assert trouble_of(lambda: save(tool(server), campaign)).trouble is Trouble.CLOSED
    assert server.sent == [campaign]


def test_buttondown_gets_what_its_documentation_asks_for(buttondown: ToolServer) -> None:
    campaign = save(tool(buttondown), recipients=None)
    [made] = buttondown.calls("POST", "/emails")
    assert made.headers["x-api-version"] == "2026-04-01"
    assert made.headers["idempotency-key"] == made.headers["x-idempotency-key"] == "once-1"
    assert made.body["status"] == "draft"
    assert made.body["filters"] == {"filters": [], "groups": [], "predicate": "and"}
    assert made.body["body"].startswith("<!-- buttondown-editor-mode: plaintext -->\n")
    assert "# November" not in made.body["body"]
    tagged = NewsletterRecipients(audience="nl_1", segment="nl_1/tag_1")
    save(tool(buttondown), campaign, recipients=tagged)
    only = {"field": "subscriber.tags", "operator": "contains", "value": "tag_1"}
    assert buttondown.campaigns[campaign]["filters"]["filters"] == [only]
    tool(buttondown).schedule_campaign(campaign, datetime(2026, 12, 1, 8, tzinfo=UTC))
    assert buttondown.campaigns[campaign]["publish_date"] == "2026-12-01T08:00:00Z"
    found = tool(buttondown).get_campaign(campaign)
    assert found is not None
    assert found.is_scheduled
    assert found.url == f"https://buttondown.com/emails/{campaign}"
    tool(buttondown).unschedule_campaign(campaign)
    tool(buttondown).send_campaign(campaign)
    # A change keeps by what the email is known again.
    assert buttondown.campaigns[campaign]["metadata"] == {"impact": "digest-1"}


def test_mailchimp_gets_what_its_documentation_asks_for(mailchimp: ToolServer) -> None:
    asked = tool(mailchimp)
    asked.alternative = asked.alternative_of(DIGEST)
    campaign = save(asked, recipients=SCHOOLS)
    made = mailchimp.campaigns[campaign]
    assert made["settings"] == {
        "from_name": "River & Reef",
        "reply_to": "hello@example.org",
        "subject_line": "November",
        "title": "November [digest-1]",
    }
    assert made["recipients"] == {"list_id": "aud1", "segment_opts": {"saved_segment_id": 7}}
    assert "*|UNSUB|*" in made["content"]["html"]
    assert "*|UNSUB|*" in made["content"]["plain_text"]
    found = tool(mailchimp).get_campaign(campaign)
    assert found is not None
    assert found.url == "https://us21.admin.mailchimp.com/campaigns/edit?id=9000"


def test_audiences_segments_and_their_numbers(server: ToolServer) -> None:
    [audience] = tool(server).get_audiences()
    assert audience.member_count == 340
    [segment] = tool(server).get_audience_segments(audience.id)
    assert (segment.name, segment.member_count) == ("Schools", 12)
    assert segment.id.startswith(f"{audience.id}/")
    assert tool(server).count(ALL) == 340
    assert tool(server).count(SCHOOLS) == 12


def test_a_draft_that_was_deleted_there_is_made_anew(server: ToolServer) -> None:
    campaign = save(tool(server))
    server.campaigns["other"] = server.campaigns.pop(campaign)
    asked = tool(server)
    asked.mark = Mark("digest-1", "once-2")
    assert save(asked, campaign) != campaign
    assert tool(server).get_campaign("gone") is None


def test_a_campaign_is_found_by_its_reference(server: ToolServer) -> None:
    assert tool(server).find() is None
    asked = tool(server)
    asked.mark = Mark("another")
    save(asked)
    assert tool(server).find() is None
    campaign = save(tool(server))
    found = tool(server).find()
    assert found is not None
    assert found.id == campaign


@pytest.mark.parametrize(
    ("status", "trouble", "said"),
    [
        (400, Trouble.REFUSED, "refuses it: Something is wrong."),
        (401, Trouble.KEY, "does not accept the key"),
        (403, Trouble.RIGHTS, "may not do this in"),
        (404, Trouble.MISSING, "does not know it"),
        (422, Trouble.REFUSED, "refuses it: Something is wrong."),
        (429, Trouble.BUSY, "is busy. Try again in a minute."),
        (500, Trouble.BROKEN, "is out of order (500)"),
        (503, Trouble.BROKEN, "is out of order (503)"),
        (302, Trouble.BROKEN, "is out of order (302)"),
    ],
)
def test_what_a_tool_refuses_is_told_by_name(
    server: ToolServer, status: int, trouble: Trouble, said: str
) -> None:
    server.fail("POST", MADE, status=status, times=9)
    error = trouble_of(lambda: save(tool(server)))
    assert (error.trouble, error.status) == (trouble, status)
    assert said in error.message
    assert tool(server).name in error.message
    assert server.campaigns == {}


def test_an_error_without_a_body_is_an_error(server: ToolServer) -> None:
    campaign = save(tool(server))
    server.fail(sending_method(server), SENDS, status=500, body=b"")
    error = trouble_of(lambda: tool(server).send_campaign(campaign))
    assert error.uncertain
    server.fail("GET", ONE, status=200, body={"nothing": "of use"})
    assert trouble_of(lambda: tool(server).get_campaign(campaign)).trouble is Trouble.BROKEN
    server.fail("GET", ONE, status=200, body=b"no JSON")
    assert trouble_of(lambda: tool(server).get_campaign(campaign)).trouble is Trouble.BROKEN
    server.fail("GET", ONE, status=200, body=b"x" * (LARGEST + 1), times=9)
    assert trouble_of(lambda: tool(server).get_campaign(campaign)).trouble is Trouble.SILENT


@pytest.mark.parametrize("status", [429, 500, 502])
def test_what_may_be_asked_again_is_asked_again(server: ToolServer, status: int) -> None:
    campaign = save(tool(server))
    server.fail("GET", ONE, status=status, times=2)
    assert tool(server).get_campaign(campaign) is not None
    server.fail("GET", ONE, status=status, times=3)
    assert trouble_of(lambda: tool(server).get_campaign(campaign)).status == status
    server.fail("PATCH", ONE, status=status, times=2)
    assert save(tool(server), campaign) == campaign


def test_retry_after_is_waited_for_where_it_is_short(server: ToolServer) -> None:
    campaign = save(tool(server))
    server.fail("GET", ONE, status=429, headers={"Retry-After": "0"}, times=2)
    assert tool(server).get_campaign(campaign) is not None
    before = len(server.asked)
    server.fail("GET", ONE, status=429, headers={"Retry-After": "90"})
    error = trouble_of(lambda: tool(server).get_campaign(campaign))
    assert "Try again in 90 seconds" in error.message
    assert len(server.asked) == before + 1


@pytest.mark.parametrize("status", [429, 500])
def test_nothing_that_mails_is_asked_for_twice(server: ToolServer, status: int) -> None:
    campaign = save(tool(server))
    server.fail(sending_method(server), SENDS, status=status)
    trouble_of(lambda: tool(server).send_campaign(campaign))
    assert server.sent == []
    server.fail("POST", r"/.+/(send-draft|actions/test)", status=status)
    trouble_of(lambda: tool(server).send_test_email(campaign_id=campaign, email="a@example.org"))
    assert server.tests == []


@pytest.mark.parametrize("how", [{"silent": True}, {"drop": True}])
def test_an_answer_that_never_comes_leaves_it_open(
    server: ToolServer, how: dict[str, bool]
) -> None:
    campaign = save(tool(server))
    server.fail(sending_method(server), SENDS, after=True, **how)
    error = trouble_of(lambda: tool(server).send_campaign(campaign))
    assert (error.trouble, error.uncertain) == (Trouble.SILENT, True)
    assert server.sent == [campaign]


def test_a_repeated_request_makes_one_draft_at_buttondown(buttondown: ToolServer) -> None:
    buttondown.fail("POST", MADE, drop=True, after=True)
    save(tool(buttondown))
    assert len(buttondown.calls("POST", MADE)) == 2
    assert len(buttondown.campaigns) == 1


def test_a_draft_is_made_once_at_mailchimp(mailchimp: ToolServer) -> None:
    mailchimp.fail("POST", MADE, drop=True, after=True)
    assert trouble_of(lambda: save(tool(mailchimp))).uncertain
    assert len(mailchimp.campaigns) == 1
    # The tool lost nothing that it made when its second step fails.
    mailchimp.fail("PUT", ".*", status=500, times=9)
    asked = tool(mailchimp)
    trouble_of(lambda: save(asked))
    assert asked.created == "cam2"


def test_a_server_that_is_not_there_has_done_nothing(settings: Any) -> None:
    settings.NEWSLETTER_API_ADDRESSES = {"buttondown": "http://127.0.0.1:1/v1"}
    settings.NEWSLETTER_API_SECONDS = {"connect": 1.0, "read": 1.0, "total": 4.0, "pause": 0.0}
    error = trouble_of(lambda: ButtondownBackend(Key("a" * 20)).get_audiences())
    assert (error.trouble, error.uncertain) == (Trouble.UNREACHABLE, False)


@pytest.mark.parametrize(
    "key",
    ["short-us1", "0123456789abcdef", "0123456789abcdef-evil.example.org/", "0123456789-us1 "],
)
def test_a_key_of_mailchimp_chooses_no_host(key: str) -> None:
    with pytest.raises(NotChosenError, match="data centre"):
        MailchimpBackend(Key(key))


def test_no_key_stands_in_logs_or_errors(
    server: ToolServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = BUTTONDOWN_KEY if isinstance(server, ButtondownServer) else MAILCHIMP_KEY
    campaign = save(tool(server))
    told = []
    for status in (400, 401, 500):
        echo = {"detail": f"You sent {key}, which is wrong.", "title": key}
        server.fail("GET", ONE, status=status, body=echo, times=9)
        error = trouble_of(lambda: tool(server).get_campaign(campaign))
        told += [str(error), repr(error), error.detail, repr(error.__context__)]
        server.faults.clear()
    for how in ({"silent": True}, {"drop": True}):
        server.fail("POST", r"/.+/(send-draft|actions/test)", **how)
        error = trouble_of(
            lambda: tool(server).send_test_email(campaign_id=campaign, email="a@b.org")
        )
        told += [str(error), repr(error)]
    asked = tool(server)
    told += [repr(asked), repr(vars(asked)), repr(vars(asked).get("_api"))]
    assert "You sent …, which is wrong." in told
    assert caplog.text
    assert key not in "\n".join([*told, caplog.text])
    assert key[-12:] not in "\n".join([*told, caplog.text])
