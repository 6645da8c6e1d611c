"""Mailchimp: the campaigns of wagtail-newsletter over a transport of our own.

What is changed, and why: its client takes the host of a request out of the key, waits two minutes, counts an
error without a body as a success, and follows no plan when something fails; its backend logs what the API
answered, loses a campaign whose content could not be set, and tells an editor no more than that it failed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from mailchimp_marketing.api.campaigns_api import CampaignsApi
from mailchimp_marketing.api.lists_api import ListsApi
from mailchimp_marketing.api.reports_api import ReportsApi
from mailchimp_marketing.api_client import ApiClient, ApiClientError
from wagtail_newsletter.audiences import Audience, AudienceSegment
from wagtail_newsletter.campaign_backends import CampaignBackendError
from wagtail_newsletter.campaign_backends.mailchimp import (
    MailchimpCampaign,
    MailchimpCampaignBackend,
)

from impact.newsletter.mail.html import mail_html
from impact.newsletter.mail.plain import plain_text
from impact.newsletter.mail.targets import MAILCHIMP
from impact.newsletter.tools.campaigns import Tool, whole
from impact.newsletter.tools.choice import MAILCHIMP_KEY
from impact.newsletter.tools.errors import NotChosenError, ToolError, Trouble
from impact.newsletter.tools.keys import Key
from impact.newsletter.tools.transport import Answer, Api

if TYPE_CHECKING:
    from wagtail_newsletter.models import NewsletterRecipientsBase

    from impact.newsletter.contents import Digest

NAME = "Mailchimp"
# How many campaigns are looked through for one that may have been made.
RECENT = 50


class _Client(ApiClient):
    """The client of Mailchimp's library, its requests made by our transport."""

    def __init__(self, api: Api, server: str) -> None:
        super().__init__()
        # Its addresses begin where those of the transport do, which knows the host.
        self.host, self.server, self._api = "", "", api
        self.data_centre = server

    def call_api(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the API answered; of an error, what ours says of it."""
        try:
            return super().call_api(*args, **kwargs)
        except ApiClientError as error:
            if isinstance(error.text, ToolError):
                # No chain: what stands in it would be logged.
                raise ApiClientError(error.text, error.text.status) from None
            raise

    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: Any = None,
        body: Any = None,
    ) -> Any:
        """Make a request; its library reads of the answer what a response of `requests` has."""
        answer = self._api.request(method, url, query=dict(query_params or ()), body=body)
        return _Response(answer)


@dataclass
class _Response:
    answer: Answer
    ok: bool = True

    @property
    def status_code(self) -> int:
        return self.answer.status

    @property
    def headers(self) -> dict[str, str]:
        return {"content-type": "application/json"}

    def json(self) -> Any:
        return self.answer.data


class Campaign(MailchimpCampaign):
    """A campaign at Mailchimp."""

    @property
    def url(self) -> str:
        """Where its author sees it."""
        base = f"https://{self.backend.client.api_client.data_centre}.admin.mailchimp.com"
        page = "reports/summary" if self.is_sent else "campaigns/edit"
        return f"{base}/{page}?id={self.web_id}"


class MailchimpBackend(MailchimpCampaignBackend, Tool):
    """Campaigns, audiences and segments are Mailchimp's own."""

    name = NAME
    target = MAILCHIMP
    campaign_class = Campaign
    needs_recipients = True

    def __init__(self, key: Key) -> None:
        known = MAILCHIMP_KEY.fullmatch(key.reveal())
        if not known:
            raise NotChosenError(NAME, _("its keys end in a hyphen and a data centre, as “-us21”."))
        self._server = known[1]
        base = settings.NEWSLETTER_API_ADDRESSES["mailchimp"].format(server=self._server)
        self._api = Api(NAME, base, key, "Basic")

    @cached_property
    def client(self) -> Any:
        """Return the parts of Mailchimp's library that are used, over our transport."""
        client = _Client(self._api, self._server)
        return SimpleNamespace(
            api_client=client,
            campaigns=CampaignsApi(client),
            lists=ListsApi(client),
            reports=ReportsApi(client),
        )

    def body_of(self, digest: "Digest") -> str:
        """Return the mail, with Mailchimp's tags for leaving."""
        return mail_html(digest, self.target).html

    def alternative_of(self, digest: "Digest") -> str:
        """Return the text for those who read no HTML."""
        return plain_text(digest, self.target)

    def get_audiences(self) -> list[Audience]:
        """Return the audiences."""
        with plainly():
            found: list[Audience] = super().get_audiences()
            return found

    def get_audience_segments(self, audience_id: str, **options: Any) -> list[AudienceSegment]:
        """Return the segments of an audience."""
        with plainly():
            found: list[AudienceSegment] = super().get_audience_segments(audience_id, **options)
            return found

    def get_campaign_request_body(self, *, subject: str, **kwargs: Any) -> dict[str, Any]:
        """Add a name that is known again, which only the account sees."""
        body: dict[str, Any] = super().get_campaign_request_body(subject=subject, **kwargs)
        if self.mark.reference:
            body["settings"]["title"] = f"{subject[:60]} [{self.mark.reference}]"
        return body

    def save_campaign(self, *, campaign_id: str | None = None, **kwargs: Any) -> str:
        """Make or change a draft, and return its id."""
        self.created = ""
        if campaign_id and (campaign := self.get_campaign(campaign_id)):
            if campaign.is_sent or campaign.is_scheduled:
                raise ToolError(NAME, Trouble.CLOSED)
        else:
            campaign_id = None
        with plainly():
            return str(super().save_campaign(campaign_id=campaign_id, **kwargs))

    def _create_campaign(self, body: Any) -> str:
        """Keep the id of what was made, for when the next step fails."""
        with plainly():
            self.created = str(super()._create_campaign(body))
        return self.created

    def _set_content(self, campaign_id: str, html: str) -> None:
        content = {"html": html}
        if self.alternative:
            content["plain_text"] = self.alternative
        with plainly():
            self.client.campaigns.set_content(campaign_id, content)

    def get_campaign(self, campaign_id: str) -> Campaign | None:
        """Return a campaign, or `None` where there is none any more."""
        with plainly():
            try:
                data = self.client.campaigns.get(campaign_id)
            except ApiClientError as error:
                if error.status_code == 404:
                    return None
                raise
            return self._campaign(data)

    def _campaign(self, data: Any) -> Campaign:
        return Campaign(
            backend=self, id=data["id"], web_id=str(data["web_id"]), status=data["status"]
        )

    def find(self) -> Campaign | None:
        """Look for the reference through the names of the newest campaigns."""
        fields = [f"campaigns.{name}" for name in ("id", "web_id", "status", "settings.title")]
        with plainly():
            data = self.client.campaigns.list(
                count=RECENT, sort_field="create_time", sort_dir="DESC", fields=fields
            )
            for each in data["campaigns"]:
                if each["settings"].get("title", "").endswith(f"[{self.mark.reference}]"):
                    return self._campaign(each)
        return None

    def count(self, recipients: "NewsletterRecipientsBase | None") -> int | None:
        """Return the number of people in the audience or segment."""
        if recipients is None or not recipients.audience:
            return None
        with plainly():
            if recipients.segment:
                segment = recipients.segment.rpartition("/")[2]
                data = self.client.lists.get_segment(recipients.audience, segment)
                return whole(data["member_count"])
            data = self.client.lists.get_list(recipients.audience)
            return whole(data["stats"]["member_count"])

    def send_test_email(self, *, campaign_id: str, email: str) -> None:
        """Send a draft to one address."""
        with plainly():
            super().send_test_email(campaign_id=campaign_id, email=email)

    def send_campaign(self, campaign_id: str) -> None:
        """Send a draft to its recipients; never asked for twice by itself."""
        with plainly():
            super().send_campaign(campaign_id)

    def schedule_campaign(self, campaign_id: str, schedule_time: datetime) -> None:
        """Let a draft go out at a time."""
        with plainly():
            super().schedule_campaign(campaign_id, schedule_time)

    def unschedule_campaign(self, campaign_id: str) -> None:
        """Make a draft of it again."""
        with plainly():
            super().unschedule_campaign(campaign_id)


@contextmanager
def plainly() -> Iterator[None]:
    """Raise what our transport said instead of what was made of it on the way."""
    try:
        yield
    except ToolError:
        raise
    except ApiClientError as error:
        raise _ours(error) from None
    except CampaignBackendError as error:
        cause = error.__cause__
        raise (_ours(cause) if isinstance(cause, ApiClientError) else error) from None
    except (KeyError, TypeError, AttributeError) as error:
        # An answer without what it has to hold.
        raise ToolError(NAME, Trouble.BROKEN, status=200) from error


def _ours(error: ApiClientError) -> ToolError:
    if isinstance(error.text, ToolError):
        return error.text
    return ToolError(NAME, Trouble.BROKEN, status=error.status_code)
