"""Which entries a feed carries."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from lxml import etree
from wagtail.models import PageViewRestriction

from home.models import HomePage
from impact.communities.models import CommunityIndexPage
from impact.entries.models import StoryPage
from impact.gallery.models import GalleryPage
from impact.people.models import Author
from tests.factories import make_author, make_community, make_link, make_roundup, make_story
from tests.feeds.conftest import ATOM, JSON, PATHS, RSS, document, titles
from tests.visibility import HIDDEN, hide

pytestmark = pytest.mark.django_db


def test_newest_fifty_by_date_whatever_the_order_of_writing(
    client: Client, gallery: GalleryPage
) -> None:
    for number in range(52):
        make_story(f"Story {number:02}", date=date(2020, 1, 1).replace(year=2020 + number % 5))
    make_story("Oldest", date=date(1999, 1, 1))
    found = titles(client, "/impact/feed/")
    assert len(found) == 50
    assert found[0] == "Story 49"
    assert "Oldest" not in found


def test_a_corrected_date_reorders_nothing(client: Client, gallery: GalleryPage) -> None:
    for number in range(3):
        make_story(f"Story {number}", date=date(2020, 1, 1 + number))
    before = client.get("/impact/feed/json/").json()["items"]
    story = StoryPage.objects.get(title="Story 0")
    story.date = date(2021, 6, 1)
    story.save_revision().publish()
    after = client.get("/impact/feed/json/").json()["items"]
    for name in ("title", "id", "date_published"):
        assert [item[name] for item in after] == [item[name] for item in before]
    assert titles(client, "/impact/feed/?year=2021") == ["Story 0"]
    assert titles(client, "/impact/feed/?until=2020-12-31") == ["Story 2", "Story 1"]


def test_page_and_sort_are_ignored(client: Client, collection: SimpleNamespace) -> None:
    plain = client.get("/impact/feed/").content
    assert client.get("/impact/feed/?sort=oldest&page=7").content == plain
    assert client.get("/impact/feed/?page=none&utm_source=mail").content == plain


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("year=2024&kind=story", ["Corals", "Plain"]),
        ("kind=link", ["Elsewhere"]),
        ("category=teaching", ["Plain"]),
        ("category=teaching&category=field-work", ["Corals", "Plain"]),
        ("tag=open-source", ["Corals"]),
        ("author=ben-okri", ["Corals"]),
        ("community=reef-watch", ["Corals", "Elsewhere"]),
        ("community=funder", []),
        ("community=reef-watch&kind=link", ["Elsewhere"]),
        ("q=corals", ["Corals"]),
        ("since=2024-05-01&until=2024-05-31", ["Corals", "Elsewhere"]),
        ("since=2024-05-02", ["Corals"]),
        ("until=2024-04-30", ["Plain"]),
        ("since=soon", []),
        ("year=1066", []),
        ("category=no-such-category", []),
    ],
)
def test_the_filters_of_the_gallery_apply(
    client: Client, collection: SimpleNamespace, query: str, expected: list[str]
) -> None:
    found = titles(client, f"/impact/feed/?{query}")
    assert [title.split()[0] for title in found] == expected
    items = client.get(f"/impact/feed/json/?{query}").json()["items"]
    assert [item["title"].split()[0] for item in items] == expected


def test_a_search_is_ordered_by_date_too(client: Client, gallery: GalleryPage) -> None:
    make_story("Water water water", summary="water", date=date(2020, 1, 1))
    make_story("Rivers", summary="Some water.", date=date(2021, 1, 1))
    assert titles(client, "/impact/feed/?q=water") == ["Rivers", "Water water water"]


def test_self_link_is_canonical(client: Client, collection: SimpleNamespace) -> None:
    feed = client.get("/impact/feed/json/?year=2024&page=3&kind=story&bogus=1&kind=link").json()
    assert feed["feed_url"] == "http://testserver/impact/feed/json/?kind=link&kind=story&year=2024"
    assert feed["home_page_url"] == "http://testserver/impact/?kind=link&kind=story&year=2024"
    assert feed["title"].startswith("Impact: 2024, ")


def test_a_community_carries_what_is_about_it(client: Client, collection: SimpleNamespace) -> None:
    found = titles(client, "/communities/reef-watch/feed/")
    assert [title.split()[0] for title in found] == ["Corals", "Elsewhere"]
    assert titles(client, "/communities/funder/feed/") == []
    assert titles(client, "/communities/reef-watch/feed/?kind=link") == ["Elsewhere"]
    # Another community in the query does not widen or narrow it.
    assert len(titles(client, "/communities/reef-watch/feed/?community=funder")) == 2


def test_roundups_stand_in_the_unfiltered_feed_only(
    client: Client, collection: SimpleNamespace
) -> None:
    make_roundup(2022, live=False)
    title = collection.roundup.title
    assert titles(client, "/impact/feed/")[-1] == title
    assert titles(client, "/impact/feed/?sort=oldest")[-1] == title
    assert title not in titles(client, "/impact/feed/?year=2023")
    assert title not in titles(client, "/communities/reef-watch/feed/")
    items = client.get("/impact/feed/json/").json()["items"]
    assert [item["id"] for item in items if item["title"] == title] == [collection.roundup.guid]
    assert "Impact report 2022" not in titles(client, "/impact/feed/")


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_roundup_is_not_carried(
    client: Client, collection: SimpleNamespace, how: str
) -> None:
    hide(collection.roundup, how)
    assert collection.roundup.title not in titles(client, "/impact/feed/")


@pytest.mark.parametrize("path", PATHS)
def test_drafts_and_private_entries_never_appear(
    client: Client, gallery: GalleryPage, path: str
) -> None:
    reef = make_community("Reef")
    make_story("Hidden draft", live=False, communities=[reef])
    private = make_story("Hidden private", communities=[reef])
    make_link("Hidden link", live=False, communities=[reef])
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for address in ("/impact/", "/communities/reef/"):
        assert "Hidden" not in client.get(f"{address}{path}").content.decode()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("restriction", ["login", "password"])
@pytest.mark.parametrize("which", ["gallery", "home"])
def test_the_feed_of_a_private_gallery_is_not_served(
    client: Client, home: HomePage, gallery: GalleryPage, which: str, restriction: str, path: str
) -> None:
    make_story("Hidden")
    page = gallery if which == "gallery" else home
    PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="secret")
    response = client.get(f"/impact/{path}")
    assert response.status_code == (302 if restriction == "login" else 200)
    assert "Hidden" not in response.content.decode()
    assert response["Content-Type"].startswith("text/html")
    assert "ETag" not in response


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("which", ["community", "index"])
def test_the_feed_of_a_private_community_is_not_served(
    client: Client, home: HomePage, which: str, path: str
) -> None:
    reef = make_community("Reef")
    make_story("Public, but of a private community", communities=[reef])
    page = reef if which == "community" else CommunityIndexPage.objects.get()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(f"/communities/reef/{path}").status_code == 302
    # Nor does the gallery's feed tell that there is such a community.
    assert titles(client, "/impact/feed/?community=reef") == []


def test_an_unpublished_page_has_no_feed(client: Client, gallery: GalleryPage) -> None:
    reef = make_community("Reef")
    reef.unpublish()
    gallery.unpublish()
    assert client.get("/communities/reef/feed/").status_code == 404
    assert client.get("/impact/feed/").status_code == 404


def test_a_feed_is_read_only(client: Client, gallery: GalleryPage) -> None:
    assert client.post("/impact/feed/").status_code in (403, 405)
    assert client.head("/impact/feed/").status_code == 200
    assert client.get("/impact/feed/rss/").status_code == 404


HOSTILE = [
    "q=%00%01%0b%1f",
    "q=%ff%fe%c3%28",
    "q=" + "x" * 10_000,
    "q=%27%29%3B%20DROP%20TABLE%20x%3B--",
    "q=%3Cscript%3Ealert(1)%3C/script%3E]]%3E%26amp;",
    "q=%EF%BF%BE%EF%BF%BF%ED%A0%80",
    "q=%22unclosed+AND+(+OR+*%3A",
    "tag=%00&category=%3Cb%3E&author=../../etc&kind=everything",
    "community=%00%08&year=99999999999999999999&year=-1&year=0",
    "since=0000-00-00&until=9999-99-99",
    "since=%00&until=2024-02-30",
    "page=-1&page=1e9&sort=%00",
    "&".join(f"tag={n}" for n in range(900)),
    "&".join(f"k{n}=v" for n in range(900)),
    "%00=%00&=&&&===",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_give_a_valid_feed(
    client: Client, collection: SimpleNamespace, query: str
) -> None:
    for address in ("/impact/", "/communities/reef-watch/"):
        for path in (RSS, ATOM):
            tree = document(client, f"{address}{path}?{query}")
            assert not [e for e in tree.iter() if etree.QName(e).localname == "script"]
        feed = client.get(f"{address}{JSON}?{query}")
        assert feed.status_code == 200
        assert feed.json()["version"].endswith("1.1")


def test_too_many_parameters_are_no_server_error(
    client: Client, collection: SimpleNamespace
) -> None:
    query = "&".join(f"k{n}=v" for n in range(20_000))
    assert client.get(f"/impact/feed/?{query}").status_code in (200, 400)


def test_what_xml_can_not_carry_is_left_out(client: Client, gallery: GalleryPage) -> None:
    author = make_author("Ada")
    Author.objects.filter(pk=author.pk).update(name="A\x0bda\uffff")
    make_story(
        "Bell\x07 and\x1b escape",
        summary="Form\x0cfeed \ufffe end",
        authors=[author],
        body=[("text", "<p>Vertical\x0btab</p>")],
    )
    item = document(client, "/impact/feed/").find("channel/item")
    assert item.findtext("title") == "Bell and escape"
    assert item.findtext("description") == "Formfeed  end"
    entry = client.get("/impact/feed/json/").json()["items"][0]
    assert entry["authors"] == [{"name": "Ada"}]
    assert "Verticaltab" in entry["content_html"]
    assert document(client, "/impact/feed/atom/") is not None


def test_the_title_says_the_time_in_words(client: Client, collection: SimpleNamespace) -> None:
    def title(query: str) -> str:
        return str(document(client, f"/impact/feed/?{query}").findtext("channel/title"))

    assert title("since=2024-05-01&until=2024-05-31").startswith("Impact: May 2024 – ")
    assert title("since=2024-05-02").startswith("Impact: since 2 May 2024 – ")
