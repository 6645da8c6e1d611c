"""A digest as a mail in a real browser: looked at in both widths and colours, copied, downloaded, sent."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from home.models import HomePage
from impact.newsletter.mail.rules import findings
from impact.newsletter.models import DigestPage, MailToolSettings
from impact.newsletter.tools.keys import Key
from tests.browser.conftest import Complaints
from tests.browser.helpers import login
from tests.factories import make_digest, make_image, make_story, make_user
from tests.newsletter.bodies import entry, heading
from tests.newsletter.conftest import set_up
from tests.newsletter.tool_servers import BUTTONDOWN_KEY, ButtondownServer, served

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 390, "height": 844}


@pytest.fixture
def digest(site: HomePage) -> DigestPage:
    lead = make_story("Forty gauges that a village repairs", lead_image=make_image())
    other = make_story("A tide table", lead_image=make_image())
    body = [heading("Water"), entry(other)]
    made = make_digest(body=body, title="November 2024", lead=lead)
    made.save_revision().publish()
    return DigestPage.objects.get(pk=made.pk)


@pytest.fixture
def at_mail(page: Page, digest: DigestPage) -> Page:
    """The page of the mail, reached as an editor reaches it."""
    login(page, make_user("Editors", username="edda"))
    page.goto(f"/admin/pages/{digest.pk}/edit/")
    page.get_by_role("link", name="Look at it as a mail").click()
    page.wait_for_url("**/mail/")
    return page


def no_violations(page: Page) -> None:
    # A message that is fading in is not yet what it will be.
    results = Axe().run(page, context={"exclude": [[".messages"]]})
    assert results.violations_count == 0, results.generate_report()


def test_the_mail_is_looked_at_in_both_widths_and_colours(
    at_mail: Page, complaints: Complaints
) -> None:
    page = at_mail
    frame = page.locator("[data-mail-frame]")
    mail = page.frame_locator("[data-mail-frame]")
    expect(mail.get_by_role("heading", name="November 2024")).to_be_visible()
    ground = mail.locator(".sheet")
    expect(ground).to_have_css("background-color", "rgb(255, 255, 255)")
    page.get_by_label("Phone").check()
    page.get_by_label("Dark").check()
    expect(frame).to_have_attribute("width", "320")
    expect(ground).to_have_css("background-color", "rgb(29, 33, 38)")
    inside = mail.locator("html").evaluate("html => [html.clientWidth, html.scrollWidth]")
    assert inside[1] <= inside[0] <= 320
    pictures = mail.locator("img")
    expect(pictures).to_have_count(2)
    for number in range(2):
        expect(pictures.nth(number)).to_have_js_property("complete", True)
        assert pictures.nth(number).evaluate("img => img.naturalWidth") > 0
    no_violations(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    no_violations(page)
    assert complaints.all() == []


def test_each_form_of_it_is_copied_and_downloaded(
    at_mail: Page, digest: DigestPage, complaints: Complaints
) -> None:
    page = at_mail
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begins = {
        "Subject": "November 2024",
        "HTML": "<!DOCTYPE html>",
        "Plain text": "November 2024\n=",
    }
    for name, beginning in (*begins.items(), ("Markdown", "# November 2024\n")):
        button = page.get_by_role("button", name=f"Copy {name}", exact=True)
        button.click()
        expect(button.locator("xpath=..").get_by_role("status")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").startswith(beginning)
    for name, ending in (("HTML", "html"), ("Plain text", "txt"), ("Markdown", "md")):
        with page.expect_download() as caught:
            page.get_by_role("link", name=f"Download {name}").click()
        assert caught.value.suggested_filename == f"{digest.slug}.{ending}"
    content = page.locator("#mail-html").input_value()
    assert findings(content) == []
    # Where the browser does not allow it, it is marked for the keyboard.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    button = page.get_by_role("button", name="Copy Markdown")
    button.click()
    expect(page.get_by_role("status").filter(has_text="keyboard")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "mail-markdown"
    assert complaints.all() == []


def test_it_goes_to_the_mail_tool_with_a_word_of_the_editor(
    at_mail: Page, settings: Any, complaints: Complaints
) -> None:
    page = at_mail
    with served(ButtondownServer()) as server:
        set_up(settings, server)
        stored = MailToolSettings.load()
        stored.provider = "buttondown"
        stored.keep(Key(BUTTONDOWN_KEY))
        stored.save()
        page.reload()
        page.get_by_role("button", name="Create a draft in Buttondown").dblclick()
        expect(
            page.get_by_text("The draft in Buttondown says what the digest says.")
        ).to_be_visible()
        assert len(server.campaigns) == 1
        no_violations(page)
        page.get_by_role("link", name=re.compile("Send it now")).click()
        expect(page.get_by_role("status").filter(has_text="340 people")).to_be_visible()
        no_violations(page)
        assert server.sent == []
        page.get_by_role("button", name="Send now").click()
        expect(page.get_by_text("It is marked as sent.")).to_be_visible()
        assert len(server.sent) == 1
    assert complaints.all() == []
