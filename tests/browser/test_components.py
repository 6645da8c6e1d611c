"""Every component in all its states, wide and narrow, light and dark: nothing for axe to find."""

from typing import Any

import pytest
from playwright.sync_api import Page
from wagtail.models import Site

from home.models import HomePage
from impact.branding.models import SiteSettings
from tests.browser.conftest import Complaints
from tests.browser.test_barriers import overflow, violations
from tests.factories import make_category, make_image

pytestmark = [
    pytest.mark.browser,
    pytest.mark.any_database,
    pytest.mark.urls("tests.demo.component_urls"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_component_has_a_barrier(
    page: Page, site: HomePage, complaints: Complaints, scheme: Any
) -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.highlight, settings.paper, settings.fonts = "#ffd400", "#fff6e5", "system"
    settings.save()
    make_category("Research")
    make_image(size=(1600, 900))
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found: list[str] = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/_components/")
        where = f"components at {width} px, {scheme}"
        found += violations(page, where) + overflow(page, where)
    # At twice the size, nothing is pushed out of a phone.
    page.set_viewport_size({"width": 375, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += overflow(page, f"components at twice the size, {scheme}")
    # One component stands there several times, under its own name each time.
    assert [line for line in found if "landmark-unique" not in line] == []
    assert complaints.all() == []
