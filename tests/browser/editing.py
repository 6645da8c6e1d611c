"""What a person does in the editor: choose, type, submit."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.helpers import settle


def open_new_story(page: Page, gallery_id: int) -> None:
    """Open the form of a new story and wait until it notices changes."""
    page.goto(f"/admin/pages/add/entries/storypage/{gallery_id}/")
    settle(page)


def upload_lead_image(page: Page, file: Path, alt: str) -> None:
    """Choose a lead image by uploading one."""
    page.get_by_role("button", name="Choose an image").first.click()
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files(file)
    # The file's name becomes the title.
    expect(dialog.locator("[name=image-chooser-upload-title]")).not_to_have_value("")
    dialog.locator("[name=image-chooser-upload-description]").fill(alt)
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()


def add_community(page: Page, title: str, role: str = "about") -> None:
    """Add a row to the communities and choose one."""
    rows = page.locator("#id_community_links-FORMS > [data-inline-panel-child]")
    number = rows.count()
    page.locator("#id_community_links-ADD").click()
    row = rows.nth(number)
    row.get_by_role("button", name=re.compile("Choose")).first.click()
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("link", name=title, exact=True).click()
    expect(dialog).to_be_hidden()
    page.locator(f"#id_community_links-{number}-role").select_option(role)


def type_text(page: Page, text: str, number: int = 0) -> None:
    """Type into a rich text block."""
    editor = page.locator("[contenteditable=true]").nth(number)
    editor.click()
    page.keyboard.type(text)


def action(page: Page, name: str | re.Pattern[str]) -> Locator:
    """Return an action of the editor's bar, opening its menu where it stands in it."""
    button = page.locator("footer").get_by_role("button", name=name)
    if not button.first.is_visible():
        page.locator("footer").get_by_role("button", name="More actions").click()
    return button.first


def saved(page: Page) -> Locator:
    """Return the message that says that something was done."""
    return page.locator(".messages")
