"""A community's page: who they are, what is told of them year by year, what they supported."""

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from home.models import HomePage
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.entries.models import EntryCommunity, EntryPage, StoryPage
from impact.gallery.models import GalleryPage
from impact.gallery.seeding import seed
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


def part(page: Any, heading: str) -> Any:
    """The section under a heading, or an empty element when there is none."""
    found = page.xpath(f"//section[@aria-labelledby='{heading}']")
    return found[0] if found else page.makeelement("section")


def years(page: Any) -> list[tuple[str, str]]:
    """The years of the timeline and what each says of its number of stories."""
    return [
        (
            *texts(year.xpath(".//*[@class='timeline-number']")),
            texts(year.xpath(".//*[@class='timeline-count']"))[0].split(" of ")[0],
        )
        for year in page.xpath("//*[@class='timeline-year']")
    ]


def test_who_they_are(client: Client, home: HomePage) -> None:
    reef = make_community(
        "Reef Watch",
        summary="They count fish.",
        description='<p>Since <b>2012</b>.</p><script>alert("x")</script>',
        website="https://www.reef.example.org/about?x=1",
        region="africa",
        country="Kenya",
        active_since=date(2019, 3, 1),
        active_until=date(2023, 5, 1),
        logo=make_image(),
    )
    page = document(client, reef)
    main = page.xpath("//main")[0]
    assert texts(main.xpath(".//h1")) == ["Reef Watch"]
    assert texts(main.xpath(".//*[@class='community-kind']")) == ["Member · Kenya, Africa"]
    facts = texts(main.xpath(".//*[@class='community-facts']"))[0]
    assert "reef.example.org" in facts
    assert "March 2019 – May 2023" in facts
    assert main.xpath(".//dd/a[@rel='external']/@href") == [
        "https://www.reef.example.org/about?x=1"
    ]
    assert texts(main.xpath(".//*[contains(@class, 'community-description')]//b")) == ["2012"]
    assert b"<script>alert" not in client.get(reef.url).content
    assert main.xpath(".//*[contains(@class, 'picture-logo')]")


def test_a_community_without_anything_but_a_name_is_a_decent_page(
    client: Client, home: HomePage
) -> None:
    page = document(client, make_community("Reef", summary=""))
    assert texts(page.xpath("//main//h1")) == ["Reef"]
    assert "No stories yet" in page.xpath("string(//main)")
    # No section but the one that says that there are no stories, and the way to show them elsewhere.
    assert page.xpath("//main//section/@aria-labelledby") == ["their-stories"]


def test_their_feed_is_linked_and_announced(client: Client, home: HomePage) -> None:
    reef = make_community("Reef")
    page = document(client, reef)
    (link,) = page.xpath("//dd/a[contains(., 'Feed')]/@href")
    assert link == f"{reef.url}feed/"
    assert client.get(link).status_code == 200
    announced = page.xpath("//link[@rel='alternate']/@href")
    assert any(address.endswith("/communities/reef/feed/") for address in announced)


def test_stories_stand_by_year_with_exact_counts(client: Client, home: HomePage) -> None:
    reef, coast = make_community("Reef"), make_community("Coast")
    new = make_story("New", communities=[reef], date=date(2024, 5, 1))
    newest = make_story("Newest", communities=[coast, reef], date=date(2024, 6, 1))
    make_link("Link", communities=[reef], date=date(2024, 7, 1))
    old = make_story("Old", communities=[reef], date=date(2021, 5, 1))
    make_story("Other", communities=[coast], date=date(2024, 5, 1))
    page = document(client, reef)
    assert years(page) == [("2024", "2 stories"), ("2021", "1 story")]
    assert slugs(part(page, "their-stories")) == [newest.slug, new.slug, old.slug]
    whole = part(page, "their-stories").xpath(".//a[contains(., 'in the gallery')]/@href")
    assert "/impact/?community=reef" in whole
    assert "/impact/?community=reef&kind=story&year=2024" in whole
    # More than one chosen value is nothing for crawlers.
    several = part(page, "their-stories").xpath(".//a[contains(@href, '&year=')]/@rel")
    assert several == ["nofollow", "nofollow"]


def test_counts_on_the_page_are_the_gallerys(client: Client, home: HomePage) -> None:
    seed(150)
    for community in CommunityPage.objects.all()[:4]:
        page = document(client, community)
        by_hand = StoryPage.objects.filter(
            live=True,
            pk__in=EntryCommunity.objects.filter(community=community, role="about").values("page"),
        )
        expected: dict[str, int] = {}
        for entry in by_hand:
            expected[str(entry.date.year)] = expected.get(str(entry.date.year), 0) + 1
        shown = {year: int(text.split()[0]) for year, text in years(page)}
        assert shown == expected
        for year, number in shown.items():
            found = document(client, "/impact/", community=community.slug, kind="story", year=year)
            assert found.xpath("string(//@data-results)") == str(number)


def test_only_a_readable_number_is_shown_and_the_gallery_has_the_rest(
    client: Client, home: HomePage
) -> None:
    reef = make_community("Reef")
    for number in range(25):
        make_story(communities=[reef], date=date(2024 - number // 10, 1, 1 + number))
    page = document(client, reef)
    assert years(page) == [("2024", "10 stories"), ("2023", "10 stories"), ("2022", "5 stories")]
    assert len(slugs(part(page, "their-stories"))) == 18
    assert "See all 25 in the gallery" in texts(page.xpath("//section//a"))


def test_what_others_published_stands_apart_from_their_stories(
    client: Client, home: HomePage
) -> None:
    reef = make_community("Reef")
    story = make_story(communities=[reef], date=date(2024, 5, 1))
    links = [make_link(communities=[reef], date=date(2024, 5, day)) for day in range(1, 12)]
    page = document(client, reef)
    assert slugs(part(page, "their-stories")) == [story.slug]
    assert slugs(part(page, "told-elsewhere")) == [link.slug for link in links[:-10:-1]]
    (rest,) = part(page, "told-elsewhere").xpath(".//div[@class='section-head']//a")
    assert texts([rest]) == ["See all 11 in the gallery"]
    found = document(client, rest.get("href"))
    assert found.xpath("string(//@data-results)") == "11"


def test_a_community_that_only_others_wrote_about_has_no_empty_timeline(
    client: Client, home: HomePage
) -> None:
    reef = make_community("Reef")
    make_link(communities=[reef])
    page = document(client, reef)
    assert page.xpath("//main//section/@aria-labelledby") == ["told-elsewhere"]
    assert "No stories yet" not in page.text_content()


def test_a_community_that_only_supports_has_no_empty_timeline(
    client: Client, home: HomePage
) -> None:
    fund = make_community("Fund")
    make_story(supporters=[fund])
    page = document(client, fund)
    assert page.xpath("//main//section/@aria-labelledby") == ["their-support"]


def test_stories_have_their_full_addresses_for_paper(client: Client, home: HomePage) -> None:
    reef = make_community("Reef")
    story = make_story(communities=[reef])
    page = document(client, reef)
    assert texts(page.xpath("//*[@class='timeline-address']")) == [f"http://testserver{story.url}"]
    assert texts(page.xpath("//*[@class='community-address']")) == [f"http://testserver{reef.url}"]


def test_what_they_supported_stands_apart_and_is_not_counted(
    client: Client, home: HomePage
) -> None:
    fund, reef = make_community("Fund"), make_community("Reef")
    about = make_story("About", communities=[fund])
    supported = make_story("Supported", communities=[reef], supporters=[fund])
    page = document(client, fund)
    assert slugs(part(page, "their-stories")) == [about.slug]
    assert slugs(part(page, "their-support")) == [supported.slug]
    assert years(page) == [("2024", "1 story")]


def test_more_support_than_can_be_shown_says_how_much_there_is(
    client: Client, home: HomePage
) -> None:
    fund = make_community("Fund")
    for _number in range(26):
        make_story(supporters=[fund])
    section = part(document(client, fund), "their-support")
    assert len(slugs(section)) == 24
    assert "the newest 24 of 26" in texts([section])[0]


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_entries_are_neither_shown_nor_counted(
    client: Client, home: HomePage, how: str
) -> None:
    reef = make_community("Reef")
    seen = make_story("Seen", communities=[reef])
    hide(make_story("Hidden about", communities=[reef]), how)
    hide(make_story("Hidden support", supporters=[reef]), how)
    page = document(client, reef)
    assert slugs(page) == [seen.slug]
    assert years(page) == [("2024", "1 story")]
    assert "Hidden" not in page.text_content()


def test_nothing_under_a_private_gallery_is_shown(client: Client, gallery: GalleryPage) -> None:
    reef = make_community("Reef")
    make_story("Hidden", communities=[reef], supporters=[reef])
    PageViewRestriction.objects.create(page=gallery, restriction_type="login")
    page = document(client, reef)
    assert slugs(page) == []
    assert years(page) == []


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_community_has_no_page(client: Client, home: HomePage, how: str) -> None:
    reef = make_community("Reef")
    hide(reef, how)
    if how != "expired":  # Wagtail serves an expired page until `publish_scheduled` has run.
        assert client.get("/communities/reef/").status_code in {302, 404}


def test_figures_of_theirs_with_precision_and_last_years(client: Client, home: HomePage) -> None:
    reef = make_community("Reef")
    divers = make_metric("Divers")
    make_reading(divers, "23.5", date(2023, 6, 30), community=reef)
    make_reading(divers, 9100, date(2024, 6, 30), community=reef, precision="about")
    make_reading(make_metric("Fish"), 7, date(2024, 1, 1), community=make_community("Other"))
    page = document(client, reef)
    (figure,) = page.xpath("//*[@data-metric]")
    assert dict(figure.attrib) == {
        "class": "key-figure",
        "data-metric": "divers",
        "data-value": "9100",
        "data-precision": "about",
        "data-previous": "23.5",
    }


def test_the_years_of_their_figures_are_drawn_when_there_are_several(
    client: Client, home: HomePage
) -> None:
    reef = make_community("Reef")
    divers, fish = make_metric("Divers", headline=False), make_metric("Fish")
    for year in (2021, 2022, 2024):
        make_reading(divers, year, date(year, 6, 30), community=reef)
    make_reading(fish, 7, date(2024, 1, 1), community=reef)
    page = document(client, reef)
    assert page.xpath("//*[@data-metric]/@data-metric") == ["fish", "divers"]
    assert page.xpath("//*[@data-series]/@data-series") == ["divers"]
    few = queries_of(client, reef.url)
    for year in range(2000, 2020):
        make_reading(fish, year, date(year, 1, 1), community=reef)
        make_reading(make_metric(f"More {year}"), 1, date(year, 1, 1), community=reef)
    assert queries_of(client, reef.url) == few


def test_a_page_that_was_never_saved_can_be_previewed(home: HomePage) -> None:
    page = CommunityPage(title="Not yet")
    page.path = CommunityIndexPage.objects.get().path + "0009"
    page.depth = 4
    response = page.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200
    assert b"Not yet" in response.content


def test_queries_do_not_grow_with_entries_links_and_pictures(
    client: Client, home: HomePage
) -> None:
    reef = make_community("Reef", description="<p>One.</p>")
    link = '<p><a linktype="page" id="{}">there</a></p>'

    def tell(number: int) -> None:
        for make in (make_story, make_link):
            for each in range(number):
                entry = make(
                    communities=[reef],
                    supporters=[reef, make_community()],
                    lead_image=make_image(),
                    date=date(2090 + each % 8, 1, 1),
                )
                if isinstance(entry, StoryPage):
                    entry.body = [("pull_quote", {"text": "Now.", "person": "", "role": ""})]
                    entry.save()
                    add_outcome(entry, each, f"things {each}")

    reef.description = link.format(home.pk)
    reef.save()
    tell(1)
    few = queries_of(client, reef.url)
    tell(14)
    reef.description = "".join(
        link.format(pk) for pk in EntryPage.objects.values_list("pk", flat=True)[:20]
    )
    reef.save()
    assert queries_of(client, reef.url) == few
