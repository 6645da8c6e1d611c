"""What the head of a page tells search engines and shares."""

from pathlib import Path

import pytest
from django.test import Client
from lxml import html
from wagtail.models import Site

from home.models import HomePage
from impact.branding.models import SiteSettings
from impact.pages.head import document_title
from tests.factories import make_image, make_link, make_standard_page, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def head(client: Client, url: str) -> html.HtmlElement:
    response = client.get(url)
    assert response.status_code == 200
    return html.fromstring(response.content).find("head")


def meta(tree: html.HtmlElement, name: str) -> list[str]:
    return tree.xpath("./meta[@name=$name or @property=$name]/@content", name=name)


@pytest.fixture(autouse=True)
def organisation(home: HomePage) -> None:
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"organisation": "Reef “Watch” & Co"}
    )


def test_title_names_page_and_organisation(client: Client) -> None:
    page = make_standard_page("About us")
    tree = head(client, page.url)
    assert tree.findtext("title") == "About us – Reef “Watch” & Co"
    assert meta(tree, "og:title") == ["About us"]
    assert meta(tree, "og:site_name") == ["Reef “Watch” & Co"]


def test_seo_title_goes_before_the_title(client: Client) -> None:
    page = make_standard_page("About us", seo_title="Who we are")
    assert head(client, page.url).findtext("title") == "Who we are – Reef “Watch” & Co"


def test_a_title_that_is_the_organisation_stands_once() -> None:
    assert document_title("Reef", "Reef") == "Reef"
    assert document_title("", "Reef") == "Reef"


def test_description_is_the_search_description_else_the_summary(client: Client) -> None:
    story = make_story(summary="What <changed> & for whom.")
    assert meta(head(client, story.url), "description") == ["What <changed> & for whom."]
    assert meta(head(client, story.url), "og:description") == ["What <changed> & for whom."]
    story.search_description = "For search engines."
    story.save()
    assert meta(head(client, story.url), "description") == ["For search engines."]


def test_a_home_page_that_says_nothing_has_the_tagline(client: Client) -> None:
    SiteSettings.objects.update(tagline="We watch reefs.")
    assert meta(head(client, "/"), "description") == ["We watch reefs."]


def test_a_page_that_says_nothing_is_introduced_by_its_publisher(client: Client) -> None:
    page = make_standard_page("About us", summary="")
    [said] = meta(head(client, page.url), "description")
    assert said == "About us – Reef “Watch” & Co"
    assert meta(head(client, page.url), "og:description") == []
    SiteSettings.objects.update(tagline="We watch <reefs>.")
    Site.objects.get().save()
    [said] = meta(head(client, page.url), "description")
    assert said == "About us – Reef “Watch” & Co. We watch <reefs>."


def test_canonical_is_absolute_and_stands_once(client: Client) -> None:
    story = make_story()
    tree = head(client, f"{story.url}?utm_source=mail")
    expected = [f"http://testserver{story.url}"]
    assert tree.xpath("./link[@rel='canonical']/@href") == expected
    assert meta(tree, "og:url") == expected


def test_only_featured_links_are_kept_from_search_engines(client: Client) -> None:
    assert meta(head(client, make_link().url), "robots") == ["noindex"]
    assert meta(head(client, make_story().url), "robots") == []


def test_stories_are_articles_other_pages_are_not(client: Client) -> None:
    assert meta(head(client, make_story().url), "og:type") == ["article"]
    assert meta(head(client, "/"), "og:type") == ["website"]


def test_the_language_of_a_page_is_said_as_networks_write_it(client: Client) -> None:
    assert meta(head(client, make_story(language="pt-BR").url), "og:locale") == ["pt_BR"]


def test_a_lost_image_file_breaks_no_page(client: Client) -> None:
    image = make_image()
    story = make_story(lead_image=image)
    Path(image.file.path).unlink()
    assert head(client, story.url).findtext("title")
