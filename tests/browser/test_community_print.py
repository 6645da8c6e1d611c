"""A community's page on paper: one or two pages that a funder can be handed."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from home.models import HomePage
from tests.browser.printing import printed
from tests.factories import (
    add_outcome,
    make_community,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_story,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.any_database,
    pytest.mark.django_db(transaction=True),
]

SENTENCE = "They read the level of the lagoon every morning before the boats go out."
# As long as what organisations really write.
TITLE = "How the keepers of the reef learned to read a warming sea"


@pytest.fixture
def address(site: HomePage) -> str:
    """A community of which a lot is told, in every section; its address."""
    supporters = [make_community(f"Fund {number}") for number in range(9)]
    reef = make_community(
        "Reef Watch",
        summary=f"{SENTENCE} {SENTENCE}",
        description=f"<p>{SENTENCE * 4}</p><p>{SENTENCE * 3}</p>",
        website="https://reef.example.org/",
        logo=make_image(),
        active_since=date(2015, 1, 1),
    )
    for number in range(30):
        quote = {"text": SENTENCE, "person": "Amara Osei", "role": "keeper of the gauges"}
        story = make_story(
            f"{TITLE}, part {number + 1}",
            communities=[reef],
            supporters=supporters[: 1 + number % 9],
            date=date(2025 - number // 5, 1, 1 + number),
            body=[("pull_quote", quote)],
        )
        add_outcome(story, 12 + number, f"households that read a gauge of kind {number % 11}")
    for number in range(10):
        make_link(f"A report on the lagoon, {number + 1}", communities=[reef])
        make_story(f"{TITLE}, elsewhere {number + 1}", supporters=[reef])
    for name in ("Divers", "Gauges read", "Hours of volunteers", "Reefs mapped"):
        metric = make_metric(name, description="From the log book.")
        for year in range(2019, 2026):
            make_reading(metric, 40 + year, date(year, 12, 31), community=reef)
    return "/communities/reef-watch/"


def test_much_is_told_on_two_sheets_with_every_section_and_address(
    page: Page, address: str, tmp_path: Path, base_url: str
) -> None:
    page.goto(address)
    expect(page.locator(".community-head img")).to_have_js_property("complete", True)
    headings = page.locator("main h2").all_text_contents()
    paper = printed(page, tmp_path)
    assert "A4" in paper.size
    assert len(paper.pages) <= 2, paper.pages
    assert paper.says("Reef Watch", 0)
    assert len(headings) == 7
    stories = page.locator(".timeline-address").all_text_contents()
    assert len(stories) == 18
    for shown in (*headings, f"{base_url}{address}", *stories):
        assert paper.says(shown), shown
    # What only a screen can do.
    for absent in ("Search", "Show these stories", "Feed of their stories", "See all"):
        assert not paper.says(absent), absent


def test_little_is_told_on_one(page: Page, site: HomePage, tmp_path: Path) -> None:
    make_story(communities=[make_community("Reef Watch")])
    page.goto("/communities/reef-watch/")
    paper = printed(page, tmp_path)
    assert len(paper.pages) == 1
    assert paper.says("Stories, year by year")
    assert not paper.says("In their words")
