"""axe on a phone, best practices too: every page type, the gallery’s states, a page with its userbar."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from home.models import HomePage
from tests.browser.conftest import Complaints
from tests.browser.helpers import login
from tests.browser.site import build
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.long]

WIDTH = 375
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page, where: str) -> list[str]:
    """One line for each violation: where, which rule, on which element."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{where}: {violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


def overflow(page: Page, where: str) -> list[str]:
    """Say so when the page must be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{where}: {wide} px wider than the window"] if wide > 0 else []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_and_no_state_has_a_barrier(
    page: Page, site: HomePage, complaints: Complaints, scheme: Any
) -> None:
    paths = build()
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found: list[str] = []
    for name, path in paths.items():
        page.goto(path)
        where = f"{name} at {WIDTH} px, {scheme}"
        found += violations(page, where) + overflow(page, where)
        if name == "gallery":
            for details in page.locator("details").all():
                details.evaluate("node => { node.open = true; }")
            found += violations(page, f"{where}, filters open") + overflow(page, where)
    assert found == []
    # A page that isn't there says so in the console; nothing else may.
    expected = [line for line in complaints.all() if "/nowhere/" in line]
    assert complaints.all() == expected


def test_the_page_of_somebody_signed_in_has_no_barrier(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    build()
    login(page, make_user("Editors"))
    page.goto("/impact/hub/")
    assert violations(page, "story, signed in") == []
    page.wait_for_timeout(1_000)
    assert complaints.all() == []
