"""The whole job: a story goes from its writer through review to every place where it belongs, and back."""

import re
from pathlib import Path
from typing import Any

import feedparser
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.gallery.models import GalleryPage
from tests.browser.conftest import Complaints
from tests.browser.editing import (
    action,
    add_community,
    open_new_story,
    saved,
    type_text,
    upload_lead_image,
)
from tests.browser.helpers import login, login_by_form
from tests.factories import (
    make_author,
    make_category,
    make_community,
    make_link,
    make_roundup,
    make_story,
    make_user,
)

pytestmark = pytest.mark.browser

TITLE = "A shared hub for reef data"
SLUG = "a-shared-hub-for-reef-data"
FACETS = [
    ("year", "2024"),
    ("category", "research"),
    ("community", "reef-watch"),
    ("community", "coast-lab"),
    ("tag", "open-source"),
    ("author", "wilma-writer"),
    ("kind", "story"),
]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "reef.png"
    Image.effect_mandelbrot((1600, 1000), (-2, -1.2, 1, 1.2), 60).save(file)
    return file


def counts(page: Page) -> dict[tuple[str, str], int]:
    """The counts beside all facet values of the gallery."""
    values = page.locator("[data-facet][data-value][data-count]").evaluate_all(
        "nodes => nodes.map(n => [n.dataset.facet, n.dataset.value, Number(n.dataset.count)])"
    )
    return {(facet, value): count for facet, value, count in values}


def entries(page: Page) -> list[str]:
    return page.locator("article[data-entry]").evaluate_all("ns => ns.map(n => n.dataset.entry)")


def feed(page: Page, path: str) -> list[str]:
    response = page.request.get(path)
    assert response.ok
    parsed: Any = feedparser.parse(response.body())
    assert not parsed.bozo
    return [entry.title for entry in parsed.entries]


def test_a_story_is_written_reviewed_found_everywhere_and_withdrawn(
    page: Page, site: HomePage, complaints: Complaints, picture: Path
) -> None:
    gallery = GalleryPage.objects.get()
    writer, editor = make_user("Writers", username="wilma"), make_user("Editors", username="edda")
    make_author("Wilma Writer", account=writer)
    make_category("Research")
    reef, coast = make_community("Reef Watch"), make_community("Coast Lab")
    other = make_story("Another one", communities=[reef], tags=["Open Source"], category="Training")
    link = make_link("Elsewhere", category="Training")
    make_roundup(2024)

    # The writer writes and submits.
    login_by_form(page, writer)
    open_new_story(page, gallery.pk)
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill("Reef keepers now read one shared record.")
    upload_lead_image(page, picture, "A drawing of a reef")
    type_text(page, "In March the keepers opened their data.")
    add_community(page, "Reef Watch")
    add_community(page, "Coast Lab")
    page.locator("#id_category").select_option(label="Research")
    page.locator("#id_date").fill("2024-03-12")
    page.keyboard.press("Escape")
    tags = page.locator("#id_tags").locator("xpath=..")
    tags.locator("input:visible").first.press_sequentially("open-source,")
    expect(tags.locator(".tagit-choice")).to_contain_text("open-source")
    action(page, re.compile("^Submit")).click()
    expect(saved(page)).to_contain_text("submitted for moderation")
    story = StoryPage.objects.get(title=TITLE)
    assert not story.live
    assert page.request.get(f"/impact/{SLUG}/").status == 404
    page.goto("/impact/")
    assert SLUG not in entries(page)

    # The editor reads and approves.
    login(page, editor)
    page.goto("/admin/")
    expect(page.get_by_role("link", name=TITLE).first).to_be_visible()
    page.goto(f"/admin/pages/{story.pk}/edit/")
    page.wait_for_load_state("networkidle")
    action(page, re.compile("^Approve and")).first.click()
    expect(saved(page)).to_contain_text("has been updated")
    story.refresh_from_db()
    assert story.live

    # It stands in the gallery under each of its facets, with the right counts.
    page.context.clear_cookies()
    page.goto("/impact/")
    assert set(entries(page)) == {SLUG, other.slug, link.slug}
    assert page.locator("[data-results]").get_attribute("data-results") == "3"
    found = counts(page)
    assert {facet: found[facet] for facet in FACETS} == {
        ("year", "2024"): 3,
        ("category", "research"): 1,
        ("community", "reef-watch"): 2,
        ("community", "coast-lab"): 1,
        ("tag", "open-source"): 2,
        ("author", "wilma-writer"): 1,
        ("kind", "story"): 2,
    }
    for facet, value in FACETS:
        page.goto(f"/impact/?{facet}={value}")
        assert SLUG in entries(page), facet
        chosen = page.locator("[data-results]").get_attribute("data-results")
        assert chosen == str(found[facet, value]), facet
    # The story itself, with its picture.
    page.goto(f"/impact/{SLUG}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("main img").first).to_have_attribute("alt", "A drawing of a reef")
    expect(page.get_by_text("In March the keepers opened their data.")).to_be_visible()
    # Both communities, their feeds, the gallery's feed and the year's roundup.
    for community in (reef, coast):
        page.goto(f"/communities/{community.slug}/")
        assert SLUG in entries(page)
        assert TITLE in feed(page, f"/communities/{community.slug}/feed/")
    assert TITLE in feed(page, "/impact/feed/")
    page.goto("/roundups/2024/")
    expect(page.locator("[data-section=research]")).to_have_attribute("data-count", "1")
    assert SLUG in entries(page)

    # The editor withdraws it, and it is gone from all of them.
    login(page, editor)
    page.goto(f"/admin/pages/{story.pk}/unpublish/")
    page.get_by_role("button", name=re.compile("unpublish", re.IGNORECASE)).first.click()
    expect(saved(page)).to_contain_text("unpublished")
    page.context.clear_cookies()
    for path in (
        "/impact/",
        "/impact/?community=reef-watch",
        "/impact/?tag=open-source",
        "/communities/reef-watch/",
        "/communities/coast-lab/",
        "/roundups/2024/",
        "/",
    ):
        page.goto(path)
        assert SLUG not in entries(page), path
    page.goto("/impact/")
    assert ("community", "coast-lab") not in {k for k, count in counts(page).items() if count}
    assert TITLE not in feed(page, "/impact/feed/")
    assert TITLE not in feed(page, "/communities/reef-watch/feed/")
    page.goto("/roundups/2024/")
    expect(page.locator("[data-section=research]")).to_have_count(0)
    assert page.request.get(f"/impact/{SLUG}/").status == 404
    assert complaints.without_paused_autosave() == []
