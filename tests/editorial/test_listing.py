"""The listing of entries, in the menu and in the gallery's explorer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from impact.editorial.filters import STATUSES
from impact.gallery.models import GalleryPage
from tests.factories import make_category, make_community, make_link, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


def listing_url() -> str:
    return reverse("entries:index")


def explorer_url() -> str:
    return reverse("wagtailadmin_explore", args=[GalleryPage.objects.get().pk])


def titles(client: Client, url: str, **query: Any) -> list[str]:
    response = client.get(url, query)
    assert response.status_code == 200
    return [page.title for page in response.context["object_list"]]


@pytest.fixture
def entries(gallery: GalleryPage) -> None:
    reef, coast = make_community("Reef"), make_community("Coast")
    make_story("Old", date=date(2022, 3, 1), communities=[reef, coast], category="Policy")
    make_story("Thanked", date=date(2023, 3, 1), supporters=[reef])
    make_story("Draft", date=date(2024, 3, 1), live=False, communities=[coast])
    make_link("Link", date=date(2024, 5, 1))


@pytest.mark.parametrize("url", [listing_url, explorer_url])
def test_columns_say_what_an_editor_asks(editor: Client, entries: None, url: Any) -> None:
    html = editor.get(url()).content.decode()
    for text in ("Policy", "Reef, Coast", "Featured link", "Impact story", "Draft", "2022"):
        assert text in html, text
    assert titles(editor, url()) == ["Link", "Draft", "Thanked", "Old"]


@pytest.mark.parametrize("url", [listing_url, explorer_url])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"category": "policy"}, ["Old"]),
        ({"community": "reef"}, ["Thanked", "Old"]),
        ({"community": "coast"}, ["Draft", "Old"]),
        ({"year": ["2022", "2023"]}, ["Thanked", "Old"]),
        ({"kind": "link"}, ["Link"]),
        ({"kind": "story", "year": "2024"}, ["Draft"]),
        ({"status": "draft"}, ["Draft"]),
        ({"status": "live", "year": "2024"}, ["Link"]),
        ({"q": "Old"}, ["Old"]),
        ({"q": "Old", "community": "coast", "status": "live"}, ["Old"]),
        ({"q": "Draft", "community": "reef"}, []),
        ({"q": "Old", "ordering": "category__sort_order"}, ["Old"]),
    ],
)
def test_filters_combine_with_each_other_and_with_search(
    editor: Client, entries: None, url: Any, query: dict[str, Any], expected: list[str]
) -> None:
    from impact.communities.models import CommunityPage
    from impact.taxonomy.models import Category

    keys = {"category": Category, "community": CommunityPage}
    query = {
        key: keys[key].objects.get(slug=value).pk if key in keys else value
        for key, value in query.items()
    }
    assert titles(editor, url(), **query) == expected


def test_each_status_finds_its_entries(editor: Client) -> None:
    make_story("Published").save_revision().publish()
    changed = make_story("Changed")
    changed.save_revision()
    changed.summary = "New."
    changed.save_revision()
    scheduled = make_story("Scheduled", live=False)
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    scheduled.save_revision().publish()
    review = make_story("Review", live=False)
    review.save_revision()
    review.get_workflow().start(review, None)
    expired = make_story("Expired")
    expired.unpublish(set_expired=True)
    found = {status: sorted(titles(editor, listing_url(), status=status)) for status, _ in STATUSES}
    assert found == {
        "live": ["Changed", "Published"],
        "changed": ["Changed"],
        "draft": ["Review", "Scheduled"],
        "scheduled": ["Scheduled"],
        "review": ["Review"],
        "expired": ["Expired"],
    }


def test_nonsense_in_a_filter_is_said_not_an_error(editor: Client, entries: None) -> None:
    for query in ({"year": "x"}, {"category": "999"}, {"kind": "x"}, {"status": "'"}, {"p": "99"}):
        assert editor.get(listing_url(), query).status_code == 200


@pytest.mark.parametrize("url", [listing_url, explorer_url])
def test_the_number_of_queries_does_not_grow(editor: Client, url: Any) -> None:
    communities = [make_community() for _ in range(4)]

    def queries() -> int:
        editor.get(url())
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert editor.get(url()).status_code == 200
        return len(captured)

    for number in range(3):
        make_story(communities=communities[:2], category=f"Category {number}").save_revision()
        make_link(communities=communities[:1]).save_revision()
    few = queries()
    for number in range(5):
        make_story(communities=communities, category=f"Category {number}").save_revision()
        make_link(communities=communities).save_revision()
    assert queries() == few


def test_a_writer_sees_the_listing_and_starts_a_new_entry_there(
    client: Client, entries: None
) -> None:
    client.force_login(make_user("Writers"))
    assert client.get(listing_url()).status_code == 200
    response = client.get(reverse("entries:choose_parent"))
    gallery = GalleryPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:add_subpage", args=[gallery.pk])
    html = client.get(response["Location"]).content.decode()
    assert "Impact story" in html
    assert "Featured link" in html


def test_the_menu_shows_editors_what_they_keep_and_writers_only_the_entries(
    client: Client, gallery: GalleryPage
) -> None:
    def menu(group: str) -> str:
        client.force_login(make_user(group))
        return client.get(reverse("wagtailadmin_home")).content.decode()

    assert "/admin/snippets/taxonomy/category/" in menu("Editors")
    assert "/admin/entries/" in menu("Editors")
    assert "/admin/entries/" in menu("Writers")
    assert "/admin/snippets/taxonomy/category/" not in menu("Writers")


def test_categories_stand_in_the_filter_in_their_order(editor: Client, entries: None) -> None:
    make_category("Zebra", sort_order=1)
    make_category("Aardvark", sort_order=2)
    html = editor.get(listing_url()).content.decode()
    assert html.index("Zebra") < html.index("Aardvark")
