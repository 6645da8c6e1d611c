"""The community index: who is listed, how many each choice would list, and what bad input does."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from home.models import HomePage
from impact.communities.models import CommunityIndexPage
from tests.documents import document, queries_of, texts
from tests.factories import make_community, make_image, make_link, make_story
from tests.visibility import HIDDEN, hide

pytestmark = pytest.mark.django_db

URL = "/communities/"


def listed(page: Any) -> list[str]:
    return [one.get("data-community") for one in page.xpath("//*[@data-community]")]


def counts(page: Any, key: str) -> dict[str, int]:
    found = page.xpath(f"//*[@data-facet='{key}']")
    return {one.get("data-value"): int(one.get("data-count")) for one in found}


def canonical(page: Any) -> str:
    return page.xpath("string(//link[@rel='canonical']/@href)").partition("testserver")[2]


def robots(page: Any) -> str:
    return page.xpath("string(//meta[@name='robots']/@content)")


@pytest.fixture
def network(home: HomePage) -> None:
    make_community("Reef Watch", kind="member", region="africa")
    make_community("Göta Älv", kind="member", region="europe")
    make_community("São Bento", kind="project", region="latin-america")
    make_community("Open Fund", kind="funder", region="europe")


def test_communities_stand_in_the_order_of_their_names(client: Client, network: None) -> None:
    assert listed(document(client, URL)) == ["gota-alv", "open-fund", "reef-watch", "sao-bento"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "member"}, ["gota-alv", "reef-watch"]),
        ({"region": "europe"}, ["gota-alv", "open-fund"]),
        ({"kind": "member", "region": "europe"}, ["gota-alv"]),
        ({"kind": ["member", "project"]}, ["gota-alv", "reef-watch", "sao-bento"]),
        ({"q": "SAO"}, ["sao-bento"]),
        ({"q": "älv göta"}, ["gota-alv"]),
        ({"q": "watch", "kind": "funder"}, []),
        ({"kind": "nonsense"}, []),
        ({"nonsense": "member"}, ["gota-alv", "open-fund", "reef-watch", "sao-bento"]),
    ],
)
def test_filters_add_up_and_values_of_one_are_alternatives(
    client: Client, network: None, query: dict[str, Any], expected: list[str]
) -> None:
    assert listed(document(client, URL, **query)) == expected


def test_the_count_beside_a_choice_is_what_choosing_it_lists(client: Client, network: None) -> None:
    page = document(client, URL, region="europe")
    assert counts(page, "kind") == {"member": 1, "funder": 1}
    assert counts(page, "region") == {"africa": 1, "europe": 2, "latin-america": 1}
    for link in page.xpath("//*[@data-facet='kind']"):
        assert len(listed(document(client, link.get("href")))) == int(link.get("data-count"))
    chosen = page.xpath("//*[@data-facet and @aria-current='true']")
    assert [one.get("data-value") for one in chosen] == ["europe"]


def test_the_search_form_keeps_what_is_chosen(client: Client, network: None) -> None:
    page = document(client, URL, region="europe", q="open")
    (form,) = page.xpath("//main//form")
    assert form.get("method") == "get"
    assert dict(form.form_values()) == {"region": "europe", "q": "open"}


def test_an_empty_result_offers_what_to_drop_and_a_way_out(client: Client, network: None) -> None:
    page = document(client, URL, kind="funder", q="reef")
    assert listed(page) == []
    drops = page.xpath("//div[@class='empty']//li/a")
    assert texts(drops) == ["Without Funder: 1 community", "Without “reef”: 1 community"]
    assert listed(document(client, drops[0].get("href"))) == ["reef-watch"]
    assert page.xpath("//div[@class='empty']//a[@class='button']/@href") == [URL]


def test_an_index_without_communities_says_so(client: Client, home: HomePage) -> None:
    page = document(client, URL)
    assert "No communities yet" in page.text_content()
    assert page.xpath("//main//form") == []


def test_canonical_address_and_what_may_be_indexed(client: Client, network: None) -> None:
    assert canonical(document(client, URL)) == URL
    one = document(client, f"{URL}?kind=member&kind=&x=1")
    assert (canonical(one), robots(one)) == (f"{URL}?kind=member", "")
    searched = document(client, URL, q="reef")
    assert robots(searched) == "noindex"
    both = document(client, f"{URL}?region=asia&kind=member")
    assert (canonical(both), robots(both)) == (f"{URL}?kind=member&region=asia", "noindex")
    assert {a.get("rel") for a in one.xpath("//a[@data-facet='region']")} == {"nofollow"}


def test_each_community_has_the_gallerys_count(client: Client, home: HomePage) -> None:
    reef, coast, fund = (make_community(name) for name in ("Reef", "Coast", "Fund"))
    make_story(communities=[reef, coast], supporters=[fund])
    make_link(communities=[reef])
    make_story(communities=[reef], live=False)
    page = document(client, URL)
    shown = {
        one.get("data-community"): texts(one.xpath(".//*[@class='community-item-count']"))
        for one in page.xpath("//*[@data-community]")
    }
    assert shown == {"reef": ["2 stories"], "coast": ["1 story"], "fund": []}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_community_is_neither_listed_nor_counted(
    client: Client, network: None, how: str
) -> None:
    hide(make_community("Secret", kind="funder", region="asia"), how)
    page = document(client, URL)
    assert "secret" not in listed(page)
    assert counts(page, "kind") == {"member": 2, "project": 1, "funder": 1}
    assert "asia" not in counts(page, "region")
    assert listed(document(client, URL, q="secret")) == []


def test_nothing_is_listed_under_a_private_index(client: Client, network: None) -> None:
    index = CommunityIndexPage.objects.get()
    PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert client.get(URL).status_code == 302
    front = document(client, "/")
    assert front.xpath("//*[@class='community-wall']") == []


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe&kind=%ff",
        "q=" + "a" * 10_000,
        "kind=" + "k" * 10_000,
        "q='%20OR%201=1--",
        "q=<script>alert(1)</script>&kind=<b>x</b>",
        "kind[]=member&region[$ne]=1",
        "&".join(f"kind=k{n}" for n in range(2000)),
        "q=%E2%80%AE%F0%9F%90%99&&&=&;",
        "kind=member%00",
    ],
)
def test_hostile_input_is_never_an_error_and_never_unescaped(
    client: Client, network: None, query: str
) -> None:
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert b"<b>x</b>" not in response.content


def test_counts_equal_a_count_by_hand(client: Client, home: HomePage) -> None:
    kinds, regions = ("member", "funder", "project"), ("asia", "europe", "")
    made = [
        make_community(f"Group {n}", kind=kinds[n % 3], region=regions[(n // 2) % 3])
        for n in range(17)
    ]
    page = document(client, URL)
    assert counts(page, "kind") == Counter(one.kind for one in made)
    assert counts(page, "region") == Counter(one.region for one in made if one.region)


def test_queries_do_not_grow_with_communities_and_logos(client: Client, home: HomePage) -> None:
    for number in range(3):
        make_community(f"First {number}", logo=make_image(), latitude=number, longitude=20)
    few = queries_of(client, URL)
    for number in range(30):
        make_community(f"More {number}", logo=make_image(), latitude=number, longitude=-20)
    assert queries_of(client, URL) == few


def points(page: Any, view: str = "wide") -> dict[str, str]:
    """Where the points of the map for a width lead, by what they are called."""
    found = page.xpath(f"//*[contains(@class, 'map-view-{view}')]//a")
    return {one.get("aria-label"): one.get("href") for one in found}


@pytest.fixture
def placed(home: HomePage) -> None:
    make_community("Reef Watch", region="oceania", country="Fiji", latitude=-18, longitude=178)
    make_community("Isar", region="europe", country="Germany", latitude="48.1", longitude="11.6")
    make_community("Salzach", region="europe", latitude="47.8", longitude=13)
    make_community("Nowhere", region="europe")
    hide(make_community("Secret", region="asia", latitude=30, longitude=80), "draft")


def test_communities_with_coordinates_are_points_that_lead_to_them(
    client: Client, placed: None
) -> None:
    page = document(client, URL)
    for view in ("narrow", "medium", "wide"):
        assert points(page, view) == {
            "2 communities: Isar, Salzach": "#together-1",
            "Reef Watch, Fiji": "/communities/reef-watch/",
        }
    (group,) = page.xpath("//*[@id='together-1']")
    assert group.xpath(".//a/@href") == ["/communities/isar/", "/communities/salzach/"]


def test_the_map_says_that_the_list_has_them_all(client: Client, placed: None) -> None:
    page = document(client, URL)
    (drawing,) = page.xpath("//section[@class='map']/svg")
    assert drawing.get("role") == "group"
    (note,) = page.xpath(f"//*[@id='{drawing.get('aria-describedby')}']")
    assert texts([note]) == ["3 of 4 stand on the map; the list below has them all."]
    assert page.xpath("//*[@id='communities']")[0].tag == "ul"


def test_the_points_follow_the_filter(client: Client, placed: None) -> None:
    assert list(points(document(client, URL, region="oceania"))) == ["Reef Watch, Fiji"]
    assert list(points(document(client, URL, q="isar"))) == ["Isar, Germany"]
    empty = document(client, URL, q="nobody")
    assert points(empty) == {}
    assert empty.xpath("//section[@class='map']")


def test_a_region_on_the_map_is_the_choice_above_it(client: Client, placed: None) -> None:
    page = document(client, URL, region="europe", q="a")
    links = {
        one.get("aria-label"): one for one in page.xpath("//a[contains(@class, 'map-region')]")
    }
    chips = page.xpath("//a[@data-facet='region']")
    assert [one.get("href") for one in links.values()] == [one.get("href") for one in chips]
    assert {label: one.get("aria-current") for label, one in links.items()} == {
        "Europe: 2 communities": "true",
        "Oceania: 1 community": None,
    }
    assert {one.get("rel") for one in links.values()} == {"nofollow"}


def test_without_any_coordinates_there_is_no_map(client: Client, network: None) -> None:
    hide(make_community("Secret", latitude=30, longitude=80), "draft")
    assert document(client, URL).xpath("//section[@class='map']") == []


def test_a_map_asks_no_query_of_its_own(client: Client, network: None) -> None:
    without = queries_of(client, URL)
    make_community("Placed", region="asia", latitude=30, longitude=80)
    assert document(client, URL).xpath("//section[@class='map']")
    assert queries_of(client, URL) == without


def test_nothing_on_the_map_is_styled_or_fetched(client: Client, placed: None) -> None:
    (section,) = document(client, URL).xpath("//section[@class='map']")
    assert section.xpath(".//@style | .//@src | .//script | .//style | .//image | .//use") == []
