"""A proof: the digest in the editor's own inbox, by the site's own mail server."""

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from impact.newsletter.contents import Digest
from impact.newsletter.mail.html import mail_html
from impact.newsletter.mail.plain import plain_text
from impact.newsletter.mail.targets import Target

if TYPE_CHECKING:
    from impact.accounts.models import User

logger = logging.getLogger(__name__)

# What the history of the page calls it.
PROOFED = "newsletter.proof_mailed"
# These write a mail somewhere where nobody receives it.
_NOWHERE = ("console", "dummy", "filebased")


class ProofError(Exception):
    """No proof was sent; the text says why, and what to do."""


def has_mail_server() -> bool:
    """Return whether the site can send mail to people."""
    module = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    return module not in _NOWHERE


def send_proof(subject: str, digest: Digest, user: "User") -> str:
    """Send a digest to the user's own address, and return that; raises `ProofError`."""
    if not has_mail_server():
        raise ProofError(
            _("This site has no mail server. Whoever runs it sets EMAIL_URL; until then, copy it.")
        )
    if not user.email:
        raise ProofError(_("Your account has no email address. Give one in your account first."))
    target = Target(note=_("A proof, sent to you alone. The mail tool adds how to unsubscribe."))
    # A subject is one line.
    headline = " ".join((_("Proof: %(subject)s") % {"subject": subject}).split())
    message = EmailMultiAlternatives(headline, plain_text(digest, target), to=[user.email])
    message.attach_alternative(mail_html(digest, target).html, "text/html")
    try:
        message.send()
    except (SMTPException, OSError) as error:
        logger.warning("A proof could not be sent: %s", type(error).__name__)
        raise ProofError(
            _("The site’s mail server does not take it (%(error)s). Try again later.")
            % {"error": type(error).__name__}
        ) from error
    return str(user.email)
