"""What a page costs does not depend on how much there is: every page and feed, all at once."""

from datetime import date

import pytest
from django.test import Client

from home.models import HomePage
from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage
from impact.gallery.seeding import seed
from impact.media.models import ImpactImage
from impact.roundups.models import RoundupPage
from tests.documents import queries_of
from tests.factories import (
    make_community,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
)

pytestmark = [pytest.mark.django_db, pytest.mark.long]

YEAR = 2090


def picture() -> ImpactImage:
    """A small one: a copy is made for each place of the layout."""
    return make_image(size=(120, 80))


def some_of_everything(reef: CommunityPage, number: int) -> None:
    """Add entries with pictures, newer than what is seeded, so that they are the ones shown."""
    for each in range(number):
        day = date(YEAR, 1 + each % 12, 1)
        for make in (make_story, make_link):
            make(communities=[reef], supporters=[reef], lead_image=picture(), date=day)


def test_queries_are_the_same_with_ten_and_a_thousand_entries(
    client: Client, home: HomePage
) -> None:
    reef = make_community("Reef", logo=picture())
    seed(10)
    some_of_everything(reef, 1)
    text = "".join(f'<p><a linktype="page" id="{home.pk}">Home</a></p>' for _ in range(20))
    story = make_story(
        featured=True,
        communities=[reef],
        tags=["Reef work"],
        lead_image=picture(),
        body=[("text", text)],
        date=date(YEAR, 1, 1),
    )
    link = make_link(communities=[reef], lead_image=picture(), date=date(YEAR, 1, 2))
    make_roundup(YEAR, lead_image=picture())
    make_reading(make_metric("Members"), 5, date(2024, 1, 1))
    urls = (
        "/",
        "/impact/",
        f"/impact/?community=reef&year={YEAR}",
        "/impact/?q=home",
        story.url,
        link.url,
        "/impact/feed/",
        "/impact/feed/atom/",
        "/impact/feed/json/",
        f"{reef.url}feed/",
        "/communities/",
        reef.url,
        "/roundups/",
        f"/roundups/{YEAR}/",
    )
    few = {url: queries_of(client, url) for url in urls}

    seed(990, seed_value=8)
    some_of_everything(reef, 12)
    for number in range(8):
        make_roundup(2020 + number, lead_image=picture())
        make_community(f"More {number}", logo=picture())
        metric = make_metric(f"Metric {number}")
        for year in (2023, 2024, YEAR - 1, YEAR):
            make_reading(metric, number, date(year, 6, 1))
    assert EntryPage.objects.count() > 1000
    # A roundup that now has a year before it asks for its address too: nothing else may differ.
    RoundupPage.objects.filter(year__lt=YEAR).update(live=False)
    assert {url: queries_of(client, url) for url in urls} == few
    RoundupPage.objects.update(live=True)
    assert queries_of(client, "/roundups/") == few["/roundups/"]
