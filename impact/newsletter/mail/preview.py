"""A mail shown by itself in the editor, under a policy of its own."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpResponse

from impact.newsletter.contents import Digest
from impact.newsletter.mail.html import mail_html
from impact.newsletter.mail.targets import ANY, Target

# Wagtail's modes of preview that show a mail, by the colours that they show it in.
MAIL_MODES = {"mail": "light", "mail-dark": "dark"}
# It loads pictures and nothing else, and runs nothing.
POLICY = {
    "default-src": [NONE],
    "img-src": [SELF, "data:", "http:", "https:"],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
}


def mail_preview(digest: Digest, scheme: str = "", target: Target = ANY) -> HttpResponse:
    """Return a mail as a document; `scheme` is `light`, `dark`, or empty for that of the browser."""
    response = HttpResponse(mail_html(digest, target, scheme).html)
    response._csp_config = dict(POLICY)  # type: ignore[attr-defined]
    return response
