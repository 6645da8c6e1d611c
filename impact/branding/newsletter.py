"""The sign-up of a newsletter: a link, or a form that posts straight to the service that sends it. Pure.

No script of a service is loaded and nothing is asked of it until somebody signs up.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

BUTTONDOWN = "https://buttondown.com"
_BUTTONDOWN_PATH = "/api/emails/embed-subscribe/"
_BUTTONDOWN_NAME = re.compile(r"[\w.-]+", re.ASCII)
# Anything more in it, such as a port, would be no source that a policy can name.
_MAILCHIMP_HOST = re.compile(r"[a-z0-9.-]+\.list-manage\.com")


class Service(models.TextChoices):
    """Where people sign up."""

    LINK = "link", _("A page of your own: a link")
    BUTTONDOWN = "buttondown", _("Buttondown: a form")
    MAILCHIMP = "mailchimp", _("Mailchimp: a form")


class AddressError(ValueError):
    """An address that is not one of the service."""


@dataclass(frozen=True)
class Newsletter:
    """What the invitation says and where it leads.

    `action` is where a form posts, empty for a link; `field` the name of its email field; `hidden` what it
    sends besides; `trap` the name of a field that only robots fill.
    """

    url: str
    text: str = ""
    action: str = ""
    field: str = "email"
    hidden: tuple[tuple[str, str], ...] = ()
    trap: str = ""

    @property
    def origin(self) -> str:
        """Where a form posts to, as Content-Security-Policy names it; empty for a link."""
        parts = urlsplit(self.action)
        return f"{parts.scheme}://{parts.netloc}" if self.action else ""


def newsletter(service: str, address: str, text: str = "") -> Newsletter | None:
    """Return the sign-up of the settings; an address that its service does not know is a link."""
    if not address:
        return None
    try:
        action = form_action(service, address)
    except AddressError:
        action = ""
    if not action:
        return Newsletter(url=address, text=text)
    if service == Service.BUTTONDOWN:
        name = action.removeprefix(f"{BUTTONDOWN}{_BUTTONDOWN_PATH}")
        page = f"{BUTTONDOWN}/{name}"
        return Newsletter(page, text, action, hidden=(("embed", "1"),))
    parts, query = urlsplit(action), _mailchimp_query(action)
    page = f"https://{parts.netloc}/subscribe?{urlencode(query)}"
    # The name that Mailchimp itself gives the field in the forms that it writes.
    trap = f"b_{query['u']}_{query['id']}"
    return Newsletter(page, text, action, field="EMAIL", trap=trap)


def form_action(service: str, address: str) -> str:
    """Return the address that a form posts to, from that or from the service's own sign-up page.

    Empty for a link. `AddressError` where the address is not one of the service.
    """
    parts = urlsplit(address)
    if service == Service.BUTTONDOWN:
        name = parts.path.removeprefix(_BUTTONDOWN_PATH).strip("/")
        hosts = ("buttondown.com", "www.buttondown.com", "buttondown.email")
        if parts.scheme != "https" or parts.netloc not in hosts:
            raise AddressError
        if not _BUTTONDOWN_NAME.fullmatch(name):
            raise AddressError
        return f"{BUTTONDOWN}{_BUTTONDOWN_PATH}{name}"
    if service == Service.MAILCHIMP:
        query = _mailchimp_query(address)
        known = parts.path in ("/subscribe/post", "/subscribe") and {"u", "id"} <= query.keys()
        if parts.scheme != "https" or not _MAILCHIMP_HOST.fullmatch(parts.netloc) or not known:
            raise AddressError
        return f"https://{parts.netloc}/subscribe/post?{urlencode(query)}"
    return ""


def _mailchimp_query(address: str) -> dict[str, str]:
    """Return the keys that say which list is meant: account, list, and the form among its forms."""
    # Copied out of HTML, where every & is written out.
    found = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
    return {key: found[key][0] for key in ("u", "id", "f_id") if key in found}
