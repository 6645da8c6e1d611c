"""What is answered when something goes wrong on our side."""

import sys

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from impact.freshness.state import BehindError

# In seconds; what holds a site up is over by then, or is looked at by somebody.
SOON = "5"


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; 503 where the same is worth asking again, as the database was only busy for too long."""
    response = defaults.server_error(request)
    if isinstance(sys.exc_info()[1], BehindError):
        response.status_code = 503
        response["Retry-After"] = SOON
    return response
