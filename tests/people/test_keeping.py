"""How editors keep the authors."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from impact.gallery.models import GalleryPage
from impact.people.models import Author, complete_address
from tests.factories import make_author, make_story, make_user

pytestmark = pytest.mark.django_db

AUTHOR = "wagtailsnippets_people_author"


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


def author_data(links: list[dict[str, str]] = [], **changes: Any) -> dict[str, Any]:  # noqa: B006
    fields = {"name": "Ada", "slug": "ada", "role": "", "bio": "", "picture": "", "account": ""}
    return nested_form_data({**fields, **changes, "links": inline_formset(links)})


def test_an_author_is_created_with_links(editor: Client) -> None:
    links = [{"name": "Site", "url": "ada.example.org"}, {"name": "Mail", "url": "a@example.org"}]
    editor.post(reverse(f"{AUTHOR}:add"), author_data(links))
    author = Author.objects.get()
    assert [link.url for link in author.links.all()] == [
        "https://ada.example.org",
        "mailto:a@example.org",
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.org", "ada"])
def test_a_link_that_no_reader_can_open_is_refused(editor: Client, url: str) -> None:
    response = editor.post(reverse(f"{AUTHOR}:add"), author_data([{"name": "Site", "url": url}]))
    assert "https://" in response.context["form"].formsets["links"].errors[0]["url"][0]
    assert not Author.objects.exists()


def test_what_is_plain_is_completed() -> None:
    assert complete_address("https://a.org/x") == "https://a.org/x"
    assert complete_address(" a.org/x ") == "https://a.org/x"
    assert complete_address("@ada@social.example") == "@ada@social.example"
    assert complete_address("") == ""


def test_two_authors_can_not_share_an_account(editor: Client) -> None:
    user = make_user("Writers")
    make_author("Bea", account=user)
    response = editor.post(reverse(f"{AUTHOR}:add"), author_data(account=user.pk))
    assert list(response.context["form"].errors) == ["account"]


def test_the_list_counts_entries(editor: Client) -> None:
    ada = make_author("Ada")
    make_story(authors=[ada])
    make_story(authors=[ada])
    response = editor.get(reverse(f"{AUTHOR}:list"))
    assert [(a.name, a.entry_count) for a in response.context["object_list"]] == [("Ada", 2)]
