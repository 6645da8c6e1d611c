"""What is answered ahead of Django is what Django would answer, and nothing else is."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.core import signals
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from impact.caching.rules import rules
from impact.caching.wsgi import KeptPagesHandler
from impact.freshness import state
from impact.freshness.models import Scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

Ask = Callable[..., SimpleNamespace]


@pytest.fixture
def ask(site: SimpleNamespace) -> Ask:
    """Ask the application, as a web server does; `begun` says whether Django took up the request."""
    application = KeptPagesHandler()

    def ask(path: str = "/impact/", method: str = "GET", **headers: str) -> SimpleNamespace:
        # As it is left by the request before, in production.
        connection.ensure_connection()
        request = RequestFactory().generic(method, path, headers=headers)
        answer = SimpleNamespace(begun=False)

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            answer.status = int(status[:3])
            answer.headers = dict(headers)

        def begin(**kwargs: Any) -> None:
            answer.begun = True

        signals.request_started.connect(begin)
        body = application(request.environ, start)
        answer.body = b"".join(body)
        getattr(body, "close", bool)()
        signals.request_started.disconnect(begin)
        return answer

    return ask


@pytest.mark.parametrize("path", ["/impact/", "/impact/?tag=maps&utm_source=x", "/impact/feed/"])
@pytest.mark.parametrize("coding", ["", "br", "gzip"])
def test_a_kept_page_is_the_page_that_django_answers(
    client: Client, ask: Ask, path: str, coding: str
) -> None:
    headers = {"accept-encoding": coding}
    assert ask(path, **headers).begun
    kept, middleware = ask(path, **headers), client.get(path, headers=headers)
    assert not kept.begun
    assert (kept.status, kept.body) == (200, middleware.content)
    assert kept.headers == dict(middleware.headers)
    again = ask(path, **headers, **{"if-none-match": kept.headers["ETag"]})
    assert (again.begun, again.status, again.body) == (False, 304, b"")


def test_a_change_is_seen_by_the_next_request(site: SimpleNamespace, ask: Ask) -> None:
    ask()
    for title in ("Once", "Twice"):
        site.story.title = title
        site.story.save_revision().publish()
        assert title in ask().body.decode()
        assert not ask().begun
    # Of a change that nobody has worked off, only the mark tells.
    with patch.object(state, "settle"):
        state.mark(Scope.SITE, "something")
    assert ask().begun
    PageViewRestriction.objects.create(page=site.gallery, restriction_type="login")
    assert ask().status == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "sessionid=x"},
        {"cookie": "csrftoken=x"},
        {"cookie": "messages=x"},
        {"authorization": "Basic eDp5"},
        {"host": "elsewhere.example"},
    ],
)
def test_who_is_not_anybody_is_left_to_django(ask: Ask, headers: dict[str, str]) -> None:
    ask()
    assert ask(**headers).begun
    assert not ask(cookie="_visits=7").begun


def test_what_only_django_can_answer_is_left_to_it(ask: Ask, settings: Settings) -> None:
    ask()
    for method in ("HEAD", "POST", "PUT", "OPTIONS"):
        assert ask(method=method).begun
    for path in ("/impact", "/nowhere/", "/?x=1", "/admin/login/", "/healthz/live/"):
        assert [ask(path).begun for _ in range(2)] == [True, True]
    rules.forget()
    assert ask().begun
    assert not ask().begun
    settings.PAGE_CACHES = []
    assert ask().begun


def test_without_the_database_django_says_what_holds(ask: Ask) -> None:
    page = ask()
    # A connection that no longer works, and no other.
    connection.ensure_connection()
    connection.connection.close()
    with (
        patch.object(connection, "ensure_connection"),
        patch.object(connection, "connect", side_effect=OperationalError("refused")),
        patch.object(connection, "cursor", side_effect=OperationalError("refused")),
    ):
        stale = ask()
    assert stale.begun
    assert stale.body == page.body
    assert stale.headers["Warning"].startswith("110 ")
