"""Every type of page, as validators, search engines and networks read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from django.test import Client
from lxml import html as parsing
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

from impact.branding.models import SiteSettings, SocialLink
from tests.browser.site import build
from tests.factories import make_image, make_link, make_story
from tests.shared import shared_content
from tests.structured_data import faults, graph_of
from tests.validity import complaints

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

NASTY = "</script><!-- & “Reefs”\u2028’s \\u003c"


@dataclass(frozen=True)
class Shown:
    """A page as it was answered."""

    html: str

    @cached_property
    def head(self) -> Any:
        return parsing.document_fromstring(self.html).find("head")

    @cached_property
    def graph(self) -> list[dict[str, Any]]:
        return graph_of(self.html)

    def meta(self, name: str) -> str:
        """Return what the one element of the name says; nothing where there is none."""
        found = self.head.xpath("./meta[@name=$name or @property=$name]/@content", name=name)
        assert len(found) <= 1, name
        return found[0] if found else ""

    def links(self, rel: str) -> list[str]:
        found: list[str] = self.head.xpath("./link[@rel=$rel]/@href", rel=rel)
        return found

    def thing(self, kind: str) -> dict[str, Any]:
        [found] = [each for each in self.graph if each["@type"] == kind]
        return found


Show = Callable[[str], Shown]
# Each page: what it is to networks and to search engines, and how many feeds it offers (the gallery's own
# three stand on every page).
PAGES = {
    "home": ("website", {"WebSite", "Organization"}, 3),
    "gallery": ("website", {"CollectionPage", "BreadcrumbList"}, 3),
    "gallery, filtered": ("website", {"CollectionPage", "BreadcrumbList"}, 6),
    "gallery, searched": ("website", {"CollectionPage", "BreadcrumbList"}, 6),
    "gallery, empty": ("website", {"CollectionPage", "BreadcrumbList"}, 6),
    "story": ("article", {"Article", "BreadcrumbList"}, 3),
    "featured link": ("article", {"WebPage", "BreadcrumbList"}, 3),
    "communities": ("website", {"CollectionPage", "BreadcrumbList"}, 3),
    "communities, filtered": ("website", {"CollectionPage", "BreadcrumbList"}, 3),
    "community": ("website", {"ProfilePage", "BreadcrumbList"}, 6),
    "roundups": ("website", {"CollectionPage", "BreadcrumbList"}, 3),
    "roundup": ("website", {"Report", "BreadcrumbList"}, 3),
    "newsletter": ("website", {"CollectionPage", "BreadcrumbList"}, 6),
    "digest": ("article", {"CollectionPage", "BreadcrumbList"}, 6),
    "standard": ("website", {"WebPage", "BreadcrumbList"}, 3),
}
UNLISTED = {
    "gallery, searched",
    "gallery, filtered",
    "gallery, empty",
    "communities, filtered",
    "featured link",
}


@pytest.fixture(scope="module")
def addresses(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, str]]:
    """One page of each type, and what answers for none."""
    with shared_content(django_db_blocker):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.organisation, settings.tagline = "Reef “Watch” & Co", "We watch reefs."
        settings.logo = make_image(size=(300, 80))
        settings.social_links = [SocialLink(name="Code", url="https://code.example/reef")]
        settings.save()
        found = build()
        make_story(NASTY, slug="nasty", summary=NASTY, lead_image=make_image())
        found["nasty"] = "/impact/nasty/"
        yield found


@pytest.fixture
def show(client: Client, addresses: dict[str, str]) -> Show:
    def shown(name: str) -> Shown:
        response = client.get(addresses[name])
        assert response.status_code == (404 if name == "not found" else 200)
        return Shown(response.content.decode())

    return shown


@pytest.mark.parametrize("name", [*PAGES, "not found", "nasty"])
def test_is_valid_html(show: Show, name: str) -> None:
    assert complaints(show(name).html) == []


@pytest.mark.parametrize("name", PAGES)
def test_says_what_it_is(show: Show, addresses: dict[str, str], name: str) -> None:
    page = show(name)
    kind, things, feeds = PAGES[name]
    organisation = "Reef “Watch” & Co"
    title = page.head.findtext("title")
    assert title == organisation or title.endswith(f" – {organisation}")
    assert page.meta("og:title")
    assert page.meta("og:title") in title
    [canonical] = page.links("canonical")
    assert canonical.startswith(f"http://testserver{addresses[name].partition('?')[0]}")
    assert page.meta("og:url") == canonical
    assert page.meta("description")
    assert page.meta("og:type") == kind
    assert page.meta("og:site_name") == organisation
    assert page.meta("og:locale")
    assert page.meta("twitter:card") == "summary_large_image"
    assert page.meta("og:image").startswith("http://testserver/share/")
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == ("1200", "630")
    assert page.meta("og:image:type") == "image/jpeg"
    assert page.meta("og:image:alt").endswith(organisation)
    assert (page.meta("robots") == "noindex") is (name in UNLISTED)
    assert len(page.links("alternate")) == feeds
    assert {each["@type"] for each in page.graph} == things


@pytest.mark.parametrize("name", [*PAGES, "nasty"])
def test_speaks_the_words_of_schema_org(show: Show, name: str) -> None:
    assert [fault for node in show(name).graph for fault in faults(node)] == []


@pytest.mark.parametrize("name", ["home", "story", "roundup", "community", "digest", "standard"])
def test_what_has_something_to_say_is_described(show: Show, name: str) -> None:
    page = show(name)
    assert page.meta("description") == page.meta("og:description") != ""


def test_a_story_names_who_wrote_it_and_whom_it_is_about(show: Show) -> None:
    article = show("story").thing("Article")
    assert article["headline"] == "A shared hub for reef data"
    assert [author["name"] for author in article["author"]] == ["Ada Writer"]
    assert article["publisher"]["name"] == "Reef “Watch” & Co"
    assert [each["name"] for each in article["about"]] == ["Reef Watch"]
    assert [each["name"] for each in article["sponsor"]] == ["Blue Fund"]
    assert (article["articleSection"], article["datePublished"]) == ("Research", "2024-05-01")
    assert sorted(article["keywords"]) == ["Open Source", "Reefs"]
    assert article["image"]["url"].startswith("http://testserver/")


def test_a_story_without_authors_is_the_organisations(show: Show) -> None:
    assert show("nasty").thing("Article")["author"]["name"] == "Reef “Watch” & Co"


def test_a_featured_link_is_no_article_of_ours(show: Show) -> None:
    page = show("featured link")
    elsewhere = page.thing("WebPage")["mainEntity"]
    assert elsewhere["url"] == "https://example.org/news"
    assert elsewhere["publisher"]["name"] == "Example News"
    assert "author" not in elsewhere
    assert page.thing("WebPage")["url"] == page.links("canonical")[0]


def test_lists_say_where_their_items_are(client: Client, show: Show) -> None:
    listed = show("gallery").thing("CollectionPage")["mainEntity"]
    assert listed["numberOfItems"] == len(listed["itemListElement"])
    addresses = {each["name"]: each["url"] for each in listed["itemListElement"]}
    assert addresses["A shared hub for reef data"] == "http://testserver/impact/hub/"
    # Its card leads straight out.
    assert addresses["Elsewhere"] == "https://example.org/news"
    for number in range(24):
        make_story(f"Story {number}")
    page = client.get("/impact/", {"page": 2}).content.decode()
    [second] = [each for each in graph_of(page) if each["@type"] == "CollectionPage"]
    assert second["mainEntity"]["numberOfItems"] == listed["numberOfItems"] + 24
    assert second["mainEntity"]["itemListElement"][0]["position"] == 25


def test_what_search_engines_may_not_list_has_no_lists(show: Show) -> None:
    assert "mainEntity" not in show("gallery, searched").thing("CollectionPage")
    assert show("communities, filtered").thing("CollectionPage")["mainEntity"]["numberOfItems"] == 0


def test_home_speaks_for_the_organisation(show: Show) -> None:
    page = show("home")
    assert page.thing("Organization")["sameAs"] == ["https://code.example/reef"]
    assert page.thing("Organization")["logo"]["width"] == 300
    assert page.thing("WebSite")["publisher"]["@id"] == page.thing("Organization")["@id"]


def test_the_breadcrumb_ends_with_the_page(show: Show) -> None:
    steps = show("story").thing("BreadcrumbList")["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert steps[0]["item"] == "http://testserver/"
    assert steps[-1]["item"] == "http://testserver/impact/hub/"


def test_no_title_ends_the_element(show: Show) -> None:
    page = show("nasty")
    assert page.thing("Article")["headline"] == NASTY
    script = page.html.partition('application/ld+json">')[2].partition("</script>")[0]
    assert not {"<", ">", "&", "\u2028"} & set(script)


def test_the_first_picture_is_fetched_first_and_none_below_it(show: Show) -> None:
    for name in ("story", "roundup", "digest"):
        page = parsing.document_fromstring(show(name).html)
        images = page.xpath("//main//img")
        assert all(each.get("fetchpriority") is None for each in images[1:]), name
        assert all(each.get("loading") == "lazy" for each in images[1:]), name


def test_a_link_without_picture_has_an_image_of_its_own(client: Client, show: Show) -> None:
    page = Shown(client.get(make_link("No picture").url).content.decode())
    assert page.meta("og:image") != show("featured link").meta("og:image")
