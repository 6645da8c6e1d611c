"""Signing in."""

import pytest
from playwright.sync_api import Page, expect

from home.models import HomePage
from tests.browser.conftest import Complaints
from tests.browser.helpers import login, login_by_form
from tests.factories import make_user

pytestmark = pytest.mark.browser


def test_a_writer_signs_in_by_the_form(page: Page, site: HomePage, complaints: Complaints) -> None:
    user = make_user("Writers", username="wilma")
    login_by_form(page, user)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert complaints.all() == []


def test_signing_in_takes_no_pointer(page: Page, site: HomePage) -> None:
    make_user("Writers", username="wilma")
    page.goto("/admin/")
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type("wilma")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type("password")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_session_signs_in_too(page: Page, site: HomePage) -> None:
    login(page, make_user("Editors"))
    page.goto("/admin/")
    expect(page).to_have_url(f"{page.url.split('/admin')[0]}/admin/")
