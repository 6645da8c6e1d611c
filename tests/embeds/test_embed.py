"""The document for a frame: what stands in it, who may see it, and that nothing else may be framed."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage
from impact.branding.models import SiteSettings
from impact.communities.models import CommunityPage
from tests.documents import document, queries_of, slugs, texts
from tests.factories import (
    add_outcome,
    make_community,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_story,
)
from tests.visibility import HIDDEN, hide

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

URL = "/communities/reef/embed/"
POLICY = "Content-Security-Policy"


@pytest.fixture
def reef(home: HomePage) -> CommunityPage:
    organisation = SiteSettings.for_site(Site.objects.get())
    organisation.organisation = "Tidewater"
    organisation.save()
    return make_community("Reef")


def figures(page: Any) -> list[tuple[str, ...]]:
    return [
        (
            one.get("data-value"),
            one.get("data-precision"),
            *texts(one.xpath("./p[not(@class='figure-value')]")),
        )
        for one in page.xpath("//*[@data-value]")
    ]


def test_their_latest_entries_stand_in_it(client: Client, reef: CommunityPage) -> None:
    made = [make_story(communities=[reef], date=date(2024, 5, day)) for day in range(1, 6)]
    link = make_link(communities=[reef], date=date(2024, 6, 1))
    make_story("Supported", supporters=[reef])
    make_story("Other", communities=[make_community("Coast")])
    page = document(client, URL)
    assert slugs(page) == [link.slug, *(story.slug for story in made[:1:-1])]
    assert len(slugs(document(client, URL, limit=12))) == 6
    assert slugs(document(client, URL, limit=1)) == [link.slug]
    assert page.xpath("//h2/a/@href")[:2] == [link.external_url, made[4].url]


def test_it_says_who_tells_and_leads_back(client: Client, reef: CommunityPage) -> None:
    make_story(communities=[reef])
    page = document(client, URL)
    assert texts(page.xpath("//h1/a")) == ["Reef"]
    assert texts(page.xpath("//footer//a")) == ["All stories and figures", "Tidewater"]
    back = ["http://testserver/communities/reef/", "http://testserver/"]
    assert page.xpath("//footer//a/@href") == back
    # The page that shows it stays where it is.
    for link in page.xpath("//a"):
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
    assert page.xpath("string(//html/@lang)") == "en"
    assert page.xpath("//link[@rel='canonical']/@href") == back[:1]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_figures_of_theirs_come_before_what_stories_report(
    client: Client, reef: CommunityPage
) -> None:
    divers = make_metric("Divers")
    make_reading(divers, 40, date(2023, 12, 31), community=reef)
    make_reading(divers, 9100, date(2024, 6, 30), community=reef, precision="about")
    stories = [make_story(communities=[reef]) for _ in range(2)]
    for story in stories:
        add_outcome(story, 20, "corals", precision="at-least")
    add_outcome(stories[0], 3, "nurseries")
    page = document(client, URL, show="figures")
    assert figures(page) == [
        ("9100", "about", "Divers", "as of 30 June 2024"),
        ("40", "at-least", "corals", "from 2 stories"),
        ("3", "exact", "nurseries", "from 1 story"),
    ]
    assert slugs(page) == []
    assert len(figures(document(client, URL, show="figures", limit=2))) == 2


@pytest.mark.parametrize(("show", "words"), [("entries", "No stories"), ("figures", "No figures")])
def test_without_anything_it_says_so(
    client: Client, reef: CommunityPage, show: str, words: str
) -> None:
    page = document(client, URL, show=show)
    assert words in page.xpath("string(//main)")
    assert texts(page.xpath("//h1")) == ["Reef"]


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_theme_is_theirs_to_choose(client: Client, reef: CommunityPage, theme: str) -> None:
    page = document(client, URL, theme=theme)
    assert page.xpath("string(/html/@data-theme)") == theme
    scheme = "light dark" if theme == "auto" else theme
    assert page.xpath("//meta[@name='color-scheme']/@content") == [scheme]


def test_its_colours_are_those_of_the_pages() -> None:
    css = Path(settings.BASE_DIR) / "static/css"
    own, pages = (
        re.findall(r"--(paper|surface|ink|muted|line): (oklch\([^)]*\));", (css / name).read_text())
        for name in ("embed.css", "base.css")
    )
    light, dark = pages[:5], pages[5:]
    assert own == [*light, *dark, *dark]


def test_it_carries_nothing_of_the_person_who_reads(client: Client, reef: CommunityPage) -> None:
    make_story(communities=[reef], lead_image=make_image())
    response = client.get(URL)
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers
    page = document(client, URL)
    assert not page.xpath("//script | //style | //form | //@style | //@onclick | //iframe")
    assert "userbar" not in response.content.decode()


def test_only_the_embed_may_stand_in_frames_of_others(client: Client, reef: CommunityPage) -> None:
    embed, page = client.get(URL), client.get(reef.url)
    assert "X-Frame-Options" not in embed.headers
    assert "frame-ancestors *" in embed[POLICY]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    # Nothing else of the policy differs.
    assert _directives(embed) ^ _directives(page) == {"frame-ancestors *", "frame-ancestors 'self'"}
    for other in ("/", "/communities/", "/impact/", f"{reef.url}feed/", f"{reef.url}embed/x/"):
        response = client.get(other)
        assert response["X-Frame-Options"] == "SAMEORIGIN", other
        assert "frame-ancestors 'self'" in response[POLICY], other


def _directives(response: Any) -> set[str]:
    return {part.strip() for part in response[POLICY].split(";")}


def test_its_head_is_that_of_the_document(client: Client, reef: CommunityPage) -> None:
    head = client.head(URL)
    assert (head.status_code, head.content) == (200, b"")
    assert "X-Frame-Options" not in head.headers
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_community_has_no_embed(client: Client, reef: CommunityPage, how: str) -> None:
    make_story("A secret", communities=[reef])
    hide(reef, how)
    for query in ("", "?show=figures"):
        response = client.get(f"{URL}{query}")
        assert response.status_code == (302 if how == "private" else 404)
        assert b"secret" not in response.content
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response[POLICY]


def test_nothing_is_shown_under_a_private_index(client: Client, reef: CommunityPage) -> None:
    above = Page.objects.get(slug="communities")
    PageViewRestriction.objects.create(page=above, restriction_type="password", password="x")
    response = client.get(URL)
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert b"data-theme" not in response.content


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_entries_are_in_no_embed(client: Client, reef: CommunityPage, how: str) -> None:
    seen = make_story("Seen", communities=[reef])
    hidden = make_story("Hidden", communities=[reef])
    add_outcome(hidden, 77, "secrets")
    hide(hidden, how)
    assert slugs(document(client, URL)) == [seen.slug]
    assert figures(document(client, URL, show="figures")) == []


def test_the_lines_to_copy_show_it(
    client: Client,
    home: HomePage,
    settings: Settings,
) -> None:
    reef = make_community('Reef & "Coast"', slug="reef")
    assert document(client, reef).xpath("//*[@data-embed]") == []
    make_link(communities=[reef])
    page = document(client, reef)
    lines = page.xpath("string(//textarea[@readonly])")
    (frame,) = html.document_fromstring(lines).xpath("//iframe")
    assert dict(frame.attrib) == {
        "src": "http://testserver/communities/reef/embed/",
        "title": 'Impact stories of Reef & "Coast"',
        "width": "100%",
        "height": "640",
        "loading": "lazy",
        "style": "border: 0",
    }
    assert client.get(frame.get("src")).status_code == 200
    settings.SITE_URL, settings.SITE_URL_IS_SET = "https://impact.example.org", True
    lines = document(client, reef).xpath("string(//textarea[@readonly])")
    assert 'src="https://impact.example.org/communities/reef/embed/"' in lines


def test_a_page_that_visitors_cannot_see_offers_none(
    admin_client: Client, reef: CommunityPage
) -> None:
    make_story(communities=[reef])
    assert document(admin_client, reef).xpath("//*[@data-embed]")
    hide(reef, "private")
    assert not document(admin_client, reef).xpath("//*[@data-embed]")


@pytest.mark.parametrize("query", ["limit=12", "limit=12&show=figures"])
def test_queries_do_not_grow_with_entries_and_figures(
    client: Client, reef: CommunityPage, query: str
) -> None:
    def tell(number: int) -> None:
        for each in range(number):
            story = make_story(communities=[reef], lead_image=make_image())
            add_outcome(story, each, f"things {each}")
            make_link(communities=[reef])
            metric = make_metric(f"Metric {number} {each}")
            make_reading(metric, each, date(2024, 1, 1), community=reef)

    tell(1)
    few = queries_of(client, f"{URL}?{query}")
    tell(9)
    assert queries_of(client, f"{URL}?{query}") == few


def test_it_reads_no_session(admin_client: Client, reef: CommunityPage) -> None:
    with CaptureQueriesContext(connection) as queries:
        admin_client.get(URL)
    assert not [query for query in queries if "session" in query["sql"]]
