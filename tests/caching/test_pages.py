"""What is answered from kept pages, and in which form."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from impact.caching import addresses, middleware
from impact.caching.answers import best_coding
from impact.caching.rules import rules
from impact.freshness import state
from impact.freshness.models import Change, Scope

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/",
    "/impact/",
    "/impact/?tag=maps&year=2024",
    "/impact/feed/",
    "/impact/feed/atom/?images=email&tag=maps",
    "/communities/",
    "/communities/?q=reef",
    "/communities/reef/",
    "/communities/reef/feed/json/",
    "/roundups/",
    "/newsletter/",
    "/sitemap.xml",
    "/robots.txt",
    "/theme.css",
    "/search/suggestions/?q=reef",
)


def test_a_public_page_is_made_once_and_is_the_page_that_is_served_without_a_cache(
    client: Client, site: SimpleNamespace, made: list[str], settings: Settings
) -> None:
    first = [client.get(address) for address in ADDRESSES]
    assert {response.status_code for response in first} == {200}
    assert len(made) == len(ADDRESSES)
    second = [client.get(address) for address in ADDRESSES]
    assert len(made) == len(ADDRESSES)
    settings.PAGE_CACHES = []
    plain = Client()
    own = {"ETag", "Vary", "Cache-Control", "Last-Modified"}
    for address, one, two in zip(ADDRESSES, first, second, strict=True):
        without = plain.get(address)
        assert one.content == two.content == without.content, address
        assert one.headers == two.headers
        assert {k: v for k, v in two.headers.items() if k not in own} == {
            k: v for k, v in without.headers.items() if k not in own
        }
        # What stands for the whole site is there: policies, no frames.
        for name in ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options"):
            assert name in two.headers


def test_an_answer_costs_one_statement(
    client: Client, site: SimpleNamespace, django_assert_num_queries: Callable[..., Any]
) -> None:
    client.get("/impact/?tag=maps")
    with django_assert_num_queries(1):
        client.get("/impact/?tag=maps")


def test_other_spellings_of_a_query_are_the_same_page(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    first = client.get("/impact/?tag=maps&year=2024")
    for spelling in (
        "?year=2024&tag=maps",
        "?tag=maps&year=2024&utm_source=letter",
        "?tag=maps&tag=maps&tag=&year=2024&page=1",
        "?tag=+maps+&year=2024&sort=newest",
    ):
        assert client.get(f"/impact/{spelling}").content == first.content
    assert len(made) == 1
    client.get("/impact/?tag=maps&year=2023")
    assert len(made) == 2


def test_a_query_that_nobody_registered_is_not_kept(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    for _ in range(2):
        assert client.get("/?utm_source=letter").status_code == 200
        assert "ETag" not in client.get("/communities/reef/?x=1").headers
    assert len(made) == 4


def test_hosts_and_schemes_have_pages_of_their_own(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    assert b"http://testserver/" in client.get("/impact/").content
    assert b"http://localhost/" in client.get("/impact/", headers={"host": "localhost"}).content
    assert b"https://testserver/" in client.get("/impact/", secure=True).content
    assert len(made) == 3
    refused = client.get("/impact/", headers={"host": "elsewhere.example"})
    assert refused.status_code == 400


def test_htmx_has_a_page_of_its_own(client: Client, site: SimpleNamespace) -> None:
    address = "/impact/?utm_source=letter&tag=maps"
    for _ in range(2):
        answer = client.get(address, headers={"hx-request": "true"})
        assert answer["HX-Push-Url"] == "/impact/?tag=maps"
        assert "HX-Push-Url" not in client.get(address).headers


def test_the_head_of_a_kept_page(client: Client, site: SimpleNamespace, made: list[str]) -> None:
    client.head("/impact/")
    page = client.get("/impact/")
    assert len(made) == 2
    head = client.head("/impact/")
    assert len(made) == 2
    assert head.content == b""
    assert head.headers == page.headers


def test_it_comes_compressed(client: Client, site: SimpleNamespace) -> None:
    plain = client.get("/impact/")
    forms: dict[str, tuple[str | None, Callable[[bytes], bytes]]] = {
        "gzip, deflate, br": ("br", brotli.decompress),
        "gzip": ("gzip", gzip.decompress),
        "br;q=0, gzip;q=0.5": ("gzip", gzip.decompress),
        "identity": (None, bytes),
    }
    for accepted, (coding, read) in forms.items():
        answer = client.get("/impact/", headers={"accept-encoding": accepted})
        assert answer.headers.get("Content-Encoding") == coding
        assert int(answer["Content-Length"]) == len(answer.content)
        assert read(answer.content) == plain.content
        # The tag is of these very bytes.
        assert (answer["ETag"] == plain["ETag"]) is (coding is None)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("*", "identity"),
        ("BR", "br"),
        ("gzip;q=1.0,br;q=0.000", "gzip"),
        ("br ; q = 0", "identity"),
        ("zstd, x-gzip", "identity"),
        (";;;,,q=", "identity"),
    ],
)
def test_what_a_caller_can_read(accepted: str, coding: str) -> None:
    assert best_coding(accepted, ["identity", "br", "gzip"]) == coding


def test_the_headers(client: Client, site: SimpleNamespace) -> None:
    answer = client.get("/impact/")
    assert answer["Cache-Control"] == "max-age=0, must-revalidate"
    assert answer["Vary"] == "Accept-Encoding, Cookie, HX-Request"
    assert answer["ETag"].startswith('"')
    # A page that says itself how long it may be kept is not overruled.
    assert client.get("/impact/feed/")["Cache-Control"] == "public, no-cache"


def test_who_has_it_gets_304_and_nothing_is_made(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    addresses = ("/impact/", "/impact/feed/", "/impact/feed/json/?tag=maps")
    for address, accepted in product(addresses, ("", "br", "gzip")):
        headers = {"accept-encoding": accepted}
        tag = client.get(address, headers=headers)["ETag"]
        again = client.get(address, headers={**headers, "if-none-match": f'"other", {tag}'})
        assert again.status_code == 304
        assert (again.content, again["ETag"]) == (b"", tag)
        other = client.get(address, headers={**headers, "if-none-match": '"other"'})
        assert other.status_code == 200
    assert len(made) == len(addresses)


def test_the_first_who_asks_may_have_it_too(client: Client, site: SimpleNamespace) -> None:
    tag = client.get("/impact/")["ETag"]
    state.mark(Scope.SITE, "something else")
    assert client.get("/impact/", headers={"if-none-match": tag}).status_code == 304


def test_a_date_alone_is_believed_when_no_second_version_can_share_it(
    client: Client, site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    dated = {"if-modified-since": client.get("/impact/feed/")["Last-Modified"]}
    # Made within this second: another version of this second may have been seen before.
    assert client.get("/impact/feed/", headers=dated).status_code == 200
    state.mark(Scope.SITE, "something else")
    later = middleware.time.time() + 10
    monkeypatch.setattr(middleware.time, "time", lambda: later)
    assert client.get("/impact/feed/", headers=dated).status_code == 304
    assert client.get("/impact/feed/", headers=dated).status_code == 304


def test_a_change_is_seen_by_the_next_request(client: Client, site: SimpleNamespace) -> None:
    address = site.story.get_url()
    for title in ("Once", "Twice", "Thrice"):
        site.story.title = title
        site.story.save_revision().publish()
        for page in (address, "/impact/", "/", "/communities/reef/", "/impact/feed/"):
            assert title in client.get(page).content.decode()
    site.story.unpublish()
    assert client.get(address).status_code == 404
    assert "Thrice" not in client.get("/impact/").content.decode()


def test_a_page_ends_when_the_clock_says_so(client: Client, site: SimpleNamespace) -> None:
    Page.objects.filter(pk=site.story.pk).update(
        expire_at=timezone.now() + timedelta(milliseconds=1500)
    )
    rules.forget()
    assert "Tide gauges" in client.get("/impact/").content.decode()
    assert client.get(site.story.get_url()).status_code == 200
    # No signal, no save: time passes.
    middleware.time.sleep(1.6)
    assert "Tide gauges" not in client.get("/impact/").content.decode()
    assert client.get(site.story.get_url()).status_code == 404


def test_no_page_is_older_than_its_day(settings: Settings, site: SimpleNamespace) -> None:
    settings.TIME_ZONE = "Europe/Lisbon"
    until = datetime.fromtimestamp(rules.at(state.current()).until, tz=UTC)
    local = until.astimezone(timezone.get_default_timezone())
    assert (local.hour, local.minute) == (0, 0)
    assert timedelta(0) < until - timezone.now() <= timedelta(hours=25)


def test_another_release_makes_its_own_pages(
    client: Client, site: SimpleNamespace, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/impact/")
    # In a process of its own, which has read no address yet.
    monkeypatch.setattr(addresses, "release", lambda: "another")
    rules.forget()
    client.get("/impact/")
    assert len(made) == 2


def test_a_change_while_a_page_is_made_is_not_lost(
    client: Client, site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was made before the change holds for the version before it, and for no other."""
    original = type(site.gallery).serve

    def serve(self: Any, *args: Any, **kwargs: Any) -> Any:
        response = original(self, *args, **kwargs).render()
        site.story.title = "Changed meanwhile"
        site.story.save_revision().publish()
        return response

    with monkeypatch.context() as slow:
        slow.setattr(type(site.gallery), "serve", serve)
        assert "Changed meanwhile" not in client.get("/impact/").content.decode()
    assert "Changed meanwhile" in client.get("/impact/").content.decode()


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Take the database away, as far as the cache can see."""

    def take_away() -> None:
        def refuse() -> int:
            raise OperationalError("connection refused")

        monkeypatch.setattr(middleware, "current", refuse)

    return take_away


def test_without_the_database_pages_are_shown_as_they_were(
    client: Client,
    site: SimpleNamespace,
    made: list[str],
    away: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = client.get("/impact/?tag=maps")
    away()
    stale = client.get("/impact/?tag=maps")
    assert stale.content == page.content
    assert stale["Warning"].startswith("110 ")
    assert int(stale["Age"]) >= 0
    assert "the database can't be reached" in caplog.text
    assert len(made) == 1


def test_without_the_database_nothing_that_is_known_to_be_outdated_is_shown(
    client: Client, site: SimpleNamespace, away: Callable[[], None]
) -> None:
    address = site.story.get_url()
    client.get(address)
    site.story.unpublish()
    # This process has seen the change; it has not been asked for the page since.
    client.get("/")
    away()
    assert "Warning" not in client.get(address).headers


def test_the_database_is_asked_again(
    client: Client,
    site: SimpleNamespace,
    away: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(middleware, "PATIENCE", 0)
    client.get("/impact/")
    away()
    assert "Warning" in client.get("/impact/").headers
    monkeypatch.undo()
    assert Change.objects.count() == 0
    assert "Warning" not in client.get("/impact/").headers


def test_a_change_that_waits_for_the_database_is_never_hidden_by_an_older_page(
    client: Client, site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is there, but something has held it too long for the change to be worked off."""
    client.raise_request_exception = False
    assert client.get("/impact/").status_code == 200

    def locked(changes: object, number: int) -> None:
        raise OperationalError("database is locked")

    PageViewRestriction.objects.create(page=site.gallery, restriction_type="login")
    with monkeypatch.context() as patch:
        patch.setattr(state, "_handlers", [locked])
        for _ in range(2):
            assert client.get("/impact/").status_code == 503
    assert client.get("/impact/").status_code == 302
