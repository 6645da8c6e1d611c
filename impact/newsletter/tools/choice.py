"""Which mail tool is used, with which key and sender: the environment's word before that of the settings."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.newsletter.tools.errors import NotChosenError
from impact.newsletter.tools.keys import Key, UnreadableKeyError, unseal

if TYPE_CHECKING:
    from impact.newsletter.tools.campaigns import Tool


class Provider(models.TextChoices):
    """The mail tools that can be spoken to."""

    NONE = "none", gettext_lazy("None: the mail is copied by hand")
    BUTTONDOWN = "buttondown", "Buttondown"
    MAILCHIMP = "mailchimp", "Mailchimp"


# By name: Mailchimp's library is large, and loaded by those who use it.
BACKENDS = {
    Provider.BUTTONDOWN: "impact.newsletter.tools.buttondown.ButtondownBackend",
    Provider.MAILCHIMP: "impact.newsletter.tools.mailchimp.MailchimpBackend",
}
# A key of Mailchimp ends in a data centre, which is part of a host: nothing else may get there.
MAILCHIMP_KEY = re.compile(r"[0-9A-Za-z]{8,64}-([a-z]{2,4}[0-9]{1,4})")
# What operators may fix, by the field of the settings that it stands for.
VARIABLES = {
    "provider": "NEWSLETTER_TOOL",
    "api_key": "NEWSLETTER_API_KEY",
    "from_name": "NEWSLETTER_FROM_NAME",
    "reply_to": "NEWSLETTER_REPLY_TO",
}


@dataclass(frozen=True)
class Choice:
    """The mail tool as it is set up. `key` is `None` without one; `problem` says what is wrong with it."""

    provider: Provider
    key: Key | None = None
    from_name: str = ""
    reply_to: str = ""
    problem: str = ""

    @property
    def name(self) -> str:
        """What the tool is called."""
        return str(self.provider.label)

    @property
    def usable(self) -> bool:
        """Whether there is a tool that can be asked for something."""
        return self.provider in BACKENDS and self.key is not None and not self.problem

    def tool(self) -> "Tool":
        """Return the tool; raises `NotChosenError` where there is none, or nothing to open it with."""
        if self.problem:
            raise NotChosenError(self.name, self.problem)
        if self.provider not in BACKENDS or self.key is None:
            raise NotChosenError(_("The mail tool"), _("no key is given."))
        backend: type[Any] = import_string(BACKENDS[self.provider])
        tool: Tool = backend(self.key)
        return tool


def chosen(request: HttpRequest | None = None) -> Choice:
    """Return what is set up now; one query at most, and one for all questions of a request."""
    from impact.newsletter.tools.models import MailToolSettings

    stored = MailToolSettings.load(request_or_site=request)
    provider = Provider(fixed("provider") or stored.provider)
    choice = Choice(
        provider,
        from_name=fixed("from_name") or stored.from_name,
        reply_to=fixed("reply_to") or stored.reply_to,
    )
    if provider is Provider.NONE:
        return choice
    if given := fixed("api_key"):
        return replace(choice, key=Key(given))
    if not stored.sealed_key or stored.key_for != provider:
        return choice
    try:
        return replace(choice, key=unseal(stored.sealed_key))
    except UnreadableKeyError:
        problem = _(
            "its key can’t be read any more, because the site’s SECRET_KEY was changed."
            " Give the key again in Settings → Mail tool."
        )
        return replace(choice, problem=problem)


def fixed(field: str) -> str:
    """Return what the environment says of a field of the settings; empty where it leaves it to them."""
    return str(getattr(settings, VARIABLES[field], "") or "")
