"""What is for one visitor is never kept, and never answered from what is kept."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from impact.caching import middleware
from impact.caching.middleware import is_public, may_be_kept
from impact.gallery.models import GalleryPage
from tests.entries.forms import story_data
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PRIVATE: dict[str, dict[str, Any]] = {
    "login": {"restriction_type": "login"},
    "group": {"restriction_type": "groups"},
    "password": {"restriction_type": "password", "password": "tide"},
}


def test_who_has_a_session_gets_a_page_of_their_own(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    editor = Client()
    editor.force_login(make_user("Editors"))
    assert b"wagtail-userbar" in editor.get("/impact/").content
    # The editor's page was not kept; the visitor's is not given to the editor.
    assert b"wagtail-userbar" not in client.get("/impact/").content
    assert b"wagtail-userbar" in editor.get("/impact/").content
    assert len(made) == 3


def test_who_says_who_they_are_gets_a_page_of_their_own(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    for _ in range(2):
        assert "ETag" not in client.get("/impact/", headers={"authorization": "Basic eDp5"}).headers
    assert len(made) == 2


@pytest.mark.parametrize("name", ["sessionid", "messages", "csrftoken"])
def test_cookies_of_ones_own(
    site: SimpleNamespace, made: list[str], client: Client, name: str
) -> None:
    client.get("/impact/")
    client.cookies[name] = "x"
    for _ in range(2):
        assert "ETag" not in client.get("/impact/").headers
    assert len(made) == 3


def test_cookies_that_mean_nothing_here(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    client.get("/impact/")
    client.cookies["_visits"] = "7"
    assert "ETag" in client.get("/impact/").headers
    assert len(made) == 1


def test_only_reading_is_answered(client: Client, site: SimpleNamespace, made: list[str]) -> None:
    client.get("/impact/")
    for method in ("post", "put", "patch", "delete", "options"):
        assert "ETag" not in getattr(client, method)("/impact/").headers
    assert len(made) == 6


def test_the_editors_preview_is_made_each_time(site: SimpleNamespace, client: Client) -> None:
    """Wagtail sends a preview through all middleware as a request for the page's own address."""
    address = site.story.get_url()
    public = client.get(address).content
    editor = Client()
    editor.force_login(make_user("Editors"))
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[site.story.pk])
    for title in ("Seen by the editor", "Seen again"):
        data = story_data(title=title, slug=site.story.slug)
        assert editor.post(preview, data).json()["is_valid"]
        assert title in editor.get(preview).content.decode()
    assert client.get(address).content == public


def test_a_preview_without_cookies_is_a_preview(site: SimpleNamespace, client: Client) -> None:
    client.get(site.story.get_url())
    site.story.title = "Not yet"
    answer = site.story.make_preview_request()
    assert "Not yet" in answer.content.decode()
    assert "Not yet" not in client.get(site.story.get_url()).content.decode()


@pytest.mark.parametrize("how", PRIVATE)
@pytest.mark.parametrize("which", ["story", "gallery"])
def test_private_pages(
    client: Client, site: SimpleNamespace, made: list[str], how: str, which: str
) -> None:
    """Also when it is the parent that becomes private: the story lies below the gallery."""
    addresses = [site.story.get_url()]
    addresses += ["/impact/", "/impact/feed/"] if which == "gallery" else []
    before = {address: client.get(address).content for address in addresses}
    restriction = PageViewRestriction.objects.create(page=getattr(site, which), **PRIVATE[how])
    made.clear()
    for address in addresses * 2:
        answer = client.get(address)
        assert "ETag" not in answer.headers
        assert b"Tide gauges" not in answer.content
        assert "private" in answer["Cache-Control"] or answer.status_code == 302
    assert len(made) == 2 * len(addresses)
    restriction.delete()
    for address in addresses:
        assert client.get(address).content == before[address]


def test_who_knows_the_password_leaves_nothing_behind(
    client: Client, site: SimpleNamespace
) -> None:
    restriction = PageViewRestriction.objects.create(page=site.story, **PRIVATE["password"])
    address = site.story.get_url()
    friend = Client()
    friend.post(
        reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, site.story.pk]),
        {"password": "tide", "return_url": address},
    )
    assert b"Tide gauges" in friend.get(address).content
    assert b"Tide gauges" not in client.get(address).content
    assert b"Tide gauges" in friend.get(address).content


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/login/",
        "/documents/1/x.pdf",
        "/pictures/s/1/width-100/",
        "/search/",
        "/healthz/live/",
        "/healthz/ready/",
        "/_util/login/",
        "/_util/authenticate_with_password/1/1/",
        "/static/x.css",
        "/no//such",
    ],
)
def test_other_addresses_are_not_looked_at(path: str) -> None:
    assert not is_public(path)


def test_the_probe_asks_nobody(client: Client, kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(middleware, "current")
    assert client.get("/healthz/live/").status_code == 200


def test_errors_and_redirects_are_not_kept(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    for address, status in (("/nowhere/", 404), ("/impact", 301), ("/impact/?page=99", 404)):
        for _ in range(2):
            answer = client.get(address)
            assert (answer.status_code, "ETag" in answer.headers) == (status, False)
    assert len(made) >= 4


Act = Callable[[HttpRequest, HttpResponse], object]


def says(name: str, value: str) -> Act:
    """Let a page set a header."""
    return lambda request, response: response.headers.__setitem__(name, value)


FOR_ONE: dict[str, Act] = {
    "a session": lambda request, response: request.session.update({"seen": True}),
    "a message": lambda request, response: messages.info(request, "Saved."),
    "a form's token": lambda request, response: get_token(request),
    "a cookie": lambda request, response: response.set_cookie("shown", "1"),
    "private": says("Cache-Control", "private, max-age=60"),
    "not to be stored": says("Cache-Control", "no-store"),
    "another in each language": says("Vary", "Accept-Language"),
    "another for everybody": says("Vary", "*"),
    "compressed": says("Content-Encoding", "gzip"),
    "a nonce": says("Content-Security-Policy", "script-src 'nonce-abc'"),
    "too large": lambda request, response: response.write(" " * (middleware.LARGEST + 1)),
}


@pytest.mark.parametrize("act", FOR_ONE.values(), ids=FOR_ONE)
def test_what_a_page_says_is_for_one_visitor(
    site: SimpleNamespace, made: list[str], monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    original = GalleryPage.serve

    def serve(self: GalleryPage, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = original(self, request, *args, **kwargs).render()
        act(request, response)
        return response

    monkeypatch.setattr(GalleryPage, "serve", serve)
    # Each time somebody new.
    for _ in range(2):
        answer = Client().get("/impact/")
        assert (answer.status_code, "ETag" in answer.headers) == (200, False)
    assert len(made) == 2


def test_what_is_sent_in_parts_is_not_kept() -> None:
    assert not may_be_kept(StreamingHttpResponse([b"part"]))
    assert may_be_kept(HttpResponse(b"whole"))


def test_turned_off(client: Client, site: SimpleNamespace, settings: Settings) -> None:
    settings.PAGE_CACHES = []
    assert "ETag" not in client.get("/impact/").headers
    assert Page.objects.exists()
