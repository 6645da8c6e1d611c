"""Buttondown, by its API: https://docs.buttondown.com/api-introduction.

Of its ways these matter here: a new email is sent at once unless it is called a draft; a change without
`metadata` may take it away; keys of idempotency make a repeated request one; a list shows drafts only in
versions of the API from 2025 on.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from wagtail_newsletter.audiences import Audience, AudienceSegment
from wagtail_newsletter.campaign_backends import Campaign

from impact.newsletter.mail.markdown import markdown
from impact.newsletter.mail.targets import BUTTONDOWN
from impact.newsletter.tools.campaigns import Tool, whole
from impact.newsletter.tools.errors import ToolError, Trouble
from impact.newsletter.tools.keys import Key
from impact.newsletter.tools.transport import Api

if TYPE_CHECKING:
    from wagtail_newsletter.models import NewsletterRecipientsBase

    from impact.newsletter.contents import Digest

VERSION = "2026-04-01"
# Without it Buttondown guesses from the text what it is.
_MODE = "<!-- buttondown-editor-mode: plaintext -->\n"
_EDITOR = "https://buttondown.com/emails/"
_REFERENCE = "impact"
_WAITING = frozenset({"draft", "paused"})


@dataclass
class ButtondownCampaign(Campaign):
    """An email at Buttondown."""

    id: str
    status: str
    analytics: dict[str, Any]

    @property
    def is_scheduled(self) -> bool:
        """Whether it goes out by itself at a time."""
        return self.status == "scheduled"

    @property
    def is_sent(self) -> bool:
        """Whether it is out, or on its way."""
        return self.status not in (*_WAITING, "scheduled", "deleted")

    @property
    def url(self) -> str:
        """Where its author sees it."""
        return f"{_EDITOR}{quote(self.id, safe='')}"

    def get_report(self) -> dict[str, Any]:
        """Return what became of it."""
        said = self.analytics
        return {
            "emails_sent": said.get("recipients", 0),
            "bounces": said.get("permanent_failures", 0),
            "opens": said.get("opens", 0),
            "clicks": said.get("clicks", 0),
        }


class ButtondownBackend(Tool):
    """Campaigns are emails; audiences are newsletters, their segments tags."""

    name = "Buttondown"
    target = BUTTONDOWN

    def __init__(self, key: Key) -> None:
        base = settings.NEWSLETTER_API_ADDRESSES["buttondown"]
        self._api = Api(self.name, base, key, "Token", {"X-API-Version": VERSION})

    def body_of(self, digest: "Digest") -> str:
        """Return Markdown, which the newsletter's own template dresses."""
        return _MODE + markdown(digest, self.target)

    def get_audiences(self) -> list[Audience]:
        """Return the newsletters that the key may see."""
        found = self._list("/newsletters")
        total = self._number_of({})
        return [
            Audience(id=str(each["id"]), name=str(each.get("name", "")), member_count=total)
            for each in found
        ]

    def get_audience_segments(self, audience_id: str) -> list[AudienceSegment]:
        """Return the tags of a newsletter, with how many have each."""
        return [
            AudienceSegment(
                id=f"{audience_id}/{each['id']}",
                name=str(each.get("name", "")),
                member_count=self._number_of({"tag": each["id"]}),
            )
            for each in self._list("/tags")
        ]

    def save_campaign(
        self,
        *,
        campaign_id: str | None = None,
        recipients: "NewsletterRecipientsBase | None",
        subject: str,
        html: str,
        from_name: str = "",
        reply_to: str = "",
    ) -> str:
        """Make or change a draft, and return its id. Sender and reply address are the newsletter's own.

        `html` may be Markdown too: Buttondown takes both.
        """
        self.created = ""
        content = {
            "subject": subject[:2000],
            "body": html,
            "filters": _filters(recipients),
            "metadata": self._metadata(),
        }
        if campaign_id and (campaign := self.get_campaign(campaign_id)):
            if campaign.is_sent or campaign.is_scheduled:
                raise ToolError(self.name, Trouble.CLOSED)
            self._api.request("PATCH", self._path(campaign_id), body=content)
            return campaign_id
        once = self.mark.once
        answer = self._api.request(
            "POST",
            "/emails",
            body={**content, "status": "draft"},
            # Its documentation names both.
            headers={"Idempotency-Key": once, "X-Idempotency-Key": once} if once else {},
            again=bool(once),
        )
        self.created = _id(self.name, answer.data)
        return self.created

    def get_campaign(self, campaign_id: str) -> ButtondownCampaign | None:
        """Return an email, or `None` where there is none any more."""
        try:
            answer = self._api.request("GET", self._path(campaign_id))
        except ToolError as error:
            if error.trouble is Trouble.MISSING:
                return None
            raise
        found = _campaign(self.name, answer.data)
        return None if found.status == "deleted" else found

    def find(self) -> ButtondownCampaign | None:
        """Look for the reference through the newest emails."""
        query = {"ordering": "-creation_date", "excluded_fields": "body"}
        for each in self._list("/emails", query):
            metadata = each.get("metadata")
            named = metadata.get(_REFERENCE) if isinstance(metadata, dict) else None
            if named == self.mark.reference and each.get("status") != "deleted":
                return _campaign(self.name, each)
        return None

    def count(self, recipients: "NewsletterRecipientsBase | None") -> int | None:
        """Return the number of active subscribers, or of those with the tag."""
        tag = _tag(recipients)
        return self._number_of({"tag": tag} if tag else {})

    def send_test_email(self, *, campaign_id: str, email: str) -> None:
        """Send a draft to one address."""
        self._api.request(
            "POST", f"{self._path(campaign_id)}/send-draft", body={"recipients": [email]}
        )

    def send_campaign(self, campaign_id: str) -> None:
        """Send a draft to its recipients; never asked for twice by itself."""
        self._change(campaign_id, status="about_to_send")

    def schedule_campaign(self, campaign_id: str, schedule_time: datetime) -> None:
        """Let a draft go out at a time."""
        moment = schedule_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._change(campaign_id, status="scheduled", publish_date=moment)

    def unschedule_campaign(self, campaign_id: str) -> None:
        """Make a draft of it again."""
        self._change(campaign_id, status="draft")

    def _change(self, campaign_id: str, **fields: str) -> None:
        body: dict[str, Any] = dict(fields)
        if self.mark.reference:
            body["metadata"] = self._metadata()
        self._api.request("PATCH", self._path(campaign_id), body=body, again=False)

    def _metadata(self) -> dict[str, str]:
        return {_REFERENCE: self.mark.reference} if self.mark.reference else {}

    def _path(self, campaign_id: str) -> str:
        return f"/emails/{quote(campaign_id, safe='')}"

    def _list(self, path: str, query: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the first hundred of a list."""
        data = self._api.request("GET", path, query=query).data
        results = data.get("results") if isinstance(data, dict) else None
        if not isinstance(results, list):
            raise ToolError(self.name, Trouble.BROKEN, status=200)
        return [each for each in results if isinstance(each, dict) and "id" in each]

    def _number_of(self, query: dict[str, Any]) -> int | None:
        data = self._api.request("GET", "/subscribers", query={"type": "regular", **query}).data
        return whole(data.get("count")) if isinstance(data, dict) else None


def _campaign(tool: str, data: Any) -> ButtondownCampaign:
    identity = _id(tool, data)
    analytics = data.get("analytics")
    return ButtondownCampaign(
        identity, str(data.get("status", "")), analytics if isinstance(analytics, dict) else {}
    )


def _id(tool: str, data: Any) -> str:
    """Return the id in an answer; one without is no answer of this API."""
    if not isinstance(data, dict) or not isinstance(data.get("id"), str) or not data["id"]:
        raise ToolError(tool, Trouble.BROKEN, status=200)
    return str(data["id"])


def _tag(recipients: "NewsletterRecipientsBase | None") -> str:
    segment = recipients.segment if recipients else ""
    return segment.rpartition("/")[2] if segment else ""


def _filters(recipients: "NewsletterRecipientsBase | None") -> dict[str, Any]:
    """Return who gets it: all, or those with the tag."""
    tag = _tag(recipients)
    only = [{"field": "subscriber.tags", "operator": "contains", "value": tag}] if tag else []
    return {"filters": only, "groups": [], "predicate": "and"}
