"""The newsletter's month: from what was published to a digest that was sent, and the next one without it."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from home.models import HomePage
from impact.newsletter.models import DigestPage
from tests.browser.conftest import Complaints
from tests.browser.editing import action, saved
from tests.browser.helpers import login, settle
from tests.factories import make_category, make_community, make_link, make_story, make_user

pytestmark = pytest.mark.browser


def last_month(day: int) -> datetime:
    """A morning of the month that the first digest is about."""
    before = timezone.localdate().replace(day=1) - timedelta(days=1)
    return datetime(before.year, before.month, day, 9, tzinfo=UTC)


def published(make: Any, title: str, day: int, **fields: Any) -> Any:
    moment = last_month(day)
    return make(title, date=moment.date(), first_published_at=moment, **fields)


def line(page: Page, title: str) -> Locator:
    """Return the line of an entry, which may be folded."""
    lines = page.locator("[data-streamfield-child]:not([aria-hidden=true])")
    return lines.filter(has=page.locator(".impact-entry-line")).filter(has_text=title)


def proposed(page: Page) -> list[str]:
    page.goto("/admin/digests/draft/")
    found = page.locator(".impact-proposed [data-entry]")
    return found.evaluate_all("all => all.map(each => each.dataset.entry)")


def test_a_digest_is_drafted_edited_and_sent_and_its_entries_do_not_come_again(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    tools = make_category("Tools", sort_order=2)
    reef = make_community("Reef Watch")
    first = published(make_story, "Forty gauges", 3, category=tools, communities=[reef])
    second = published(make_story, "A shared hub", 9, category=tools, summary="It is shared. Yes.")
    published(make_story, "A broken sensor", 2, category=tools)
    published(make_link, "In the paper", 20)
    older = make_story("An older story", date=date(2020, 1, 1))
    login(page, make_user("Editors"))

    # What the month holds is there already.
    page.goto("/admin/")
    page.get_by_role("button", name="Newsletter").click()
    menu = page.get_by_role("list", name="Newsletter")
    menu.get_by_role("link", name="New digest").click()
    expect(page.get_by_text("3 stories, 1 featured link")).to_be_visible()
    page.get_by_role("button", name="Make the draft").click()
    expect(saved(page)).to_contain_text("Nobody sees it yet.")
    settle(page)
    digest = DigestPage.objects.get()

    # One story is left out, and another put first.
    left_out = page.get_by_role("region", name="Left out")
    expect(left_out).to_be_hidden()
    line(page, "A broken sensor").get_by_role("button", name="Delete").click()
    expect(left_out).to_contain_text("A broken sensor")
    lead = page.locator("#id_lead").locator("xpath=..")
    lead.get_by_role("button", name="Actions").click()
    page.get_by_role("button", name="Choose another entry").first.click()
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("link", name="Forty gauges").click()
    expect(dialog).to_be_hidden()
    expect(line(page, "Forty gauges").locator(".impact-leads")).to_be_visible()

    # A line is rewritten; until then it shows what the story says.
    hub = line(page, "A shared hub")
    hub.get_by_role("button", name="Toggle section").click()
    expect(hub.locator("[name$=-title]")).to_have_attribute("placeholder", "A shared hub")
    sentence = hub.locator("[name$=-sentence]")
    expect(sentence).to_have_attribute("placeholder", "It is shared. Yes.")
    sentence.fill("In our own words.")

    # What was left out comes back, and goes again.
    left_out.get_by_role("button", name="Put back A broken sensor").click()
    expect(left_out).to_be_hidden()
    expect(line(page, "A broken sensor")).to_have_count(1)
    line(page, "A broken sensor").get_by_role("button", name="Delete").click()
    assert Axe().run(page, context=".impact-left-out").violations_count == 0
    action(page, re.compile("^Publish")).click()
    expect(saved(page)).to_contain_text("published")

    # Readers see it.
    page.goto(f"/newsletter/{last_month(1):%Y-%m}/")
    expect(page.locator("[data-lead]")).to_contain_text("Forty gauges")
    expect(page.locator(f"[data-entry={second.slug}]")).to_contain_text("In our own words.")
    expect(page.get_by_role("heading", name="From our communities")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Reef Watch")
    expect(page.get_by_role("main")).not_to_contain_text("A broken sensor")
    expect(page.get_by_role("main")).not_to_contain_text("Coming up")

    # It has gone out. What it held is proposed no more; what was left out neither.
    assert set(proposed(page)) >= {first.slug, second.slug}
    page.goto(f"/admin/pages/{digest.pk}/edit/")
    page.get_by_role("link", name="Once it has gone out").click()
    page.get_by_role("button", name="Mark as sent").click()
    expect(saved(page)).to_contain_text("is marked as sent")
    expect(page.get_by_text("Nothing has changed since.")).to_be_visible()
    assert proposed(page) == []

    # The story gets another title: the page says what was sent, and the editor is told.
    first.title = "Fifty gauges"
    first.save_revision().publish()
    make_story("News", date=timezone.localdate())
    page.goto(f"/admin/pages/{digest.pk}/edit/")
    expect(page.get_by_text("is now “Fifty gauges”")).to_be_visible()
    page.goto(digest.url)
    expect(page.locator("[data-lead]")).to_contain_text("Forty gauges")
    assert older.title not in page.content()
    assert complaints.without_paused_autosave() == []
