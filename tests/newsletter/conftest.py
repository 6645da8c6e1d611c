"""Mail tools that answer on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as _settings

from tests.newsletter.tool_servers import (
    ButtondownServer,
    MailchimpServer,
    ToolServer,
    served,
)

# As short as goes without failing on a busy machine where a tool does answer.
SECONDS = {"connect": 2.0, "read": 0.6, "total": 8.0, "pause": 0.01}


@pytest.fixture(params=[ButtondownServer, MailchimpServer])
def server(request: pytest.FixtureRequest, settings: Any) -> Iterator[ToolServer]:
    """Each of the tools in turn."""
    with served(request.param()) as running:
        set_up(settings, running)
        yield running


@pytest.fixture
def buttondown(settings: Any) -> Iterator[ToolServer]:
    """Buttondown alone."""
    with served(ButtondownServer()) as running:
        set_up(settings, running)
        yield running


@pytest.fixture
def mailchimp(settings: Any) -> Iterator[ToolServer]:
    """Mailchimp alone."""
    with served(MailchimpServer()) as running:
        set_up(settings, running)
        yield running


def set_up(settings: Any, running: ToolServer) -> None:
    """Send requests to a server, and wait for none."""
    settings.NEWSLETTER_API_ADDRESSES = dict.fromkeys(
        _settings.NEWSLETTER_API_ADDRESSES, running.url
    )
    settings.NEWSLETTER_API_SECONDS = SECONDS
