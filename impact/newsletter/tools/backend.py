"""What wagtail-newsletter's own choosers ask: the chosen tool, quiet where it has no answer."""

import logging
from datetime import datetime
from typing import Any

from wagtail_newsletter.audiences import Audience, AudienceSegment
from wagtail_newsletter.campaign_backends import Campaign, CampaignBackend, CampaignBackendError

from impact.newsletter.tools.choice import chosen

logger = logging.getLogger(__name__)


class ChosenBackend(CampaignBackend):
    """The tool of the settings, chosen anew for each request.

    A list that can't be had is empty, because the choosers would answer 500; the page of the digest says
    why. Campaigns are made and sent by `deliveries` alone.
    """

    def __init__(self) -> None:
        self._choice = chosen()

    @property
    def name(self) -> str:
        """What the tool is called."""
        return self._choice.name

    def get_audiences(self) -> list[Audience]:
        """Return the audiences, or none."""
        try:
            return self._choice.tool().get_audiences()
        except CampaignBackendError as error:
            logger.warning("The audiences can't be listed: %s", error)
            return []

    def get_audience_segments(self, audience_id: str) -> list[AudienceSegment]:
        """Return the segments of an audience, or none."""
        try:
            return self._choice.tool().get_audience_segments(audience_id)
        except CampaignBackendError as error:
            logger.warning("The segments can't be listed: %s", error)
            return []

    def save_campaign(self, **kwargs: Any) -> str:
        """Make or change a draft."""
        return str(self._choice.tool().save_campaign(**kwargs))

    def get_campaign(self, campaign_id: str) -> Campaign | None:
        """Return a campaign."""
        return self._choice.tool().get_campaign(campaign_id)

    def send_test_email(self, *, campaign_id: str, email: str) -> None:
        """Send a draft to one address."""
        self._choice.tool().send_test_email(campaign_id=campaign_id, email=email)

    def send_campaign(self, campaign_id: str) -> None:
        """Send a draft."""
        self._choice.tool().send_campaign(campaign_id)

    def schedule_campaign(self, campaign_id: str, schedule_time: datetime) -> None:
        """Let a draft go out at a time."""
        self._choice.tool().schedule_campaign(campaign_id, schedule_time)

    def unschedule_campaign(self, campaign_id: str) -> None:
        """Make a draft of it again."""
        self._choice.tool().unschedule_campaign(campaign_id)
