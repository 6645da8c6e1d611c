"""The editor's form for a link by address."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from home.models import HomePage
from tests.factories import make_standard_page, make_user

FIELDS = {"external-link-chooser-link_text": ""}


@pytest.fixture
def editor(home: HomePage, client: Client) -> Client:
    """A signed-in editor."""
    Site.objects.update(hostname="stories.example.org", port=80)
    Site.clear_site_root_paths_cache()
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    client.force_login(make_user(is_superuser=True))
    return client


def send(client: Client, url: str) -> dict[str, Any]:
    """What the form answers to an address."""
    address = reverse("wagtailadmin_choose_page_external_link")
    response = client.post(address, {**FIELDS, "external-link-chooser-url": url})
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.mark.parametrize(
    "url",
    [
        "/river/?a=1#part",
        "/river?a=1#part",
        "http://stories.example.org/river/?a=1#part",
        "http://127.0.0.1/river/?a=1#part",
    ],
)
def test_an_address_of_this_site_becomes_a_page_link(editor: Client, url: str) -> None:
    page = make_standard_page("River")
    answer = send(editor, url)
    assert answer["step"] == "external_link_chosen"
    assert answer["result"]["id"] == page.pk
    assert answer["result"]["url"] == "/river/?a=1#part"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/river/#part",
        "http://stories.example.org.evil.org/river/#part",
        "/nowhere/#part",
        "https://[bad/#part",
    ],
)
def test_any_other_address_stays_an_address_or_is_refused(editor: Client, url: str) -> None:
    make_standard_page("River")
    answer = send(editor, url)
    assert "id" not in answer.get("result", {})


def test_without_query_and_fragment_wagtail_answers(editor: Client) -> None:
    page = make_standard_page("River")
    assert send(editor, "/river/")["result"]["id"] == page.pk


def test_the_form_says_what_it_does(editor: Client) -> None:
    html = editor.get(reverse("wagtailadmin_choose_page_external_link")).json()["html"]
    assert "#part" in html


def test_visitors_may_not_use_it(home: HomePage, client: Client) -> None:
    response = client.get(reverse("wagtailadmin_choose_page_external_link"))
    assert response.status_code == 302
