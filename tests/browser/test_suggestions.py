"""Suggestions below a search field, and the gallery by the keyboard alone."""

import json
import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from home.models import HomePage
from tests.browser.conftest import Complaints
from tests.factories import make_community, make_story

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.any_database,
]


@pytest.fixture
def content(site: HomePage) -> None:
    reef = make_community("Reef Watch")
    make_story("A reef at night", slug="night", communities=[reef], date=date(2024, 2, 1))
    make_story("A reef by day", slug="day", tags=["Reefs"], date=date(2024, 1, 1))


def field_of(page: Page) -> Locator:
    page.goto("/impact/")
    return page.locator("#site-search")


def test_names_and_titles_are_offered_and_chosen_by_keyboard(
    page: Page, content: None, complaints: Complaints
) -> None:
    field = field_of(page)
    field.press_sequentially("ree")
    options = page.get_by_role("option")
    expect(options).to_have_text([re.compile(t) for t in ("Watch", "Reefs", "night", "day")])
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="4 suggestions")).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "true")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    # From the field down, up through the field to the last one, and into the field again.
    for key, chosen in (("Down", 0), ("Down", 1), ("Up", 0), ("Up", None), ("Up", 3), ("Up", 2)):
        page.keyboard.press(f"Arrow{key}")
        active = field.get_attribute("aria-activedescendant")
        assert active == (None if chosen is None else options.nth(chosen).get_attribute("id"))
    expect(page.locator("[role=option][aria-selected=true]")).to_have_text("A reef at night")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/impact/night/")
    assert complaints.all() == []


def test_escape_closes_and_enter_searches_as_ever(page: Page, content: None) -> None:
    field = field_of(page)
    field.press_sequentially("reef")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("reef")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(4)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/impact/?q=reef")


def test_the_last_question_counts_however_late_the_others_are_answered(
    page: Page, content: None
) -> None:
    held: list[Route] = []

    def answer(route: Route) -> None:
        if route.request.url.endswith("q=ree"):
            held.append(route)
        else:
            route.continue_()

    page.route("**/search/suggestions/*", answer)
    field = field_of(page)
    with page.expect_request(re.compile("q=ree$")):
        field.press_sequentially("ree")
    field.press_sequentially("f ni")
    expect(page.get_by_role("option")).to_have_text(["A reef at night"])
    stale = {"label": "S", "status": "", "groups": [{"label": "Old", "options": []}]}
    held[0].fulfill(content_type="application/json", body=json.dumps(stale))
    expect(page.get_by_role("option")).to_have_text(["A reef at night"])
    # What fails leaves the form as it is.
    page.unroute("**/search/suggestions/*")
    page.route("**/search/suggestions/*", lambda route: route.abort())
    field.press_sequentially("g")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/impact/?q=reef+nig")


def test_the_field_of_the_gallery_offers_within_the_selection(page: Page, content: None) -> None:
    page.goto("/impact/")
    page.locator("[data-facet=community][data-value=reef-watch]").click()
    expect(page.locator("#results-heading")).to_have_text("1 story with Reef Watch")
    page.locator("#filter-q").press_sequentially("reef")
    expect(page.get_by_role("option")).to_have_text(["A reef at night"])
    page.get_by_role("option").click()
    page.wait_for_url("**/impact/night/")


def tab_to(page: Page, target: str) -> None:
    """Press Tab until something has the focus, which has to be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{target}:focus").count():
            expect(page.locator(f"{target}:focus")).to_be_in_viewport()
            return
    raise AssertionError(f"Tab does not lead to {target}")


def test_the_gallery_is_used_by_the_keyboard_alone(page: Page, content: None) -> None:
    page.goto("/")
    tab_to(page, "a[href='/impact/']")
    page.keyboard.press("Enter")
    tab_to(page, "[data-facet=tag][data-value=reefs]")
    page.keyboard.press("Enter")
    expect(page.locator("#results-heading")).to_have_text("1 story about Reefs")
    tab_to(page, ".chip-remove")
    page.keyboard.press("Enter")
    expect(page.locator("#results-heading")).to_have_text("2 stories")
    tab_to(page, ".sorts-list a[href*=oldest]")
    page.keyboard.press("Enter")
    expect(page.locator("article").first).to_contain_text("A reef by day")
    tab_to(page, ".card-link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/impact/day/")
