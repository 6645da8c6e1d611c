"""What a search field offers while one types."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from impact.freshness.state import current
from impact.gallery import suggestions
from impact.gallery.models import GalleryPage
from tests.factories import make_author, make_community, make_link, make_story
from tests.gallery.test_hostile_input import NASTY

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(gallery: GalleryPage) -> None:
    reef = make_community("Reef Watch")
    ada = make_author("Rhea Reed")
    make_story(
        "The reef at night",
        slug="the-reef-at-night",
        communities=[reef],
        tags=["Reefs", "Water"],
        authors=[ada],
    )
    make_story(
        "Récif: a réef older",
        slug="older",
        communities=[reef],
        tags=["Reefs"],
        date=date(2020, 1, 1),
    )
    make_story("Nothing", summary="The reef is in the summary.", category="Reef work")
    make_link(
        "Reefs elsewhere",
        external_url="https://example.org/reefs",
        publisher="The Tide",
        date=date(2021, 1, 1),
    )
    make_story("A reef that is no more", live=False)
    make_community("Reef without stories")


def ask(client: Client, query: str) -> dict[str, list[tuple[str, str, str]]]:
    """Text, address and detail of what is offered, by group."""
    answer: dict[str, Any] = client.get(f"/search/suggestions/?{query}").json()
    return {
        group["label"]: [(o["text"], o["url"], o["detail"]) for o in group["options"]]
        for group in answer["groups"]
    }


def test_names_and_titles_that_begin_so_are_offered(client: Client, content: None) -> None:
    assert ask(client, "q=REE") == {
        "Communities": [("Reef Watch", "/impact/?community=reef-watch", "2")],
        "Categories": [("Reef work", "/impact/?category=reef-work", "1")],
        "Tags": [("Reefs", "/impact/?tag=reefs", "2")],
        "Authors": [("Rhea Reed", "/impact/?author=rhea-reed", "1")],
        "Stories": [
            ("The reef at night", "/impact/the-reef-at-night/", ""),
            ("Reefs elsewhere", "https://example.org/reefs", "The Tide"),
            ("Récif: a réef older", "/impact/older/", ""),
        ],
    }
    assert list(ask(client, "q=reef+wat")) == ["Communities"]
    assert ask(client, "q=reef+ni")["Stories"][0][0] == "The reef at night"


def test_what_is_offered_keeps_the_other_filters(client: Client, content: None) -> None:
    found = ask(client, "q=ree&tag=water&sort=oldest")
    assert found["Communities"] == [("Reef Watch", "/impact/?community=reef-watch&tag=water", "1")]
    assert [text for text, _url, _detail in found["Stories"]] == ["The reef at night"]
    assert "Categories" not in found


@pytest.mark.parametrize("query", ["", "q=", "q=r", "q=reef+w", "q=???", "q=zzz"])
def test_nothing_is_offered_for_too_little(client: Client, content: None, query: str) -> None:
    answer = client.get(f"/search/suggestions/?{query}")
    assert answer.status_code == 200
    assert answer.json()["groups"] == []
    assert answer.json()["status"] == "No suggestions"


def test_without_a_gallery_nothing_is_offered(client: Client, content: None) -> None:
    GalleryPage.objects.get().unpublish()
    assert ask(client, "q=reef") == {}


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_any_value_is_answered(client: Client, content: None, value: str) -> None:
    for key in ("q", "q=ree&since", "q=ree&tag", "page"):
        assert client.get(f"/search/suggestions/?{key}={value}").status_code == 200
    assert client.post("/search/suggestions/", {"q": "ree"}).status_code == 405


def test_few_statements_whatever_there_is(client: Client, content: None) -> None:
    def statements() -> int:
        # What has changed is taken note of once.
        current()
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/suggestions/?q=ree&tag=water")
        return len(captured)

    statements()
    few = statements()
    for number in range(30):
        make_story(f"Reef {number}", tags=[f"Reef {number}", "Water"])
    statements()
    assert statements() == few <= 6


def test_one_spelling_is_kept_of_what_means_the_same() -> None:
    assert suggestions.canonical({"q": " RÉEF  night", "x": "1", "page": "3"}) == "q=reef+night"
