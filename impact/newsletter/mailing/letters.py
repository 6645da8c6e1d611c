"""Everything that the editor is shown of a digest as a mail, made from how it was last saved."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from impact.newsletter.contents import Digest
from impact.newsletter.mail.html import FEWER, FEWEST, TITLES, Mail, mail_html
from impact.newsletter.mail.markdown import markdown
from impact.newsletter.mail.plain import plain_text
from impact.newsletter.mail.rules import Finding, findings
from impact.newsletter.mail.targets import ANY, BUTTONDOWN, MAILCHIMP, Target
from impact.newsletter.tools.choice import Provider

if TYPE_CHECKING:
    from impact.newsletter.models import DigestPage

TARGETS = {Provider.NONE: ANY, Provider.BUTTONDOWN: BUTTONDOWN, Provider.MAILCHIMP: MAILCHIMP}
# What an export is called, and what it is.
FORMATS = {
    "html": ("html", "text/html"),
    "text": ("txt", "text/plain"),
    "markdown": ("md", "text/markdown"),
}


@dataclass(frozen=True)
class Letter:
    """A digest as a mail for one place of sending."""

    page: "DigestPage"
    digest: Digest
    target: Target

    @property
    def subject(self) -> str:
        """What stands beside the sender."""
        return str(self.page.get_newsletter_subject())

    @cached_property
    def mail(self) -> Mail:
        """The mail in HTML."""
        return mail_html(self.digest, self.target)

    @cached_property
    def findings(self) -> list[Finding]:
        """What mail programs would not show of it."""
        return findings(self.mail.html, self.target)

    @property
    def shortened(self) -> str:
        """What it does without, in words; empty where it is whole."""
        return {
            TITLES: _("It was too long for a mail: below their titles, sentences are left out."),
            FEWER: _(
                "It was too long for a mail: only the first lines below each heading are in it."
            ),
            FEWEST: _("It was too long for a mail: only the lead and the first lines are in it."),
        }.get(self.mail.left_out, "")

    def export(self, name: str) -> str:
        """Return the mail in one of `FORMATS`."""
        match name:
            case "html":
                return self.mail.html
            case "text":
                return plain_text(self.digest, self.target)
            case _:
                return markdown(self.digest, self.target)


def letter_of(
    page: "DigestPage", request: HttpRequest | None = None, provider: str = Provider.NONE
) -> Letter:
    """Return a digest as it was last saved, published or not, as a mail for a tool."""
    latest: DigestPage = page.get_latest_revision_as_object()
    return Letter(latest, latest.contents(request), TARGETS[Provider(provider)])
