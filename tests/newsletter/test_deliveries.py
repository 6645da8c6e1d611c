"""Nothing is done twice at a mail tool: not by two clicks, not after an answer that never came."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail_newsletter.models import NewsletterRecipients

from impact.newsletter.models import Delivery, DigestPage, Sending
from impact.newsletter.tools import deliveries
from impact.newsletter.tools.choice import Choice, Provider
from impact.newsletter.tools.deliveries import NotNowError, Order, deliver, settle, standing
from impact.newsletter.tools.errors import NotChosenError
from impact.newsletter.tools.keys import Key
from impact.newsletter.tools.models import DeliveryAction, DeliveryState
from tests.factories import make_digest, make_story, make_user
from tests.newsletter.tool_servers import (
    BUTTONDOWN_KEY,
    MAILCHIMP_KEY,
    ButtondownServer,
    ToolServer,
)

DRAFT, TEST, SEND = DeliveryAction.DRAFT, DeliveryAction.TEST, DeliveryAction.SEND
MADE = r"/(emails|campaigns)"


def choice_of(server: ToolServer) -> Choice:
    if isinstance(server, ButtondownServer):
        return Choice(Provider.BUTTONDOWN, Key(BUTTONDOWN_KEY))
    return Choice(Provider.MAILCHIMP, Key(MAILCHIMP_KEY), "River & Reef", "hello@example.org")


class Desk:
    """An editor at a digest, with a mail tool."""

    def __init__(self, server: ToolServer) -> None:
        self.server, self.choice = server, choice_of(server)
        story = make_story("Forty gauges")
        body = [{"type": "entry", "value": {"entry": story.pk}, "id": "1"}]
        self.page = DigestPage.objects.get(pk=make_digest(body=body).pk)
        self.user = make_user("Editors")
        self.everybody = NewsletterRecipients.objects.create(name="All", audience="aud1")
        self.edit("November")

    def edit(self, title: str) -> None:
        """Save another revision."""
        self.page.title = title
        self.page.save_revision(user=self.user).publish()
        self.page = DigestPage.objects.get(pk=self.page.pk)

    @property
    def place(self) -> deliveries.Standing:
        return standing(self.page, self.choice.provider)

    def order(self, action: DeliveryAction, **fields: Any) -> Order:
        given = {
            "decision": self.place.decision(action),
            "user": self.user,
            "subject": self.page.title,
            "recipients": self.everybody,
            **fields,
        }
        return Order(self.page, self.page.latest_revision, action, **given)

    def do(self, action: DeliveryAction, **fields: Any) -> Delivery:
        order = self.order(action, **fields)
        return deliver(order, self.choice, self.page.contents())


@pytest.fixture
def desk(db: None, server: ToolServer) -> Desk:
    return Desk(server)


@pytest.mark.any_database
def test_a_digest_has_one_draft_whatever_its_revisions(desk: Desk) -> None:
    first = desk.do(DRAFT)
    assert (first.state, first.message) == (DeliveryState.DONE, "")
    assert first.url.startswith("https://")
    desk.edit("November, corrected")
    second = desk.do(DRAFT)
    assert second.campaign == first.campaign
    assert second.revision == desk.page.latest_revision_id
    desk.do(TEST)
    assert len(desk.server.campaigns) == 1
    assert desk.server.tests == [(first.campaign, desk.user.email)]
    assert desk.server.sent == []
    assert "November, corrected" in str(desk.server.campaigns[first.campaign])
    assert not Sending.objects.exists()


def test_it_is_sent_once_and_marked_as_sent(desk: Desk) -> None:
    desk.do(DRAFT)
    sent = desk.do(SEND)
    assert sent.state == DeliveryState.DONE
    assert desk.server.sent == [sent.campaign]
    [record] = Sending.objects.all()
    assert (record.digest_id, record.revision_id) == (desk.page.pk, desk.page.latest_revision_id)
    assert (record.how, record.sent_by) == ("tool", desk.user)
    assert record.entries.count() == 1
    # The same button again, and the next decision without a word that it is meant.
    for decision in (1, 2):
        with pytest.raises(NotNowError):
            desk.do(SEND, decision=decision)
    desk.edit("A new revision changes nothing about that")
    with pytest.raises(NotNowError, match="sent already"):
        desk.do(SEND)
    assert desk.server.sent == [sent.campaign]
    # On an editor's explicit word it goes out again, as another campaign.
    again = desk.do(SEND, again=True)
    assert again.state == DeliveryState.DONE
    assert desk.server.sent == [sent.campaign, again.campaign]
    assert again.campaign != sent.campaign


@pytest.mark.any_database
def test_what_was_sent_by_hand_is_not_sent_by_the_tool(desk: Desk) -> None:
    from impact.newsletter.sending import mark_sent

    mark_sent(desk.page, desk.page.latest_revision, desk.user, "hand")
    with pytest.raises(NotNowError, match="sent already"):
        desk.do(SEND)
    assert desk.server.asked == []


@pytest.mark.any_database
def test_what_was_sent_over_there_is_not_changed_from_here(desk: Desk) -> None:
    made = desk.do(DRAFT)
    desk.server.campaigns[made.campaign]["status"] = "sent"
    late = desk.do(DRAFT)
    assert late.state == DeliveryState.FAILED
    assert "no longer changed from here" in late.message
    with pytest.raises(NotNowError, match="sent already"):
        desk.do(SEND)
    assert desk.server.sent == []


@pytest.mark.any_database
@pytest.mark.parametrize("status", [401, 403, 404, 422, 429])
def test_a_refusal_is_told_and_can_be_tried_again(desk: Desk, status: int) -> None:
    desk.server.fail("POST", MADE, status=status, times=9)
    failed = desk.do(DRAFT)
    assert failed.state == DeliveryState.FAILED
    assert desk.choice.name in failed.message
    desk.server.faults.clear()
    done = desk.do(DRAFT)
    assert (done.pk, done.state) == (failed.pk, DeliveryState.DONE)
    assert done.once != failed.once
    assert len(desk.server.campaigns) == 1


@pytest.mark.any_database
@pytest.mark.parametrize(
    "how",
    [
        {"silent": True},
        {"drop": True},
        {"silent": True, "after": True},
        {"drop": True, "after": True},
        {"status": 500, "after": True},
        {"status": 500, "body": b"", "after": True},
    ],
)
def test_an_answer_that_never_came_makes_no_second_draft(desk: Desk, how: dict[str, Any]) -> None:
    desk.server.fail("POST", MADE, times=3, **how)
    lost = desk.do(DRAFT)
    assert lost.state == DeliveryState.UNKNOWN
    desk.server.faults.clear()
    done = desk.do(DRAFT)
    assert done.state == DeliveryState.DONE
    assert len(desk.server.campaigns) == 1


@pytest.mark.any_database
def test_a_draft_whose_content_could_not_be_set_is_the_draft(
    db: None, mailchimp: ToolServer
) -> None:
    desk = Desk(mailchimp)
    mailchimp.fail("PUT", ".*", status=500, times=3)
    failed = desk.do(SEND)
    # Nothing was sent: that is certain.
    assert (failed.state, mailchimp.sent) == (DeliveryState.FAILED, [])
    assert desk.do(DRAFT).state == DeliveryState.DONE
    assert len(mailchimp.campaigns) == 1


@pytest.mark.any_database
def test_a_sending_whose_draft_was_lost_looks_for_it(desk: Desk) -> None:
    desk.server.fail("POST", MADE, times=3, drop=True, after=True)
    failed = desk.do(SEND)
    assert (failed.state, desk.server.sent) == (DeliveryState.FAILED, [])
    desk.server.faults.clear()
    assert desk.do(SEND).state == DeliveryState.DONE
    assert len(desk.server.campaigns) == len(desk.server.sent) == 1


@pytest.mark.any_database
@pytest.mark.parametrize("how", [{"silent": True}, {"drop": True}, {"status": 503}])
def test_a_sending_without_an_answer_is_looked_up_before_anything_else(
    desk: Desk, how: dict[str, Any]
) -> None:
    desk.do(DRAFT)
    desk.server.fail_next_sending(after=True, **how)
    lost = desk.do(SEND)
    assert lost.state == DeliveryState.UNKNOWN
    assert "looked up" in lost.message or "out of order" in lost.message
    # Nobody can send while it is open, whatever they say.
    for again in (False, True):
        with pytest.raises(NotNowError, match="First look"):
            desk.do(SEND, again=again)
    assert settle(desk.page, desk.choice, desk.user) == "It was sent."
    assert Sending.objects.count() == 1
    assert desk.place.open_question is None
    with pytest.raises(NotNowError, match="sent already"):
        desk.do(SEND)
    assert len(desk.server.sent) == 1


@pytest.mark.any_database
def test_a_sending_that_never_arrived_can_be_tried_again_after_a_while(desk: Desk) -> None:
    desk.do(DRAFT)
    desk.server.fail_next_sending(drop=True)
    lost = desk.do(SEND)
    assert lost.state == DeliveryState.UNKNOWN
    assert "Look again in a minute" in settle(desk.page, desk.choice, desk.user)
    assert desk.place.open_question is not None
    Delivery.objects.update(begun_at=timezone.now() - timedelta(minutes=5))
    assert settle(desk.page, desk.choice, desk.user) == "It was not sent."
    assert not Sending.objects.exists()
    assert desk.do(SEND).state == DeliveryState.DONE
    assert len(desk.server.sent) == 1


@pytest.mark.any_database
def test_what_was_cut_off_counts_as_unanswered(desk: Desk) -> None:
    desk.do(DRAFT)
    order = desk.order(SEND)
    deliveries.claim(order, desk.choice)
    with pytest.raises(NotNowError, match="being asked already"):
        desk.do(DRAFT)
    Delivery.objects.update(begun_at=timezone.now() - timedelta(minutes=5))
    assert desk.place.open_question is not None
    # The process ended before the tool was asked for anything.
    assert settle(desk.page, desk.choice, desk.user) == "It was not sent."
    assert desk.do(SEND).state == DeliveryState.DONE


@pytest.mark.any_database
def test_a_fault_of_our_own_is_no_promise(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries._Steps, "take", lambda self: 1 / 0)
    assert desk.do(DRAFT).state == DeliveryState.UNKNOWN
    monkeypatch.undo()
    assert desk.do(DRAFT).state == DeliveryState.DONE


@pytest.mark.any_database
def test_without_a_tool_nothing_is_written_down(desk: Desk) -> None:
    for choice in (Choice(Provider.NONE), Choice(Provider.BUTTONDOWN)):
        with pytest.raises(NotChosenError):
            deliver(desk.order(DRAFT), choice, desk.page.contents())
    assert not Delivery.objects.exists()


def test_the_database_itself_keeps_two_from_being_under_way(desk: Desk) -> None:
    fields = {
        "digest": desk.page,
        "provider": desk.choice.provider,
        "revision": 1,
        "begun_at": timezone.now(),
    }
    Delivery.objects.create(action=SEND, decision=1, **fields)
    for action, decision in ((SEND, 1), (DRAFT, 1), (SEND, 2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(action=action, decision=decision, **fields)


@pytest.fixture
def committed(transactional_db: None, server: ToolServer) -> Iterator[Desk]:
    """A desk that other threads can see."""
    yield Desk(server)
    connection.close()


@pytest.mark.parametrize("action", [DRAFT, TEST, SEND])
def test_of_two_clicks_at_once_one_goes_through(committed: Desk, action: DeliveryAction) -> None:
    desk = committed
    begun = desk.do(DRAFT) if action != DRAFT else None
    orders = [desk.order(action), desk.order(action)]
    desk.edit("Another revision, for the second of them")
    orders[1] = desk.order(action, decision=orders[0].decision)
    digests = [desk.page.contents(), desk.page.contents()]
    start, came = threading.Barrier(2), []

    def click(order: Order, digest: Any) -> None:
        try:
            start.wait(10)
            came.append(deliver(order, desk.choice, digest).state)
        except NotNowError:
            came.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=click, args=pair) for pair in zip(orders, digests, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(came) == [DeliveryState.DONE, "refused"]
    assert len(desk.server.campaigns) == 1
    assert len(desk.server.sent) == (action == SEND)
    assert len(desk.server.tests) == (action == TEST)
    assert Delivery.objects.count() == 1 + (begun is not None)
