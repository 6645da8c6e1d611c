"""The gallery's page: what stands in its HTML, for each rule of its outer surface."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from html5lib import HTMLParser

from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
from impact.gallery.models import GalleryPage
from tests.factories import (
    make_author,
    make_category,
    make_community,
    make_image,
    make_link,
    make_story,
)
from tests.gallery.reading import Read, read, words

pytestmark = pytest.mark.django_db
Fetch = Callable[..., Read]


@pytest.fixture
def get(client: Client, gallery: GalleryPage) -> Fetch:
    """Fetch the gallery with a query string and read it."""

    def fetch(query: str = "") -> Read:
        response = client.get(f"/impact/?{query}" if query else "/impact/")
        assert response.status_code == 200, response.status_code
        return read(response.content.decode())

    return fetch


def test_the_unfiltered_gallery_lists_everything_once(get: Fetch) -> None:
    pages = [make_story("A", date=date(2024, 1, 1)), make_link("B", date=date(2024, 1, 2))]
    found = get()
    assert found.total == 2
    assert found.entries == [(pages[1].slug, "link"), (pages[0].slug, "story")]
    assert found.heading == "2 entries"
    assert found.canonical == "http://testserver/impact/"
    assert found.robots == ""


def test_the_latest_featured_entry_opens_the_unfiltered_gallery_before_the_list(get: Fetch) -> None:
    older = make_story("Old featured", featured=True, date=date(2020, 1, 1))
    lead = make_story("Featured", featured=True, date=date(2021, 1, 1))
    latest = make_story("Latest", date=date(2024, 1, 1))
    found = get()
    opening = found.tree.find(".//section[@class='opening']")
    assert opening.get("aria-label") == "Featured"
    assert opening.find(".//a").get("href") == f"/impact/{lead.slug}/"
    assert opening.findall(".//*[@data-entry]") == []
    # The list is strictly newest first and holds everything once.
    assert [slug for slug, _ in found.entries] == [latest.slug, lead.slug, older.slug]
    assert found.total == 3
    for query in ("category=research", "sort=oldest", "q=featured"):
        assert "card-feature" not in get(query).html


def test_a_featured_entry_that_is_the_newest_opens_the_list_itself(get: Fetch) -> None:
    make_story("Earlier", date=date(2020, 1, 1))
    lead = make_story("Featured", featured=True, date=date(2021, 1, 1))
    found = get()
    assert found.tree.find(".//section[@class='opening']") is None
    first = found.tree.find(".//li[@class='opening']/article")
    assert first.get("data-entry") == lead.slug == found.entries[0][0]
    assert found.html.count("card-feature") == 1


def test_pages_hold_24_and_every_entry_once(get: Fetch, client: Client) -> None:
    make_story("Featured", featured=True, date=date(2001, 1, 1))
    for day in range(1, 26):
        make_story(f"Story {day}", date=date(2024, 1, day))
    first, second = get(), get("page=2")
    assert (len(first.entries), len(second.entries)) == (24, 2)
    assert first.total == second.total == 26
    assert len({slug for slug, _ in first.entries + second.entries}) == 26
    assert second.canonical == "http://testserver/impact/?page=2"
    assert '<a href="/impact/?page=2"' in re.sub(r"\s+", " ", first.html)
    assert client.get("/impact/?page=3").status_code == 404


@pytest.mark.parametrize(
    "page", ["0", "-1", "abc", "1.5", "999999999999999999999", "０", "２", "%00", "9" * 5000]
)
def test_a_page_that_is_malformed_or_past_the_end_is_not_found(
    client: Client, gallery: GalleryPage, page: str
) -> None:
    assert client.get(f"/impact/?page={page}").status_code == (200 if page == "%00" else 404)


def test_page_1_of_an_empty_result_is_found(get: Fetch, client: Client) -> None:
    assert get("tag=nope&page=1").total == 0
    assert client.get("/impact/?tag=nope&page=2").status_code == 404


def test_facet_values_carry_their_hooks_and_lead_to_canonical_addresses(get: Fetch) -> None:
    reef = make_community("Reef")
    make_story(communities=[reef], tags=["Open Source"], authors=[make_author("Ada")])
    make_link(tags=["Open Source", "Maps"], category="Policy", date=date(2023, 1, 1))
    found = get("tag=open-source&utm_source=mail")
    assert found.facets["tag"] == {"open-source": 2, "maps": 1}
    assert found.facets["year"] == {"2024": 1, "2023": 1}
    assert found.facets["category"] == {"policy": 1, "research": 1}
    assert found.facets["community"] == {"reef": 1}
    assert found.facets["author"] == {"ada": 1}
    assert found.facets["kind"] == {"story": 1, "link": 1}
    assert found.chosen == {("tag", "open-source")}
    assert found.links["tag", "open-source"].href == "/impact/"
    assert found.links["tag", "maps"].href == "/impact/?tag=maps&tag=open-source"
    assert found.links["year", "2023"].href == "/impact/?tag=open-source&year=2023"
    for link in found.links.values():
        query = urlsplit(link.href).query
        assert GalleryFilter.from_query(_lists(query)).query() == query


def _lists(query: str) -> dict[str, list[str]]:
    return parse_qs(query)


def test_each_count_is_what_its_link_gives(get: Fetch) -> None:
    reef, coast = make_community("Reef"), make_community("Coast")
    make_story(communities=[reef], tags=["a", "b"])
    make_story(communities=[reef, coast], tags=["b"], date=date(2023, 1, 1))
    make_link(communities=[coast], tags=["a"], category="Policy")
    for query in ("", "year=2024", "community=reef&kind=story"):
        found = get(query)
        chosen = {key for key, _ in found.chosen}
        for (key, value), link in found.links.items():
            if key in chosen:
                continue
            assert get(urlsplit(link.href).query).total == found.facets[key][value]


def test_a_chosen_value_without_entries_stays_chosen(get: Fetch) -> None:
    make_story(tags=["Maps"], date=date(2023, 1, 1))
    make_story(tags=["Water"])
    found = get("tag=maps&year=2024")
    assert found.total == 0
    assert found.facets["tag"] == {"water": 1, "maps": 0}
    assert found.chosen == {("tag", "maps"), ("year", "2024")}


def test_all_values_stand_in_the_html_the_smaller_ones_behind_show_all(get: Fetch) -> None:
    make_story(tags=[f"Tag {n:02}" for n in range(30)])
    found = get()
    assert len(found.facets["tag"]) == 30
    details = found.tree.find(".//details[@id='more-tag']")
    assert details is not None
    assert "Show all 30" in "".join(details.itertext())
    assert len(details.findall(".//a[@data-facet='tag']")) == 22
    assert len(found.tree.findall(".//a[@data-facet='tag']")) == 30


def test_a_chosen_value_is_never_hidden(get: Fetch) -> None:
    make_story(tags=[f"Tag {n:02}" for n in range(30)])
    found = get("tag=tag-29")
    details = found.tree.find(".//details[@id='more-tag']")
    assert details.find(".//a[@data-value='tag-29']") is None
    assert found.chosen == {("tag", "tag-29")}


@pytest.mark.parametrize(
    ("query", "robots"),
    [
        ("", ""),
        ("tag=a", ""),
        ("tag=a&tag=a&page=1", ""),
        ("tag=a&tag=b", "noindex"),
        ("tag=a&year=2024", "noindex"),
        ("q=reef", "noindex"),
        ("since=2024-01-01", "noindex"),
        ("until=2024-01-01", "noindex"),
        ("until=nonsense", "noindex"),
    ],
)
def test_search_engines_are_told_what_to_list(get: Fetch, query: str, robots: str) -> None:
    make_story(tags=["a", "b"])
    assert get(query).robots == robots


def test_links_to_what_is_not_indexed_are_not_followed(get: Fetch) -> None:
    make_story(tags=["a", "b"])
    for query in ("", "tag=a", "tag=a&year=2024", "q=entry"):
        for link in get(query).internal:
            wanted = GalleryFilter.from_query(_lists(urlsplit(link.href).query))
            assert ("nofollow" in link.rel) is (not wanted.indexable), link


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("utm_source=x", ""),
        ("q=&since=&until=&sort=newest&page=1", ""),
        ("year=2024&tag=b&tag=a&tag=b", "?tag=a&tag=b&year=2024"),
        ("sort=oldest", "?sort=oldest"),
        ("q=caf%C3%A9+noir&sort=relevance", "?q=caf%C3%A9+noir"),
    ],
)
def test_the_canonical_link_is_the_canonical_spelling(
    get: Fetch, query: str, canonical: str
) -> None:
    make_story(tags=["a", "b"])
    assert get(query).canonical == f"http://testserver/impact/{canonical}"


def test_chips_take_one_choice_away_each_and_clear_all_every_one(get: Fetch) -> None:
    make_community("Reef")
    make_story("Tide", tags=["Open Source"])
    found = get("tag=open-source&q=tide&since=2024-05-01&until=2024-05-31")
    assert found.chips == {
        "Open Source": "/impact/?q=tide&since=2024-05-01&until=2024-05-31",
        "“tide”": "/impact/?since=2024-05-01&tag=open-source&until=2024-05-31",
        "May 2024": "/impact/?q=tide&tag=open-source",
        "Clear all": "/impact/",
    }


def test_the_form_keeps_what_is_chosen(get: Fetch) -> None:
    make_story(tags=["a", "b"])
    found = get("tag=a&tag=b&sort=oldest&q=x%22y&since=2024-05-01&page=1")
    form = found.tree.find(".//form[@class='gallery-form']")
    fields = [(i.get("name"), i.get("value")) for i in form.iter("input") if i.get("name")]
    assert form.get("method") == "get"
    assert fields == [
        ("tag", "a"),
        ("tag", "b"),
        ("sort", "oldest"),
        ("q", 'x"y'),
        ("since", "2024-05-01"),
        ("until", ""),
    ]


def test_orders_are_links_and_relevance_needs_words(get: Fetch) -> None:
    make_story("Tide one")
    make_story("Tide two")
    assert list(get().sorts) == ["Newest", "Oldest"]
    assert get("q=tide").sorts == {
        "Best match": "/impact/?q=tide",
        "Newest": "/impact/?q=tide&sort=newest",
        "Oldest": "/impact/?q=tide&sort=oldest",
    }


def test_featured_links_stand_among_stories_and_lead_out(get: Fetch) -> None:
    link = make_link("News", external_url="https://example.org/x", publisher="The Gazette")
    found = get()
    article = found.tree.find(f".//article[@data-entry='{link.slug}']")
    assert article.get("data-kind") == "link"
    assert article.find(".//a").get("href") == "https://example.org/x"
    text = " ".join("".join(article.itertext()).split())
    assert "On The Gazette" in text
    assert "↗" in text


def test_a_single_value_is_introduced_by_its_name_and_description(get: Fetch) -> None:
    make_story(category=make_category("Open Science", description="What we share."))
    found = get("category=open-science")
    assert found.h1 == "Open Science"
    assert "What we share." in found.html
    assert found.description == "What we share."
    assert get("category=open-science&year=2024").h1 == "Impact"
    assert get("category=nope").h1 == "Impact"


def test_a_search_marks_its_words_where_they_stand(get: Fetch) -> None:
    make_story("A gauge & more", summary="Nothing <here>.")
    make_story("Second", summary="Gauges in the summary.")
    make_story("Third", summary="No.", body=[("text", f"<p>{'Words. ' * 90}The last gauge.</p>")])
    found = get("q=gauge")
    assert re.findall(r"[^ >]*<mark>.*?</mark>[^<]*", found.html) == [
        "<mark>gauge</mark> &amp; more",
        "<mark>Gauges</mark> in the summary.",
        "<mark>gauge</mark>.",
    ]
    assert "Nothing &lt;here&gt;." in found.html
    assert "… The last <mark>gauge</mark>." in found.html
    assert "<mark>" not in get().html


def test_a_misspelt_search_offers_what_was_meant_with_its_count(get: Fetch) -> None:
    make_story("A gauge", category="Policy")
    make_story("Gauges", category="Research")
    found = get("q=guage&category=policy")
    assert found.total == 0
    assert "Did you mean gauge? 1 result" in found.text
    link = found.tree.find(".//p[@class='empty-meant']/a")
    assert link.get("href") == "/impact/?category=policy&q=gauge"
    assert link.get("rel") == "nofollow"


def test_an_author_is_introduced_with_role_bio_picture_and_links(get: Fetch) -> None:
    ada = make_author(
        "Ada", role="Hydrologist", bio="Writes about water.", picture=make_image("Ada's face")
    )
    ada.links.create(name="Her notes", url="https://ada.example/")
    ada.save()
    make_story(authors=[ada])
    found = get("author=ada")
    assert (found.h1, found.description) == ("Ada", "Writes about water.")
    head = found.tree.find(".//header[@id='gallery-head']")
    assert words(head) == "Author Ada Hydrologist Writes about water. Her notes Follow as a feed"
    assert head.find(".//img").get("alt") == ""
    assert [a.get("href") for a in head.findall(".//a")] == [
        "https://ada.example/",
        "/impact/feed/?author=ada",
    ]
    assert "Hydrologist" not in get("author=ada&year=2024").text


def test_a_value_without_description_is_told_of_in_a_sentence(get: Fetch) -> None:
    make_story(tags=["Maps"])
    found = get("tag=maps")
    assert found.description.startswith("1 story about Maps.")
    feeds = found.tree.findall(".//link[@rel='alternate'][@type='application/rss+xml']")
    assert feeds[0].get("href") == "http://testserver/impact/feed/?tag=maps"
    assert found.tree.find(".//header//a[@href='/impact/feed/?tag=maps']") is not None


def test_the_title_says_what_is_shown(get: Fetch) -> None:
    make_story(tags=["Maps"])
    assert get("tag=maps").title.startswith("1 story about Maps")
    assert get().title.startswith("Impact")


def test_an_empty_result_says_which_filter_to_drop_and_what_that_gives(get: Fetch) -> None:
    make_story("Tide", tags=["Maps"], date=date(2023, 1, 1))
    make_story("River", tags=["Water"])
    make_story("Lake", tags=["Water"])
    found = get("tag=water&year=2023")
    assert found.heading == "No stories about Water, 2023"
    assert found.ways == [
        ("Without 2023", "/impact/?tag=water", 2),
        ("Without Water", "/impact/?year=2023", 1),
    ]
    assert get("q=river&tag=maps").ways == [
        ("Without Maps", "/impact/?q=river", 1),
        ("Without “river”", "/impact/?tag=maps", 1),
    ]
    assert get("since=2030-01-01&tag=maps").ways == [
        ("Without since 1 January 2030", "/impact/?tag=maps", 1)
    ]


def test_where_dropping_one_does_not_help_one_alone_is_offered(get: Fetch) -> None:
    make_story(tags=["Maps"])
    assert get("tag=maps&community=nope&author=nope").ways == [
        ("Only Maps", "/impact/?tag=maps", 1)
    ]


def test_an_empty_result_names_what_does_not_exist(get: Fetch) -> None:
    make_story()
    text = get("community=nope&since=2024-02-30&kind=podcast").text
    assert "There is no community “nope”." in text
    assert "There is no kind “podcast”." in text
    assert "“2024-02-30” is no date." in text
    assert "ends before it begins" in get("since=2024-02-01&until=2024-01-01").text
    assert "“???” holds no word to search for." in get("q=%3F%3F%3F").text


def test_each_selection_offers_its_feed(get: Fetch, client: Client) -> None:
    make_story(tags=["a"])
    link = get("tag=a&year=2024&sort=oldest").tree.find(".//p[@class='results-feed']/a")
    assert (link.get("href"), link.get("rel")) == ("/impact/feed/?tag=a&year=2024", "nofollow")
    assert client.get(link.get("href")).status_code == 200
    assert get().tree.find(".//p[@class='results-feed']/a").get("href") == "/impact/feed/"
    assert get("tag=nope").tree.find(".//p[@class='results-feed']") is None


def test_an_unfiltered_empty_gallery_has_its_own_words(get: Fetch) -> None:
    found = get()
    assert (found.total, found.heading) == (0, "No stories")
    assert "Nothing is published yet" in found.text
    assert "Clear all" not in found.text


def test_htmx_puts_the_canonical_address_into_the_bar(client: Client, gallery: GalleryPage) -> None:
    make_story(tags=["a"])
    response = client.get("/impact/?q=&tag=a&since=", headers={"HX-Request": "true"})
    assert response.headers["HX-Push-Url"] == "/impact/?tag=a"
    assert "HX-Push-Url" not in client.get("/impact/?q=&tag=a").headers


def test_the_page_is_valid_html(client: Client, gallery: GalleryPage) -> None:
    make_story("A & B", tags=[f"t{n}" for n in range(20)], featured=True)
    make_link()
    for query in ("", "?tag=t1&q=a", "?tag=nope"):
        parser = HTMLParser(strict=False)
        parser.parse(client.get(f"/impact/{query}").content.decode())
        assert parser.errors == []


def test_ids_are_unique(client: Client, gallery: GalleryPage) -> None:
    make_story(tags=[f"t{n}" for n in range(20)], authors=[make_author("t1")], category="t1")
    ids = re.findall(r'\sid="([^"]*)"', client.get("/impact/?tag=t1").content.decode())
    assert len(ids) == len(set(ids))


def test_the_page_keeps_to_its_content_security_policy(get: Fetch) -> None:
    make_story(featured=True)
    html = get("q=a").html
    assert re.search(r"\sstyle=", html) is None
    assert "<style" not in html
    assert re.search(r"\son\w+=", html) is None
    scripts = set(re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", html))
    assert scripts == {'<script type="application/ld+json">'}
    config = unescape(re.search(r'name="htmx-config"\s+content=\'([^\']*)\'', html)[1])
    assert '"includeIndicatorStyles":false' in config
    assert '"allowEval":false' in config


def test_moving_the_gallery_moves_its_links(client: Client, gallery: GalleryPage) -> None:
    make_story(tags=["a"])
    gallery.slug = "stories"
    gallery.save()
    found = read(client.get("/stories/").content.decode())
    assert found.links["tag", "a"].href == "/stories/?tag=a"
    assert EntryPage.objects.count() == 1
