"""The comparator of kept pages: a view that answers with the bytes of a file, and nothing else."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

settings.configure(
    SECRET_KEY="of a benchmark, which signs nothing",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
)
BODY = Path(os.environ["CONSTANT_BODY"]).read_bytes()


def constant(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse(BODY)


urlpatterns = [re_path("", constant)]
application = get_wsgi_application()
