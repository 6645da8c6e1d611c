"""Choosing colours in the editor: what is said while they are chosen."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.models import Site

from home.models import HomePage
from impact.branding.models import SiteSettings
from tests.browser.conftest import Complaints
from tests.browser.helpers import login
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


def test_a_colour_that_cannot_be_read_is_said_at_once_and_replaced_with_one_click(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    login(page, make_user("Editors"))
    record = Site.objects.get(is_default_site=True)
    page.goto(reverse("wagtailsettings:edit", args=["branding", "sitesettings", record.pk]))
    page.get_by_role("tab", name="Looks").click()
    paper = page.get_by_role("textbox", name="Paper colour")
    said = page.locator("#id_paper-contrast")
    expect(page.locator("#id_accent-contrast")).to_have_text("Readable in both themes.")
    expect(said).to_be_empty()
    paper.fill("#8a6d3b")
    expect(said).to_contain_text("Too hard to read")
    # The accent is measured on the paper that would be taken instead.
    expect(page.locator("#id_accent-contrast")).to_have_text("Readable in both themes.")
    said.get_by_role("button").click()
    expect(said).to_have_text("Readable in both themes.")
    expect(paper).to_be_focused()
    taken = paper.input_value()
    assert taken != "#8a6d3b"
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("updated")).to_be_visible()
    assert SiteSettings.for_site(record).paper == taken
    assert complaints.all() == []
