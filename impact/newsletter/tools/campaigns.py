"""What every mail tool can be asked for, on top of the interface of wagtail-newsletter."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail_newsletter.campaign_backends import Campaign, CampaignBackend

from impact.newsletter.mail.targets import ANY, Target

if TYPE_CHECKING:
    from wagtail_newsletter.models import NewsletterRecipientsBase

    from impact.newsletter.contents import Digest


@dataclass(frozen=True)
class Mark:
    """How a campaign is known again: `reference` names its digest for ever, `once` one attempt to make it."""

    reference: str = ""
    once: str = ""


class Tool(CampaignBackend):
    """A mail tool. Every method that asks it may raise `ToolError`, and none takes longer than half a minute.

    `target` is what a mail has to know of it.
    """

    target: Target = ANY
    # Whether a mail can go out without recipients being chosen here: to all subscribers.
    needs_recipients = False
    # What the last call of `save_campaign` made, also where it failed half-way.
    created: str = ""
    mark: Mark = Mark()
    # What goes along as plain text with the next content.
    alternative: str = ""

    def body_of(self, digest: "Digest") -> str:
        """Return a digest in the format that the tool takes."""
        raise NotImplementedError

    def alternative_of(self, digest: "Digest") -> str:
        """Return what goes along as plain text; empty where the tool writes it by itself."""
        return ""

    def find(self) -> "Campaign | None":
        """Return the campaign that bears the reference of `mark`; for when an answer never came."""
        raise NotImplementedError

    def count(self, recipients: "NewsletterRecipientsBase | None") -> int | None:
        """Return how many people a mail would go to; `None` where the tool does not say."""
        raise NotImplementedError


def whole(value: Any) -> int | None:
    """Return a number that an API gave, or `None`."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
