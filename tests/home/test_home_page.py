"""The front of the site: what it shows, what it leaves out, and how it looks when nothing is there yet."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from home.front import COMMUNITIES, LATEST, LEAD
from home.models import HomePage
from impact.branding.models import SiteSettings
from impact.gallery.models import GalleryPage
from tests.documents import document, slugs, texts
from tests.factories import (
    make_community,
    make_image,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
)
from tests.visibility import HIDDEN, hide

pytestmark = pytest.mark.django_db


def settings(**fields: Any) -> None:
    SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults=fields)


def headings(page: Any) -> list[str]:
    return texts(page.xpath("//main//h1 | //main//h2"))


def test_the_hero_says_what_the_editor_wrote(client: Client, home: HomePage) -> None:
    settings(organisation="Reef Net", tagline="Instruments for everybody")
    home.headline, home.summary, home.hero_image = "We lend gauges", "To neighbours.", make_image()
    home.save()
    page = document(client, "/")
    assert texts(page.xpath("//main//h1")) == ["We lend gauges"]
    assert texts(page.xpath("//main//*[@class='lede']")) == ["To neighbours."]
    assert page.xpath("//main//img[@fetchpriority='high']")


def test_without_a_headline_the_tagline_stands_there_then_the_name(
    client: Client, home: HomePage
) -> None:
    settings(organisation="Reef Net", tagline="Instruments for everybody")
    assert texts(document(client, "/").xpath("//main//h1")) == ["Instruments for everybody"]
    settings(tagline="")
    assert texts(document(client, "/").xpath("//main//h1")) == ["Reef Net"]


def test_a_fresh_site_is_decent_and_has_no_empty_headings(client: Client, home: HomePage) -> None:
    page = document(client, "/")
    assert headings(page) == ["Impact", "The first stories are being written."]
    assert page.xpath("//main//section") == []
    assert page.xpath("//main//a") == []


def test_featured_entries_lead_and_none_stands_twice(client: Client, home: HomePage) -> None:
    old = make_story("Old but featured", featured=True, date=date(2020, 1, 1))
    others = [make_story(f"Story {n}", date=date(2024, 1, 1 + n)) for n in range(12)]
    shown = slugs(document(client, "/"))
    newest = [story.slug for story in reversed(others)]
    assert shown == [old.slug, *newest[: LEAD + LATEST - 1]]
    assert len(set(shown)) == len(shown)


def test_the_largest_place_is_for_a_picture_where_none_is_featured(
    client: Client, home: HomePage
) -> None:
    stories = [make_story(f"Story {n}", date=date(2024, 1, 1 + n)) for n in range(5)]
    newest = [story.slug for story in reversed(stories)]
    assert slugs(document(client, "/")) == newest
    stories[1].lead_image = make_image()
    stories[1].save_revision().publish()
    pictured = newest.pop(3)
    assert slugs(document(client, "/")) == [pictured, *newest]
    stories[3].featured = True
    stories[3].save_revision().publish()
    assert slugs(document(client, "/"))[0] == stories[3].slug


def test_many_featured_entries_leave_room_for_the_latest(client: Client, home: HomePage) -> None:
    for number in range(6):
        make_story(f"Featured {number}", featured=True, date=date(2020, 1, 1 + number))
    new = make_story("New", date=date(2024, 1, 1))
    shown = slugs(document(client, "/"))
    assert shown[LEAD] == new.slug
    assert len(shown) == 7


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_handful_of_entries_is_no_gap(client: Client, home: HomePage, number: int) -> None:
    for _each in range(number):
        make_story()
    page = document(client, "/")
    assert len(slugs(page)) == number
    assert "Latest" not in texts(page.xpath("//main//h3"))


def test_headline_figures_of_the_latest_year_that_has_some(client: Client, home: HomePage) -> None:
    members, quiet = make_metric("Members"), make_metric("Quiet", headline=False)
    make_reading(members, 5, date(2022, 12, 31))
    make_reading(members, 9100, date(2023, 12, 31), precision="about")
    make_reading(quiet, 1, date(2024, 12, 31))
    make_reading(
        members, 1, timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    )
    (figure,) = document(client, "/").xpath("//*[@data-metric]")
    assert figure.get("data-metric") == "members"
    assert figure.get("data-value") == "9100"
    assert figure.get("data-precision") == "about"
    assert figure.get("data-previous") == "5"


def test_the_latest_published_roundup(client: Client, home: HomePage) -> None:
    make_roundup(2022, title="The first year")
    make_roundup(2023, title="Growing", summary="More of it.")
    hide(make_roundup(2024, title="Not yet"), "draft")
    make_story(date=date(2023, 1, 1))
    make_story(date=date(2023, 2, 1), live=False)
    page = document(client, "/")
    (section,) = page.xpath("//section[@aria-labelledby='roundup']")
    said = texts([section])[0]
    assert "Growing" in said
    assert "1 story" in said
    assert section.xpath(".//h2/a/@href") == ["/roundups/2023/"]


def test_the_communities_most_told_of_by_name(client: Client, home: HomePage) -> None:
    quiet = [make_community(f"Quiet {n:02}") for n in range(COMMUNITIES)]
    told = make_community("Zebra")
    make_story(communities=[told])
    page = document(client, "/")
    shown = texts(page.xpath("//*[@class='community-wall']/li"))
    assert len(shown) == COMMUNITIES
    assert shown[-1].endswith("Zebra")
    assert f"All {len(quiet) + 1} communities" in texts(page.xpath("//main//a"))


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_things_are_neither_shown_nor_counted(
    client: Client, home: HomePage, how: str
) -> None:
    hide(make_story("Secret story", featured=True), how)
    hide(make_story("Secret too"), how)
    hide(make_community("Secret community"), how)
    hide(make_roundup(2023, title="Secret year"), how)
    page = document(client, "/")
    assert "Secret" not in page.xpath("string(//main)")
    assert headings(page) == ["Impact", "The first stories are being written."]
    seen = make_story("Seen")
    page = document(client, "/")
    assert slugs(page) == [seen.slug]
    assert "See it in the gallery" in texts(page.xpath("//main//a"))


def test_a_private_gallery_is_not_on_the_front(client: Client, gallery: GalleryPage) -> None:
    make_story("Secret")
    PageViewRestriction.objects.create(page=gallery, restriction_type="login")
    page = document(client, "/")
    assert "Secret" not in page.text_content()
    assert page.xpath("//main//a[starts-with(@href, '/impact/')]") == []


def test_the_newsletter_is_offered_where_there_is_one(client: Client, home: HomePage) -> None:
    assert document(client, "/").xpath("//main//*[@class='newsletter']") == []
    settings(newsletter_url="https://example.org/letter", newsletter_text="Once a month.")
    (letter,) = document(client, "/").xpath("//main//*[@class='newsletter']")
    assert "Once a month." in texts([letter])[0]
    assert letter.xpath(".//a/@href") == ["https://example.org/letter"]


def test_unknown_parameters_change_nothing(client: Client, home: HomePage) -> None:
    make_story("Seen")
    for query in ("q=%00", "page=-1", "x=" + "y" * 10_000, "%ff=%fe"):
        assert client.get(f"/?{query}").status_code == 200
