"""A yearly report from its draft to its closed year, as an editor makes it and a reader sees it."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from home.models import HomePage
from tests.browser.conftest import Complaints
from tests.browser.editing import action, saved
from tests.browser.helpers import login
from tests.factories import (
    make_image,
    make_roundup,
    make_story,
    make_user,
)
from tests.roundups.bodies import block, body, category_section, chosen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REPORT = "/roundups/2024/"


def section(page: Page, category: str) -> Locator:
    """A category's section in the form, by the name that screen readers hear."""
    return page.get_by_role("region", name=f"Stories of a category {category}")


def open_section(page: Page, category: str) -> Locator:
    """Open a section, and return it by its place: its name follows what is chosen in it."""
    found = section(page, category)
    found.get_by_role("button", name="Toggle section").first.click()
    return page.locator(f"#{found.get_attribute('id')}")


def choose(page: Page, opened: Locator, field: str, title: str) -> None:
    """Add an entry to a list of the section: by the keyboard up to the choice."""
    adds = opened.get_by_role("button", name=f"Add: {field}")
    adds.last.press("Enter")
    button = opened.get_by_role("button", name="Choose an entry of the year").last
    expect(button).to_be_focused()
    button.press("Enter")
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("link", name=title, exact=True).click()
    expect(dialog).to_be_hidden()


def cards(page: Page) -> list[str]:
    """The stories of the report's section, in their order."""
    found = page.locator("[data-section=research] [data-entry]")
    return found.evaluate_all("nodes => nodes.map(node => node.dataset.entry)")


def rows(page: Page) -> list[list[str]]:
    """What the comparison tells."""
    return page.locator(".impact-differences tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim()))"
    )


def test_a_closed_report_stands_when_its_stories_change_and_forgets_one_that_is_withdrawn(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    told = make_story("As it was told", summary="The first words.", lead_image=make_image())
    pinned, unseen = make_story("Shown first of all"), make_story("Not shown here")
    make_story("A lesson", category="Training")
    login(page, make_user("Editors"))

    # One click makes the draft. One story is to stand first, another nowhere.
    page.goto("/admin/roundups/draft/")
    page.get_by_role("button", name="Draft the report for 2024").click()
    the_year = page.get_by_role("link", name="Close the year, so that").get_attribute("href") or ""
    research = open_section(page, "Research")
    says = research.get_by_role("status")
    expect(says).to_have_text("3 stories of 2024, 3 shown here.")
    choose(page, research, "Shown first", pinned.title)
    choose(page, research, "Left out", unseen.title)
    expect(says).to_have_text("3 stories of 2024, 2 shown here.")
    action(page, re.compile("^Publish")).click()
    expect(saved(page)).to_contain_text("published")
    page.goto(REPORT)
    report = page.locator("[data-roundup]")
    expect(report).to_have_attribute("data-roundup", "open")
    assert cards(page) == [pinned.slug, told.slug]
    expect(page.locator("[data-section=research]")).to_have_attribute("data-count", "3")

    # The year is closed.
    page.goto(the_year)
    page.get_by_role("button", name="Close the year, and publish").click()
    expect(saved(page)).to_contain_text("2024 is closed")
    page.goto(REPORT)
    expect(report).to_have_attribute("data-roundup", "closed")
    as_closed = report.inner_text()
    picture = page.locator(f"[data-entry={told.slug}] img").get_attribute("src")
    assert "As it was told" in as_closed

    # A story gets other words and another category, a second one another year: the report stands.
    page.goto(f"/admin/pages/{told.pk}/edit/")
    page.locator("#id_title").fill("As it is told now")
    page.locator("#id_summary").fill("Better words.")
    page.locator("#id_category").select_option(label="Training")
    action(page, re.compile("^Publish")).click()
    expect(saved(page)).to_contain_text("published")
    pinned.date = date(2023, 5, 1)
    pinned.save_revision().publish()
    page.goto(REPORT)
    expect(report).to_have_attribute("data-roundup", "closed")
    assert report.inner_text() == as_closed

    # The editor sees what would be otherwise today.
    page.goto(the_year)
    told_rows = rows(page)
    for row in (
        ["All entries", "4", "3"],
        ["Research", "3", "1"],
        ["Moved", pinned.title, "now among the entries of 2023"],
        [
            "Changed",
            "As it was told · The first words. · Research",
            "As it is told now · Better words. · Training",
        ],
    ):
        assert row in told_rows

    # The story is withdrawn: card, title and picture are gone at once, and it is still counted.
    page.goto(f"/admin/pages/{told.pk}/unpublish/")
    page.get_by_role("button", name=re.compile("unpublish", re.IGNORECASE)).first.click()
    expect(saved(page)).to_contain_text("unpublished")
    page.goto(REPORT)
    assert cards(page) == [pinned.slug]
    expect(report).not_to_contain_text("As it was told")
    expect(report).not_to_contain_text("As it is told now")
    assert picture not in report.locator("img").evaluate_all(
        "all => all.map(i => i.getAttribute('src'))"
    )
    expect(page.locator("[data-section=research]")).to_have_attribute("data-count", "3")
    expect(report).to_contain_text("4 stories")
    page.goto(the_year)
    expect(page.locator(".impact-year")).to_contain_text("neither card nor title")
    expect(page.locator(".impact-year li")).to_have_text("As it was told")
    assert complaints.without_paused_autosave() == []


def test_sections_count_what_stands_in_the_form_now(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    first, second = make_story("First"), make_story("Second")
    make_story("A lesson", category="Training")
    sections = [
        category_section("research", first=[first, second]),
        category_section("training"),
        block("other_section", **chosen()),
    ]
    roundup = make_roundup(2024, body=body(*sections))
    login(page, make_user("Editors"))
    page.goto(f"/admin/pages/{roundup.pk}/edit/")
    research = open_section(page, "Research")
    others = page.locator(".impact-count").last
    expect(others).to_have_text("0 stories of 2024")

    # A section that is taken away leaves its stories to the others.
    section(page, "Training").get_by_role("button", name="Delete").first.click()
    expect(others).to_have_text("1 story of 2024, 1 shown here.")

    # A choice from elsewhere is told, and another year has other stories.
    says = research.get_by_role("status")
    research.get_by_role("combobox", name="Category").select_option(label="Training")
    expect(says).to_have_text(
        "1 story of 2024, 1 shown here. 2 chosen stories are not among them, and passed over."
    )
    research.get_by_role("combobox", name="Category").select_option(label="Research")
    research.get_by_label("Stories shown").fill("1")
    research.get_by_label("Stories shown").press("Tab")
    expect(says).to_have_text("2 stories of 2024, 2 shown here.")
    pinned = research.locator('[data-contentpath="first"]')
    pinned.get_by_role("button", name="Move down").first.press("Enter")
    pinned.get_by_role("button", name="Delete").last.press("Enter")
    expect(says).to_have_text("2 stories of 2024, 1 shown here.")
    action(page, re.compile("^Publish")).click()
    expect(saved(page)).to_contain_text("published")
    page.goto(REPORT)
    assert cards(page) == [second.slug]
    assert complaints.without_paused_autosave() == []
