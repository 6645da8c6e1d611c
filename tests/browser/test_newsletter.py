"""Signing up for the newsletter: the page's policy lets the form through, and nothing else goes out."""

import pytest
from playwright.sync_api import Page, Route, expect
from wagtail.models import Site

from home.models import HomePage
from impact.branding.models import SiteSettings
from impact.branding.newsletter import Service
from tests.browser.conftest import Complaints

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

ACTION = "https://reef.us1.list-manage.com/subscribe/post?u=a1&id=b2"


def test_the_form_posts_the_address_and_an_empty_trap_to_the_service(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.newsletter_service, settings.newsletter_url = Service.MAILCHIMP, ACTION
    settings.save()
    sent: list[tuple[str, str | None]] = []

    def answer(route: Route) -> None:
        sent.append((route.request.url, route.request.post_data))
        route.fulfill(status=200, content_type="text/html", body="<h1>Nearly there</h1>")

    page.route("https://reef.us1.list-manage.com/**", answer)
    page.goto("/")
    assert complaints.all() == []
    form = page.get_by_role("contentinfo")
    form.get_by_label("Your email address").fill("maren@example.org")
    # The trap is in nobody's way.
    page.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Subscribe")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nearly there")).to_be_visible()
    assert sent == [(ACTION, "EMAIL=maren%40example.org&b_a1_b2=")]
