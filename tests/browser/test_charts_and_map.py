"""Charts and the map in a real browser: type that is readable and in its place, points that can be hit."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from home.models import HomePage
from impact.metrics.charts.shapes import text_width
from tests.browser.conftest import Complaints
from tests.factories import make_community, make_metric, make_reading, make_roundup

pytestmark = [
    pytest.mark.browser,
    pytest.mark.any_database,
    pytest.mark.django_db(transaction=True),
]

WIDTHS = (1280, 700, 375, 320)
TEXTS = """() => [...document.querySelectorAll('.chart-drawing')].filter(d => d.checkVisibility()).flatMap(
  drawing => [...drawing.querySelectorAll('text')].map(text => {
    const box = text.getBBox(), view = drawing.viewBox.baseVal;
    return {
      text: text.textContent, units: text.getComputedTextLength(), left: box.x, right: box.x + box.width,
      width: view.width, size: parseFloat(getComputedStyle(text).fontSize),
      pixels: parseFloat(getComputedStyle(text).fontSize) * drawing.clientWidth / view.width,
    };
  }))"""


@pytest.fixture
def reports(site: HomePage) -> None:
    names = ("Members", "Grants paid", "Hours")
    units = ("count", "currency", "hours")
    for name, unit in zip(names, units, strict=True):
        metric = make_metric(name, unit=unit, currency="USD" if unit == "currency" else "")
        for year, value in ((2021, 1200), (2022, 15_300), (2024, 2_250_000)):
            make_reading(metric, value, date(year, 12, 31), precision="at-least")
    make_roundup(2024)


@pytest.fixture
def network(site: HomePage) -> None:
    for number, (latitude, longitude) in enumerate([(48, 11), (48, 12), (49, 30), (-18, 178)]):
        make_community(f"Group {number}", region="europe", latitude=latitude, longitude=longitude)


def test_labels_have_the_room_they_were_given_and_can_be_read(
    page: Page, complaints: Complaints, reports: None
) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/roundups/")
        page.evaluate("document.fonts.ready")
        found: list[dict[str, Any]] = page.evaluate(TEXTS)
        assert len(found) > 20
        for label in found:
            assert label["units"] <= text_width(label["text"], label["size"]), label
            assert label["left"] >= 0, label
            assert label["right"] <= label["width"], label
            assert label["pixels"] >= 10.5, (width, label)
    assert complaints.all() == []


def test_the_points_of_the_map_can_be_hit_at_every_width(
    page: Page, complaints: Complaints, network: None
) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/communities/")
        targets = page.locator(".map-hit:visible")
        assert targets.count() in {2, 3}
        for target in targets.all():
            box = target.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24, (width, box)
    assert complaints.all() == []


def test_the_map_works_by_keyboard_alone(page: Page, network: None) -> None:
    page.goto("/communities/")
    page.get_by_role("link", name="Skip the map").focus()
    map_ = page.get_by_role("group", name="Map")
    page.keyboard.press("Tab")
    expect(map_.get_by_role("link", name="Europe: 4 communities")).to_be_focused()
    page.keyboard.press("Tab")
    together = map_.get_by_role("link", name="2 communities: Group 0, Group 1")
    expect(together).to_be_focused()
    expect(together.locator(".map-name")).to_be_visible()
    page.keyboard.press("Enter")
    listed = page.locator(".map-together").get_by_role("link", name="Group 1")
    expect(listed).to_be_visible()
    expect(together).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator(".map-together").get_by_role("link", name="Group 0")).to_be_focused()
    page.keyboard.press("Tab")
    expect(listed).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/communities/group-1/")
