"""The gallery in a browser: choices in place, Back, focus, the sheet on phones, without JavaScript."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from home.models import HomePage
from tests.browser.conftest import Complaints
from tests.factories import make_community, make_link, make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.long]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def content(site: HomePage) -> None:
    """Thirty stories under many tags, and a link."""
    reef = make_community("Reef")
    for number in range(1, 31):
        make_story(
            f"Story {number}",
            communities=[reef] if number % 2 else [],
            category="Policy" if number % 3 else "Research",
            tags=["Water", *([f"Topic {n:02}" for n in range(14)] if number == 1 else [])],
            date=date(2024 if number < 20 else 2023, 1, 1 + number % 28),
        )
    make_link("Press", tags=["Water"], date=date(2024, 6, 1))


def expect_results(page: Page, heading: str, address: str) -> None:
    """Wait for the line above the results and for the end of the address."""
    expect(page.locator("#results-heading")).to_have_text(heading)
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))


def test_a_choice_changes_results_counts_and_address_in_place(
    page: Page, content: None, complaints: Complaints
) -> None:
    page.goto("/impact/")
    page.evaluate("window.stayed = true")
    page.locator("[data-facet=community][data-value=reef]").click()
    expect(page.locator("#results-heading")).to_have_text("15 stories with Reef")
    expect(page).to_have_url("http://" + page.url.split("/")[2] + "/impact/?community=reef")
    expect(page.locator("[data-results]")).to_have_attribute("data-results", "15")
    expect(page.locator(".chips")).to_contain_text("Reef")
    expect(page.locator("[data-facet=kind]")).to_have_count(1)
    expect(page.locator("h1")).to_have_text("Reef")
    expect(page).to_have_title(re.compile("^15 stories with Reef"))
    assert page.evaluate("window.stayed") is True
    assert complaints.all() == []


@pytest.mark.any_database
def test_focus_stays_on_the_choice_and_the_new_heading_is_announced(
    page: Page, content: None
) -> None:
    page.goto("/impact/")
    choice = page.locator("[data-facet=category][data-value=policy]")
    choice.focus()
    page.keyboard.press("Enter")
    expect(choice).to_have_attribute("aria-current", "true")
    expect(choice).to_be_focused()
    announcement = page.locator("#announcement")
    expect(announcement).to_have_text("20 stories in Policy")
    expect(announcement).to_have_attribute("role", "status")
    page.keyboard.press("Enter")
    expect(announcement).to_have_text("31 entries")
    expect(choice).to_be_focused()


@pytest.mark.any_database
def test_a_choice_still_works_when_the_update_in_place_fails(page: Page, content: None) -> None:
    page.goto("/impact/?year=2024")
    page.route(
        "**/impact/**",
        lambda route: route.abort() if "hx-request" in route.request.headers else route.continue_(),
    )
    page.locator("[data-facet=community][data-value=reef]").click()
    expect(page.locator("#results-heading")).to_have_text("10 stories with Reef, 2024")


@pytest.mark.any_database
def test_a_removed_chip_leaves_the_focus_on_the_heading(page: Page, content: None) -> None:
    page.goto("/impact/?community=reef&year=2024")
    page.locator(".chip", has_text="2024").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#results-heading")).to_have_text("15 stories with Reef")
    expect(page.locator("#results-heading")).to_be_focused()


def test_back_and_forward_follow(page: Page, content: None) -> None:
    page.goto("/impact/")
    page.locator("[data-facet=year][data-value='2023']").click()
    expect(page.locator("#results-heading")).to_have_text("11 stories, 2023")
    page.locator("[data-facet=community][data-value=reef]").click()
    expect(page.locator("#results-heading")).to_have_text("5 stories with Reef, 2023")
    page.go_back()
    expect(page.locator("#results-heading")).to_have_text("11 stories, 2023")
    expect(page).to_have_url(re.compile(re.escape("/impact/?year=2023") + "$"))
    page.go_back()
    expect(page.locator("#results-heading")).to_have_text("31 entries")
    page.go_forward()
    expect(page.locator("#results-heading")).to_have_text("11 stories, 2023")
    expect(page.locator("[aria-current=true][data-facet=year]")).to_have_attribute(
        "data-value", "2023"
    )


@pytest.mark.any_database
def test_a_story_opened_from_a_selection_leads_back_to_it(page: Page, content: None) -> None:
    page.goto("/impact/")
    page.locator("[data-facet=year][data-value='2023']").click()
    expect(page.locator("#results-heading")).to_have_text("11 stories, 2023")
    page.locator(".card-link").first.click()
    page.wait_for_url("**/impact/story-*/")
    page.go_back()
    expect(page.locator("#results-heading")).to_have_text("11 stories, 2023")


@pytest.mark.any_database
def test_the_form_leaves_the_canonical_address(page: Page, content: None) -> None:
    page.goto("/impact/?community=reef")
    page.get_by_role("searchbox", name="Search", exact=True).last.fill("Story 7")
    page.keyboard.press("Enter")
    expect(page.locator("#results-heading")).to_have_text("1 story with Reef matching “Story 7”")
    expect(page).to_have_url(re.compile(re.escape("/impact/?community=reef&q=Story+7") + "$"))
    expect(page.locator("#filter-q")).to_be_focused()
    expect(page.locator(".sorts-list [aria-current]")).to_have_count(0)


@pytest.mark.any_database
def test_paging_goes_to_the_top_of_the_results(page: Page, content: None) -> None:
    page.goto("/impact/")
    page.get_by_role("link", name="Page 2").click()
    expect(page.locator("article[data-entry]")).to_have_count(7)
    expect(page).to_have_url(re.compile(re.escape("/impact/?page=2") + "$"))
    expect(page.locator("#results-heading")).to_be_focused()
    expect(page.locator("#results-heading")).to_be_in_viewport()


@pytest.mark.any_database
def test_a_long_facet_is_narrowed_while_typing_and_keeps_what_was_typed(
    page: Page, content: None
) -> None:
    page.goto("/impact/?year=2024")
    page.locator("#more-tag summary").click()
    field = page.get_by_role("searchbox", name="Type to find: Tag")
    field.fill("TOPIC 1")
    expect(page.locator("#more-tag li:visible")).to_have_count(4)
    page.locator("[data-facet=tag][data-value=topic-13]").click()
    expect(page.locator("#results-heading")).to_have_text("1 story about Topic 13, 2024")
    expect(page.locator("#more-tag")).to_have_attribute("open", "")
    expect(field).to_have_value("TOPIC 1")
    expect(page.locator("[data-facet=tag][data-value=topic-13]")).to_be_focused()


@pytest.mark.any_database
def test_on_phones_the_filters_are_a_sheet_that_says_what_it_will_show(
    page: Page, content: None, complaints: Complaints
) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/impact/")
    sheet = page.locator("#filters")
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    expect(sheet).to_be_visible()
    page.locator("[data-facet=community][data-value=reef]").click()
    show = page.get_by_role("button", name="Show 15 stories")
    expect(show).to_be_in_viewport()
    expect(sheet).to_be_visible()
    expect(page.locator("[data-facet=community][data-value=reef]")).to_be_focused()
    show.click()
    expect(sheet).to_be_hidden()
    expect(page.locator("#results-heading")).to_have_text("15 stories with Reef")
    page.get_by_role("button", name="Filters").click()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert complaints.all() == []


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext], base_url: str) -> Page:
    """A browser without JavaScript."""
    return new_context(base_url=base_url, java_script_enabled=False).new_page()


def test_without_javascript_links_and_form_do_the_same(plain: Page, content: None) -> None:
    plain.goto("/impact/")
    plain.locator("[data-facet=community][data-value=reef]").click()
    expect_results(plain, "15 stories with Reef", "/impact/?community=reef")
    plain.locator("#filter-q").fill("Story 7")
    plain.locator("#filter-go").click()
    expect(plain.locator("#results-heading")).to_have_text("1 story with Reef matching “Story 7”")
    expect(plain.locator("link[rel=canonical]")).to_have_attribute(
        "href", re.compile(re.escape("/impact/?community=reef&q=Story+7") + "$")
    )
    plain.get_by_role("link", name="Clear all").first.click()
    expect_results(plain, "31 entries", "/impact/")
    plain.get_by_role("link", name="Page 2").click()
    expect(plain).to_have_url(re.compile(re.escape("/impact/?page=2") + "$"))
    expect(plain.locator("article[data-entry]")).to_have_count(7)


@pytest.mark.any_database
def test_without_javascript_the_sheet_opens_and_closes(plain: Page, content: None) -> None:
    plain.set_viewport_size(PHONE)
    plain.goto("/impact/?community=reef")
    plain.get_by_role("button", name="Filters").click()
    expect(plain.locator("#filters")).to_be_visible()
    plain.get_by_role("button", name="Show 15 stories").click()
    expect(plain.locator("#filters")).to_be_hidden()


@pytest.mark.any_database
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, content: None, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for query in ("", "?community=reef&q=story&sort=oldest", "?tag=nope&year=2024"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(f"/impact/{query}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if width < 900:
                page.get_by_role("button", name="Filters").click()
                expect(page.locator("#filters")).to_be_visible()
            results = Axe().run(page)
            assert results.violations_count == 0, results.generate_report()
