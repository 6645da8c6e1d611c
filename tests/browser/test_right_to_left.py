"""A story in Arabic: the page is mirrored, nothing sticks out, and nothing is a barrier."""

from typing import Any

import pytest
from playwright.sync_api import Page

from home.models import HomePage
from tests.browser.conftest import Complaints
from tests.browser.test_barriers import overflow, violations
from tests.factories import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_image,
    make_story,
)

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

TEXT = "في العام الماضي قاست ثلاث مدارس مستوى المياه كل صباح، ونشرت ما وجدته على لوح في السوق. "
BODY: list[Any] = [
    ("heading", {"text": "ماذا حدث", "level": "2", "anchor": ""}),
    ("text", f"<p>{TEXT * 4}</p><ul><li>{TEXT}</li></ul>"),
    ("pull_quote", {"text": TEXT, "person": "ليلى", "role": "معلمة"}),
    ("callout", {"kind": "tip", "title": "جرّب", "text": f"<p>{TEXT}</p>"}),
    ("key_figure", {"value": "1200", "precision": "about", "label": "قراءة"}),
    ("code", {"language": "python", "code": "print('a very long line of code ' * 20)", "caption": ""}),
]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 320])
def test_a_story_in_arabic_is_mirrored(
    page: Page, site: HomePage, complaints: Complaints, width: int
) -> None:
    story = make_story(
        TEXT[:60],
        slug="lagoon",
        summary=TEXT,
        language="ar",
        body=BODY,
        lead_image=make_image(credit="Ada", licence="CC BY 4.0"),
        communities=[make_community("Reef Watch")],
        authors=[make_author("Ada Writer")],
        category=make_category("Research"),
        tags=["Reefs"],
    )
    add_outcome(story, 312, TEXT[:40], unit="people")
    make_story("Another one", category=make_category("Research"), tags=["Reefs"])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/impact/lagoon/")
    assert violations(page, "story") + overflow(page, "story") == []

    def left(selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box
        return box["x"]

    def right(selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box
        return width - box["x"] - box["width"]

    # Reading begins on the right; the name of the site stands where it does on every other page.
    assert right("h1") == pytest.approx(right(".entry-body .text"), abs=2)
    assert right("h1") == pytest.approx(right(".byline"), abs=2)
    assert left(".site-name") < width / 3
    # English words among it keep their order.
    days = page.locator(".byline-facts time")
    assert days.evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"
    rule = page.locator(".callout").evaluate("e => getComputedStyle(e).borderRightWidth")
    assert rule == "3px"
    page.goto("/impact/")
    found = page.locator('[data-entry="lagoon"]')
    assert found.evaluate("e => [e.lang, getComputedStyle(e).direction]") == ["ar", "rtl"]
    assert violations(page, "gallery") + overflow(page, "gallery") == []
    assert complaints.all() == []
