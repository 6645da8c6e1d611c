"""Asking the mail tool for something, and never twice.

Each request is written down as a `Delivery` before the tool is asked, in a transaction of its own: of two
clicks one goes through, and the other is told. What a tool did not answer is looked up before anything else
is asked of it. Whether the user may ask is for the caller to know; `sending.may_send` answers it.
"""

import logging
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from impact.newsletter.tools.campaigns import Mark, Tool
from impact.newsletter.tools.choice import Choice
from impact.newsletter.tools.errors import ToolError, Trouble
from impact.newsletter.tools.models import Delivery, DeliveryAction, DeliveryState

if TYPE_CHECKING:
    from wagtail.models import Revision
    from wagtail_newsletter.models import NewsletterRecipientsBase

    from impact.accounts.models import User
    from impact.newsletter.contents import Digest
    from impact.newsletter.models import DigestPage

logger = logging.getLogger(__name__)

# A request that was begun so long ago was cut off: nobody is waiting for it any more.
FORGOTTEN = timedelta(minutes=2)
# So long a request may be on its way to a tool after we have stopped waiting for its answer.
ON_ITS_WAY = timedelta(minutes=1)
# What the history of the page calls it, by the action.
LOGGED = {action: f"newsletter.{action.value}_delivered" for action in DeliveryAction}


class NotNowError(Exception):
    """Something stands in the way; the text says what, and nothing was asked of the tool."""


@dataclass(frozen=True)
class Order:
    """What an editor has decided: to do something with a digest as a revision says it.

    `decision` is the number that the page offered. `again` is an editor's word that what was sent before
    is to be sent again.
    """

    page: "DigestPage"
    revision: "Revision"
    action: DeliveryAction
    decision: int
    user: "User"
    subject: str
    recipients: "NewsletterRecipientsBase | None" = None
    again: bool = False


@dataclass(frozen=True)
class Standing:
    """What is known of a digest at a tool, without asking it."""

    deliveries: tuple[Delivery, ...]
    # Whether the digest is out already, by the tool or by hand.
    sent: bool = False

    @property
    def campaign(self) -> Delivery | None:
        """The newest delivery with a draft that may still be changed."""
        spent = {each.campaign for each in self.deliveries if each.spent}
        return next(
            (each for each in self.deliveries if each.campaign and each.campaign not in spent), None
        )

    @property
    def last_draft(self) -> Delivery | None:
        """The newest delivery by which the draft became what it is."""
        return next(
            (
                each
                for each in self.deliveries
                if each.state == DeliveryState.DONE and each.campaign
            ),
            None,
        )

    @property
    def under_way(self) -> Delivery | None:
        """What the tool is being asked for at this moment."""
        return next((each for each in self.deliveries if _begun(each)), None)

    @property
    def open_question(self) -> Delivery | None:
        """A sending of which nobody knows whether it happened."""
        return next(
            (
                each
                for each in self.deliveries
                if each.action == DeliveryAction.SEND and _unanswered(each)
            ),
            None,
        )

    def decision(self, action: DeliveryAction) -> int:
        """Return the number of the next decision; that of the last one where it has led to nothing."""
        last = next((each for each in self.deliveries if each.action == action), None)
        if last is None:
            return 1
        undone = last.state == DeliveryState.FAILED or _unanswered(last)
        return last.decision if undone else last.decision + 1


def standing(page: "DigestPage", provider: str) -> Standing:
    """Return what is known of a digest at a tool; two queries."""
    found = Delivery.objects.filter(digest=page.pk, provider=provider)
    deliveries = tuple(found.select_related("user", "recipients").order_by("-begun_at", "-pk"))
    out = any(each.spent for each in deliveries) or page.sendings.exists()
    return Standing(deliveries, out)


def usual_recipients(page: "DigestPage", provider: str) -> "NewsletterRecipientsBase | None":
    """Return to whom this digest, or else the last one, was addressed."""
    found = Delivery.objects.filter(provider=provider, recipients__isnull=False)
    own = found.filter(digest=page.pk).first() or found.first()
    return own.recipients if own else None


def reference(page: "DigestPage", place: Standing) -> str:
    """Return by what a campaign is known again: the digest, and how many of it were sent before."""
    spent = {each.campaign for each in place.deliveries if each.spent}
    return f"{page.guid.removeprefix('urn:uuid:')[-60:]}-{len(spent) + 1}"


def deliver(order: Order, choice: Choice, digest: "Digest") -> Delivery:
    """Ask the tool for what was decided, and return the record of what came of it.

    Raises `NotNowError` where something stands in the way, and `NotChosenError` where no tool is set up.
    What goes wrong at the tool stands in the record.
    """
    tool = choice.tool()
    delivery, before = claim(order, choice)
    steps = _Steps(order, choice, tool, delivery, before, digest)
    _carried_out(delivery, steps.take)
    if delivery.state == DeliveryState.DONE:
        if order.action == DeliveryAction.SEND:
            _record(order.page, order.revision, order.user)
        log(order.page, LOGGED[order.action], user=order.user, revision=order.revision)
    return delivery


def claim(order: Order, choice: Choice) -> tuple[Delivery, Standing]:
    """Write down that something is to be done, if nothing stands in the way; raises `NotNowError`.

    Also returns how things stood before.
    """
    try:
        with transaction.atomic():
            # One after the other, also where two look at different revisions.
            Page.objects.select_for_update().get(pk=order.page.pk)
            before = standing(order.page, choice.provider)
            _refuse(order, choice, before)
            delivery = place_for(order, before, choice)
            # Requests that were cut off would keep the next one from beginning.
            begun = Delivery.objects.filter(digest=order.page.pk, provider=choice.provider)
            begun = begun.filter(state=DeliveryState.BEGUN).exclude(pk=delivery.pk)
            begun.update(state=DeliveryState.UNKNOWN)
            delivery.save()
            return delivery, before
    except IntegrityError:
        raise NotNowError(_under_way(choice)) from None


def _refuse(order: Order, choice: Choice, place: Standing) -> None:
    if place.under_way:
        raise NotNowError(_under_way(choice))
    if place.open_question:
        raise NotNowError(_("First look whether it was sent in %(tool)s.") % {"tool": choice.name})
    if order.decision != place.decision(order.action):
        raise NotNowError(_("That has been done already. This is how it stands now."))
    if order.action == DeliveryAction.SEND and place.sent and not order.again:
        raise NotNowError(_("It has been sent already. Nothing was sent now."))


def _under_way(choice: Choice) -> str:
    return _("%(tool)s is being asked already. Look again in a moment.") % {"tool": choice.name}


def place_for(order: Order, place: Standing, choice: Choice) -> Delivery:
    """Return the record of a decision: a new one, or that of a try that led to nothing."""
    now = timezone.now()
    wanted: dict[str, Any] = {
        "revision": order.revision.pk,
        "user": order.user,
        "recipients": order.recipients,
        "state": DeliveryState.BEGUN,
        "begun_at": now,
        "ended_at": None,
        "message": "",
    }
    tried = (
        each
        for each in place.deliveries
        if (each.action, each.decision) == (order.action, order.decision)
    )
    if found := next(tried, None):
        delivery = copy(found)
        if delivery.state == DeliveryState.FAILED:
            # A tool that remembers its answers would only repeat the refusal.
            delivery.once = uuid4()
        for name, value in wanted.items():
            setattr(delivery, name, value)
        return delivery
    return Delivery(
        digest_id=order.page.pk,
        provider=choice.provider,
        action=order.action,
        decision=order.decision,
        **wanted,
    )


@dataclass
class _Steps:
    """What is asked of a tool for one order, step by step."""

    order: Order
    choice: Choice
    tool: Tool
    delivery: Delivery
    before: Standing
    digest: "Digest"

    def take(self) -> None:
        """Bring the draft up to date, and do with it what was decided. Raises `ToolError`."""
        self._draft()
        match self.delivery.action:
            case DeliveryAction.TEST:
                self.tool.send_test_email(
                    campaign_id=self.delivery.campaign, email=self.order.user.email
                )
            case DeliveryAction.SEND:
                self.delivery.save()
                try:
                    self.tool.send_campaign(self.delivery.campaign)
                except ToolError as error:
                    raise _Unsure(error) from error
                self.delivery.spent = True

    def _draft(self) -> None:
        self.tool.mark = Mark(reference(self.order.page, self.before), str(self.delivery.once))
        before = self.before.campaign
        known = before.campaign if before else self._found()
        self.tool.alternative = self.tool.alternative_of(self.digest)
        try:
            made = self.tool.save_campaign(
                campaign_id=known or None,
                recipients=self.order.recipients,
                subject=self.order.subject,
                html=self.tool.body_of(self.digest),
                from_name=self.choice.from_name or self.digest.sender.name,
                reply_to=self.choice.reply_to,
            )
        except ToolError as error:
            # What was made before it went wrong is a draft all the same.
            self.delivery.campaign = self.tool.created or known
            self.delivery.spent = error.trouble is Trouble.CLOSED
            raise
        self.delivery.campaign = made
        is_same = before is not None and before.campaign == made
        self.delivery.url = (before.url if before and is_same else "") or self._address(made)

    def _found(self) -> str:
        """Return the draft of an earlier try that ended without an answer."""
        if all(each.campaign for each in self.before.deliveries):
            return ""
        found = self.tool.find()
        return found.id if found else ""

    def _address(self, campaign: str) -> str:
        """Return where the draft is edited; without it the rest goes on."""
        try:
            found = self.tool.get_campaign(campaign)
        except ToolError:
            return ""
        return found.url[:500] if found else ""


class _Unsure(Exception):  # noqa: N818
    """The step went wrong after which nobody may know what has happened."""

    def __init__(self, error: ToolError) -> None:
        self.error = error
        super().__init__(str(error))


def _carried_out(delivery: Delivery, work: Callable[[], None]) -> None:
    """Do the work of a delivery and write down how it ended, whatever happens."""
    try:
        work()
    except _Unsure as unsure:
        _end(delivery, _state(unsure.error), str(unsure.error))
    except ToolError as error:
        sends = delivery.action == DeliveryAction.SEND
        # A draft that may or may not be there is looked for by the next try. Nothing was sent.
        _end(delivery, DeliveryState.FAILED if sends else _state(error), str(error))
    except Exception:
        logger.exception("A delivery of the digest %s went wrong", delivery.digest_id)
        _end(delivery, DeliveryState.UNKNOWN, _("Something went wrong on this site; see its log."))
    else:
        _end(delivery, DeliveryState.DONE)


def _state(error: ToolError) -> DeliveryState:
    return DeliveryState.UNKNOWN if error.uncertain else DeliveryState.FAILED


def _end(delivery: Delivery, state: DeliveryState, message: str = "") -> None:
    delivery.state, delivery.message, delivery.ended_at = state, message, timezone.now()
    delivery.save()


def settle(page: "DigestPage", choice: Choice, user: "User") -> str:
    """Look in the tool whether a sending happened of which nobody knows; return what was found, in words.

    Raises `ToolError` where the tool can't say.
    """
    place = standing(page, choice.provider)
    question = place.open_question
    if question is None:
        return _("There is nothing to look up.")
    tool = choice.tool()
    campaign = tool.get_campaign(question.campaign) if question.campaign else None
    if campaign and (campaign.is_sent or campaign.is_scheduled):
        question.spent = True
        _end(question, DeliveryState.DONE)
        revision = page.revisions.filter(pk=question.revision).first()
        _record(page, revision or page.latest_revision, question.user or user)
        return _("It was sent.")
    if campaign and timezone.now() - question.begun_at < ON_ITS_WAY:
        return _("It has not been sent so far. Look again in a minute before you try anew.")
    _end(question, DeliveryState.FAILED, _("It was not sent."))
    return _("It was not sent.")


def _record(page: "DigestPage", revision: Any, user: "User") -> None:
    """Mark the digest as sent. It is out, so whatever goes wrong here must not look as if it were not."""
    from impact.newsletter.models import SendingManner
    from impact.newsletter.sending import mark_sent

    if revision is None:
        return
    try:
        mark_sent(page, revision, user, SendingManner.TOOL)
    except Exception:
        logger.exception("The digest %s was sent and could not be marked as sent", page.pk)


def _begun(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.BEGUN and not _cut_off(delivery)


def _cut_off(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.BEGUN and timezone.now() - delivery.begun_at > FORGOTTEN


def _unanswered(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.UNKNOWN or _cut_off(delivery)
