"""The table of readings in the editor: by keyboard, and on a phone."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from home.models import HomePage
from impact.metrics.models import Reading
from tests.browser.conftest import Complaints
from tests.browser.helpers import login, settle
from tests.factories import make_community, make_metric, make_reading, make_user

pytestmark = pytest.mark.browser

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Both places are read at once: the page may still be scrolling to the field that has the focus.
STACKED = """([above, below]) => {
  const bounds = (id) => document.getElementById(id).getBoundingClientRect();
  return bounds(below).top > bounds(above).bottom;
}"""


def test_readings_are_added_changed_and_deleted_by_keyboard_and_are_cards_on_a_phone(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    metric, reef = make_metric("Members", unit="people"), make_community("Reef Watch")
    for year in (2022, 2023, 2024):
        make_reading(metric, year - 2000, date(year, 12, 31), note="As told", community=reef)
    login(page, make_user("Editors"))
    page.goto(f"/admin/snippets/metrics/metric/edit/{metric.pk}/")
    settle(page)

    page.locator("#id_readings-0-value").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("~9100")
    page.locator("#id_readings-2-note").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#id_readings-2-DELETE-button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_readings-2-note")).to_be_hidden()
    page.get_by_role("button", name="Add a reading").focus()
    page.keyboard.press("Enter")
    page.locator("#id_readings-3-date").fill("2025-12-31")
    page.locator("#id_readings-3-value").focus()
    page.keyboard.type("> 40")

    page.set_viewport_size({"width": 375, "height": 800})
    assert page.evaluate(STACKED, ["id_readings-0-date", "id_readings-0-value"])
    assert not page.evaluate(WIDER)

    save = page.get_by_role("button", name="Save")
    save.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/snippets/metrics/metric/")
    rows = Reading.objects.order_by("date").values_list("date__year", "value", "precision")
    assert list(rows) == [
        (2023, 23, "exact"),
        (2024, 9100, "about"),
        (2025, 40, "at-least"),
    ]
    assert complaints.all() == []
