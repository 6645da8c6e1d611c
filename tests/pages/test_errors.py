"""What is answered when something goes wrong on our side."""

from base64 import b64encode
from hashlib import sha256
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from home.models import HomePage
from impact.freshness import state
from impact.freshness.models import Scope

pytestmark = pytest.mark.django_db


def test_a_database_that_is_too_busy_says_when_to_ask_again(home: HomePage) -> None:
    client = Client(raise_request_exception=False)
    with patch.object(state, "settle"):
        state.mark(Scope.SITE, "something")
    with patch.object(state, "settle", side_effect=OperationalError("database is locked")):
        answer = client.get("/impact/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "went wrong" in answer.content.decode()
    assert client.get("/impact/").status_code == 200


def test_an_error_is_no_reason_to_ask_again(home: HomePage) -> None:
    client = Client(raise_request_exception=False)
    with patch("impact.gallery.models.GalleryPage.get_context", side_effect=ValueError):
        answer = client.get("/impact/")
    assert answer.status_code == 500
    assert not answer.has_header("Retry-After")
    # Its own style, and no other, is allowed.
    style = answer.content.decode().split("<style>")[1].split("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in answer["Content-Security-Policy"] + ";"
