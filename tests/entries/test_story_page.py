"""The page of a story and of a featured link, as a visitor sees it."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from impact.branding.models import SiteSettings
from impact.entries.models import EntryCommunity, StoryPage
from impact.gallery.models import GalleryPage
from impact.media import renditions
from tests.factories.content import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_image,
    make_link,
    make_story,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def shown(client: Client, page: Any) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return re.sub(r"\s+>", ">", re.sub(r"\s+", " ", response.content.decode()))


def test_a_story_leads_into_the_filtered_gallery_by_everything_it_is_filed_under(
    client: Client,
) -> None:
    story = make_story(
        category="Open Science",
        communities=[make_community("Reef Watch")],
        authors=[make_author("Ada Writer", role="Editor")],
        tags=["Open Source"],
    )
    page = shown(client, story)
    assert '<a href="/impact/?category=open-science">Open Science</a>' in page
    assert 'href="/impact/?tag=open-source">Open Source</a>' in page
    assert '<a href="/impact/?author=ada-writer">Ada Writer</a>' in page
    assert '<a href="/impact/?community=reef-watch">All stories with Reef Watch</a>' in page
    assert '<a href="/communities/reef-watch/">Reef Watch</a>' in page


def test_title_and_summary_stand_before_the_picture(client: Client) -> None:
    image = make_image(description="A reef at noon", credit="Ines Okafor", licence="CC BY 4.0")
    page = shown(client, make_story("Reefs mapped", summary="Now charted.", lead_image=image))
    assert page.index("<h1>Reefs mapped</h1>") < page.index("Now charted.</p>")
    assert page.index("Now charted.</p>") < page.index('alt="A reef at noon"')
    assert "Ines Okafor" in page
    assert "CC BY 4.0" in page


def test_the_lead_picture_is_the_only_eager_one(client: Client) -> None:
    make_story("Another", lead_image=make_image())
    page = shown(client, make_story(lead_image=make_image(size=(1600, 900))))
    assert page.count('fetchpriority="high"') == 1
    lead = re.search(r"<img[^>]*fetchpriority[^>]*>", page)
    assert lead
    assert 'loading="lazy"' not in lead[0]


def test_what_changed_shows_each_outcome_with_its_evidence(client: Client) -> None:
    story = make_story()
    add_outcome(
        story,
        Decimal("1200"),
        "farmers trained",
        precision="at-least",
        unit="people",
        evidence_url="https://example.org/report",
    )
    page = shown(client, story)
    strip = page[page.index('class="outcomes') :]
    assert ">What changed</h2>" in strip
    assert 'data-value="1200" data-precision="at-least"' in strip
    assert "at least</span> <strong>1,200</strong>" in strip
    assert "farmers trained" in strip
    assert 'href="https://example.org/report"' in strip


def test_sources_name_each_address_once_with_what_it_is_evidence_for(client: Client) -> None:
    story = make_story()
    for value, what in ((40, "households"), (3, "harbours")):
        add_outcome(story, value, what, evidence_url="https://www.example.org/report")
    page = shown(client, story)
    sources = page[
        page.index('class="sources"') : page.index("</section>", page.index('class="sources"'))
    ]
    assert sources.count("<li>") == 1
    assert ">example.org</a>: 40 households; 3 harbours" in sources


def test_a_story_without_outcomes_has_no_empty_strip(client: Client) -> None:
    assert 'class="outcomes' not in shown(client, make_story())


def test_supporters_stand_apart_from_the_communities_it_is_about(client: Client) -> None:
    story = make_story(
        communities=[make_community("Reef Watch")], supporters=[make_community("Ocean Fund")]
    )
    page = shown(client, story)
    assert re.search(r'Supported by</span> <a href="/communities/ocean-fund/">Ocean Fund</a>', page)
    assert "All stories with Ocean Fund" not in page


@pytest.mark.parametrize("how", ["draft", "private"])
def test_a_community_that_visitors_cannot_see_is_not_named(client: Client, how: str) -> None:
    hidden = make_community("Hidden Group", live=how != "draft")
    if how == "private":
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert "Hidden Group" not in shown(client, make_story(communities=[hidden]))


def test_reading_time_follows_the_length_of_the_text(client: Client) -> None:
    long = make_story(body=[("text", "<p>" + "word " * 1100 + "</p>")])
    assert "5 minutes to read" in shown(client, long)
    assert "1 minute to read" in shown(client, make_story())


def test_a_story_in_another_language_says_so(client: Client) -> None:
    page = shown(client, make_story(language="pt-BR"))
    assert '<html lang="pt-BR" dir="ltr">' in page
    # What stands around it is in the language of the site.
    assert '<header class="site-header" lang="en" dir="ltr">' in page
    assert '<footer class="site-footer" lang="en" dir="ltr">' in page
    assert re.search(r'class="wrap entry-newsletter"\s+lang="en" dir="ltr"', page)
    assert '<header class="site-header" lang' not in shown(client, make_story())


def test_a_story_is_written_in_the_direction_of_its_language(client: Client) -> None:
    assert '<html lang="ar" dir="rtl">' in shown(client, make_story(language="ar"))
    assert '<html lang="he-IL" dir="rtl">' in shown(client, make_story(language="he-IL"))


def test_related_entries_say_why_and_neighbours_follow_in_time(client: Client) -> None:
    reef = make_community("Reef Watch")
    middle = make_story("Middle", communities=[reef], date="2024-05-02")
    make_story("Before", communities=[reef], date="2024-05-01", language="es")
    make_story("After", category="Training", date="2024-05-03")
    page = shown(client, middle)
    assert "Also with Reef Watch" in page
    neighbours = page[page.index('class="wrap neighbours"') :]
    assert neighbours.index("Before") < neighbours.index("After")
    assert re.search(r'class="neighbour-title"\s+lang="es"\s*>Before', neighbours)


def test_there_is_one_way_to_keep_in_touch(client: Client) -> None:
    story, link = make_story(), make_link()
    for page in (story, link):
        assert '<a class="button button-quiet" href="/impact/feed/">' in shown(client, page)
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.newsletter_url = "https://example.org/letter"
    settings.save()
    for page in (story, link):
        html = shown(client, page)
        assert html.count('class="newsletter"') == 1
        assert 'href="/impact/feed/"' not in html.partition("<main")[2]


def test_a_story_that_stands_alone_needs_nothing_beside_it(client: Client) -> None:
    page = shown(client, make_story())
    assert "Read on" not in page
    assert "neighbours" not in page


def test_a_featured_link_shows_its_source_and_leads_out(client: Client) -> None:
    link = make_link(external_url="https://example.org/paper", publisher="The Coastal Review")
    page = shown(client, link)
    assert "Read it on The Coastal Review" in page
    assert page.count('href="https://example.org/paper" rel="external"') == 2
    assert '<meta name="robots" content="noindex">' in page


def test_a_draft_that_was_never_saved_can_be_previewed(gallery: GalleryPage) -> None:
    reef, author = make_community("Reef Watch"), make_author("Ada Writer")
    story = StoryPage(
        title="Not yet",
        slug="not-yet",
        summary="Soon.",
        category=make_category("Research"),
        body=[("text", "<p>Draft.</p>")],
    )
    story.community_links = [EntryCommunity(community=reef)]
    story.author_links.create(author=author)
    story.path = gallery.path + "0001"
    story.depth = gallery.depth + 1
    story.set_url_path(gallery)
    response = story.make_preview_request(RequestFactory().get("/"))
    page = response.rendered_content if hasattr(response, "rendered_content") else ""
    assert response.status_code == 200
    assert "Not yet" in page
    assert "Reef Watch" in page
    assert "/impact/?category=research" in page


def test_the_number_of_queries_does_not_depend_on_how_much_a_story_names(client: Client) -> None:
    def queries(story: StoryPage) -> int:
        shown(client, story)
        with CaptureQueriesContext(connection) as captured:
            shown(client, story)
        return len(captured)

    def story_with(number: int) -> StoryPage:
        logo, portrait = make_image(), make_image()
        story = make_story(
            lead_image=make_image(),
            communities=[make_community(logo=logo) for _ in range(number)],
            supporters=[make_community() for _ in range(number)],
            authors=[make_author(f"Author {number} {n}", picture=portrait) for n in range(number)],
            tags=[f"tag {number} {n}" for n in range(number)],
        )
        for n in range(number):
            add_outcome(story, n + 1)
        renditions.prepare(logo, "logo")
        return story

    for day in ("2023-01-01", "2023-01-02", "2025-01-01", "2025-01-02"):
        make_story(date=day, communities=[make_community()], lead_image=make_image())
    assert queries(story_with(1)) == queries(story_with(8))
