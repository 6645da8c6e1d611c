"""What is answered when something goes wrong on our side."""

import re
import sys
from base64 import b64encode
from hashlib import sha256

from csp.constants import NONE
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from impact.freshness.state import BehindError

# In seconds; what holds a site up is over by then, or is looked at by somebody.
SOON = "5"
STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; 503 where the same is worth asking again, as the database was only busy for too long."""
    response = defaults.server_error(request)
    # The page carries its style, so that it needs nothing else; the policy allows this one by its hash.
    styles = [_csp_hash(found) for found in STYLE.findall(response.content)]
    response._csp_replace = {"style-src": styles or [NONE]}  # type: ignore[attr-defined]
    if isinstance(sys.exc_info()[1], BehindError):
        response.status_code = 503
        response["Retry-After"] = SOON
    return response


def _csp_hash(text: bytes) -> str:
    return f"'sha256-{b64encode(sha256(text).digest()).decode()}'"
