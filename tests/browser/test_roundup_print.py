"""A year's report on paper: something that a board can be handed."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from home.models import HomePage
from impact.roundups.closing import close_year
from impact.roundups.models import RoundupPage
from tests.browser.printing import printed
from tests.factories import (
    add_outcome,
    make_community,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
)
from tests.roundups.bodies import full_body

pytestmark = [
    pytest.mark.browser,
    pytest.mark.any_database,
    pytest.mark.django_db(transaction=True),
]

URL = "/roundups/2024/"
SENTENCE = "They read the level of the lagoon every morning before the boats go out."
# As long as what organisations really write.
TITLE = "How the keepers of the reef learned to read a warming sea"

# What stands under each heading first.
FIRST = """() => [...document.querySelectorAll('main h2[id]:not(#contents)')].map((heading, number) => {
  const part = heading.closest('section, .roundup-text');
  const first = part.querySelector('.card-link, .key-figure-label, .chart-panel-title, .highlight-title a,'
    + ' .month-name, .goal-title, .year-communities a, .supporters a, .text');
  return [`${number + 1} ${heading.firstChild.textContent}`, first.firstChild.textContent];
})"""
# The words of everything that must not be cut in two.
WHOLE = """() => [...document.querySelectorAll(
  '.card, .key-figure, .chart-panel, .highlight, .month, .goal')].map(whole => [...whole.querySelectorAll(
    '.card-link, .card-summary, time, strong, .key-figure-label, .key-figure-previous, .chart-panel-title,'
    + ' text, .highlight-title a, .highlight-words p, .goal-title, .goal-words, .month-entries a'
  )].map(words => words.firstChild.textContent))"""
ADDRESSES = """() => [...document.querySelectorAll(
  '.card-link, .highlight-title a, .month-entries a, .text a, .section-head p a')].map(link => link.href)"""
COLOURS = """() => ['body', '.chart-line', '.chart-label', '.month-bar'].flatMap(name => {
  const style = getComputedStyle(document.querySelector(name));
  return [style.color, style.stroke, style.fill, style.backgroundColor];
})"""


@pytest.fixture
def large(site: HomePage) -> RoundupPage:
    """A closed year with a lot of everything, beside another."""
    supporters = [make_community(f"Fund {number}") for number in range(4)]
    groups = [make_community(f"Keepers of lagoon {number}") for number in range(9)]
    stories = []
    for number in range(15):
        story = make_story(
            f"{TITLE}, part {number + 1}",
            category=f"Work of kind {number % 5}",
            summary=SENTENCE,
            communities=[groups[number % 9], groups[number * 7 % 8]],
            supporters=[supporters[number % 4]],
            lead_image=make_image() if number < 3 else None,
            date=date(2024, 1 + number % 11, 1 + number),
        )
        add_outcome(story, 12 + number, f"households that read a gauge of kind {number % 13}")
        stories.append(story)
    elsewhere = make_link(
        "A report on the lagoon", category="Work of kind 1", date=date(2024, 12, 1)
    )
    for number in range(6):
        metric = make_metric(f"Metric {number}", description="From the log book.")
        for year in range(2020, 2025):
            value = 1000 * (number + 1) + 7 * year
            make_reading(metric, value, date(year, 12, 31), precision="about")
    text = (
        f'<p>{SENTENCE} <a linktype="page" id="{stories[0].pk}">How</a>, and'
        ' <a href="https://example.org/lagoon">elsewhere</a>.</p>'
    )
    body = full_body(2024, [elsewhere, *stories[:3]], text)
    make_roundup(2023, title="The year before")
    page = make_roundup(
        2024,
        title="A warmer sea",
        summary=SENTENCE,
        body=body,
        lead_image=make_image(),
    )
    return close_year(page)


def test_a_large_year_is_a_report_with_cover_numbers_and_nothing_cut(
    page: Page, large: RoundupPage, tmp_path: Path, base_url: str
) -> None:
    page.goto(URL)
    expect(page.locator(".cover-picture img")).to_have_js_property("complete", True)
    colours = {}
    for media in ("screen", "print"):
        for scheme in ("light", "dark"):
            page.emulate_media(media=media, color_scheme=scheme)
            colours[media, scheme] = page.evaluate(COLOURS)
    # Paper is white, whatever the browser shows.
    assert colours["screen", "dark"] != colours["screen", "light"]
    assert colours["print", "dark"] == colours["print", "light"]
    paper = printed(page, tmp_path)
    total = len(paper.pages)
    assert "A4" in paper.size
    assert 6 <= total <= 10, paper.pages

    for words in ("2024", "A warmer sea", SENTENCE, "Closed on", f"{base_url}{URL}"):
        assert paper.says(words, 0), words
    assert paper.pages[0].split()[:2] != ["1", "/"]
    for number in range(1, total):
        assert paper.pages[number].split()[:3] == [str(number + 1), "/", str(total)]

    parts = page.evaluate(FIRST)
    assert len(parts) == 5 + 9, parts
    for heading, first in parts:
        # The contents number the parts as their headings do.
        assert paper.says(heading, 1), heading
        assert paper.together(heading, first), (heading, first)
    whole = page.evaluate(WHOLE)
    assert len(whole) > 45
    for words in whole:
        assert words
        assert paper.together(*words), words

    addresses = page.evaluate(ADDRESSES)
    assert "https://example.org/lagoon" in addresses
    assert len(addresses) > 30
    for address in addresses:
        assert paper.says(address), address
    # What leads elsewhere is not completed.
    assert not paper.says(f"{base_url}http")
    # What only a screen can do.
    for absent in ("Search", "Skip to", "Menu", "The numbers", "The year before", "Yearly reports"):
        assert not paper.says(absent), absent


def test_a_small_year_is_a_cover_and_a_page(page: Page, site: HomePage, tmp_path: Path) -> None:
    make_story("The only one", communities=[make_community("Reef Watch")])
    make_roundup(2024)
    page.goto(URL)
    paper = printed(page, tmp_path)
    assert len(paper.pages) == 2, paper.pages
    assert paper.says("Impact report 2024", 0)
    assert paper.says("Not closed yet", 0)
    assert not paper.says("The only one", 0)
    assert paper.says("The only one", 1)
    assert paper.says("Reef Watch", 1)
    assert paper.pages[1].split()[:3] == ["2", "/", "2"]
