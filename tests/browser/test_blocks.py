"""Blocks in a browser: the player after a click, links and footnotes in the editor."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from home.models import HomePage
from impact.blocks.body import BodyBlock
from impact.blocks.stored import as_stored
from impact.entries.models import StoryPage
from tests.blocks.bodies import everything, picture
from tests.browser.conftest import Complaints
from tests.browser.helpers import login, settle
from tests.factories import make_drawing, make_image, make_standard_page, make_story, make_user

pytestmark = [pytest.mark.browser, pytest.mark.long]

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def story_with(*children: tuple[str, Any]) -> StoryPage:
    """A published story with these blocks, raw."""
    raw = [{"type": name, "value": value} for name, value in children]
    return make_story("A story", body=BodyBlock().to_python(raw))


def latest(story: StoryPage) -> StoryPage:
    """The story as the editor saved it last."""
    return StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()


def save(page: Page) -> None:
    """Save the draft and wait until it is saved."""
    # The text editor hands what was typed to the form after a quarter of a second.
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".messages .success").first).to_be_attached()


@pytest.fixture
def elsewhere(page: Page, live_server: LiveServer) -> list[str]:
    """The addresses that the page asks other hosts for; none is answered."""
    asked: list[str] = []

    def refuse(route: Route, request: Request) -> None:
        if request.url.startswith(live_server.url):
            route.continue_()
            return
        asked.append(request.url)
        route.abort()

    page.route(re.compile(r"^https?://"), refuse)
    return asked


@pytest.mark.any_database
def test_the_player_appears_only_after_a_click(
    page: Page, site: HomePage, elsewhere: list[str]
) -> None:
    story = story_with(
        ("video", {"title": "How to read a gauge", "url": VIDEO, "poster": make_image().pk})
    )
    page.goto(story.url)
    page.wait_for_load_state("networkidle")
    link = page.get_by_role("link", name="How to read a gauge")
    expect(link).to_have_attribute("href", VIDEO)
    expect(page.locator("iframe")).to_have_count(0)
    assert elsewhere == []

    link.focus()
    page.keyboard.press("Enter")
    player = page.locator("iframe")
    expect(player).to_have_count(1)
    expect(player).to_have_attribute("title", "How to read a gauge")
    page.wait_for_timeout(300)
    assert [url.split("?")[0] for url in elsewhere] == [
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    ]
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"


@pytest.mark.any_database
def test_a_tampered_address_gets_no_player(
    page: Page, site: HomePage, elsewhere: list[str]
) -> None:
    story = story_with(("video", {"title": "Gauge", "url": VIDEO}))
    page.goto(story.url)
    page.evaluate("document.querySelector('[data-video]').dataset.video = 'https://evil.org/embed'")
    page.get_by_role("link", name="Gauge").click(modifiers=[], no_wait_after=True)
    expect(page.locator("iframe")).to_have_count(0)


@pytest.mark.any_database
@pytest.mark.parametrize("width", [320, 1280])
def test_no_block_is_wider_than_the_page(
    page: Page, site: HomePage, complaints: Complaints, width: int
) -> None:
    target = make_standard_page("River")
    image = make_image()
    full = ("figure", {"image": picture(image), "caption": "", "width": "full"})
    code = ("code", {"language": "", "code": "a long line " * 40, "caption": ""})
    drawing = make_drawing()
    drawn = (
        "figure",
        {"image": picture(drawing, alt_text=drawing.title), "caption": "", "width": "text"},
    )
    story = story_with(*everything(image, target.pk, 1), full, code, drawn)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(story.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.get_by_role("img", name=drawing.title, exact=True)
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 800)
    assert complaints.all() == []


@pytest.mark.any_database
def test_a_link_to_a_part_of_a_page_is_made_and_kept(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    target = make_standard_page("River")
    story = story_with(("text", "<p>river</p>"))
    login(page, make_user(is_superuser=True))
    page.goto(f"/admin/pages/{story.pk}/edit/")
    settle(page)
    editor = page.locator('[data-contentpath="body"] .public-DraftEditor-content').first
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+K")
    page.get_by_role("link", name="External link").click()
    page.get_by_label("URL").fill("/river/?a=1#part")
    page.get_by_role("button", name="Insert link").click()
    expect(page.locator(".modal-body")).to_have_count(0)
    expect(editor.locator(".TooltipEntity")).to_have_text("river")
    save(page)
    stored = latest(story).body[0].value.source
    assert f'id="{target.pk}"' in stored
    assert 'fragment="part"' in stored
    assert 'query="a=1"' in stored

    page.goto(f"/admin/pages/{story.pk}/edit/")
    settle(page)
    save(page)
    assert latest(story).body[0].value.source == stored
    assert complaints.all() == []


@pytest.mark.any_database
def test_a_footnote_is_marked_with_the_button(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    story = story_with(
        ("text", "<p>A claim</p>"),
        ("footnotes", {"notes": [{"key": "method", "text": "<p>Counted in May.</p>"}]}),
    )
    login(page, make_user(is_superuser=True))
    page.goto(f"/admin/pages/{story.pk}/edit/")
    settle(page)
    editor = page.locator('[data-contentpath="body"] .public-DraftEditor-content').first
    editor.click()
    page.keyboard.press("Control+A")
    page.locator('button[name="FOOTNOTE"]:visible').first.click()
    dialog = page.get_by_role("dialog", name="Footnote")
    expect(dialog.get_by_label("Key of the note")).to_have_value("method")
    dialog.get_by_role("button", name="Insert").click()
    expect(editor).to_contain_text("A claim[method]")
    save(page)
    stored = latest(story).body[0].value.source
    assert '<a linktype="footnote" key="method">[method]</a>' in stored

    page.goto(f"/admin/pages/{story.pk}/edit/")
    settle(page)
    save(page)
    assert latest(story).body[0].value.source == stored
    assert complaints.all() == []


def test_an_unedited_save_changes_no_block(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    target = make_standard_page("River")
    children = [
        (name, as_stored(value) if name == "text" else value)
        for name, value in everything(make_image(), target.pk, 999)
    ]
    story = story_with(*children)
    before = [child.get_prep_value()["value"] for child in story.body]
    login(page, make_user(is_superuser=True))
    page.goto(f"/admin/pages/{story.pk}/edit/")
    settle(page)
    save(page)
    after = [child.get_prep_value()["value"] for child in latest(story).body]
    assert [_without_keys(value) for value in after] == [_without_keys(value) for value in before]
    assert complaints.all() == []


def _without_keys(value: Any) -> Any:
    """A value without ids of list items and keys of paragraphs, which the editor adds once."""
    if isinstance(value, dict):
        return {key: _without_keys(item) for key, item in value.items() if key != "id"}
    if isinstance(value, list):
        return [_without_keys(item) for item in value]
    return re.sub(r' data-block-key="[^"]*"', "", value) if isinstance(value, str) else value


MARKED = (
    '<p>One<a linktype="footnote" key="a">[a]</a> and <a linktype="footnote" key="b">[b]</a>.</p>'
)
NOTES: list[tuple[str, Any]] = [
    ("text", f"{MARKED}<p>A last paragraph.</p>"),
    (
        "footnotes",
        {
            "notes": [
                {"key": "a", "text": '<p>The <a href="https://example.org/">first</a> note.</p>'},
                {"key": "b", "text": "<p>The second note.</p>"},
            ]
        },
    ),
]


@pytest.mark.any_database
def test_a_note_opens_beside_its_mark_and_closes_again(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    page.goto(story_with(*NOTES).url)
    first, second = page.locator("a[role=doc-noteref]").all()
    notes = page.locator(".footnote-pop:popover-open")
    first.focus()
    page.keyboard.press("Enter")
    expect(notes).to_have_text("The first note.")
    expect(notes).to_have_attribute("role", "note")
    expect(first).to_have_attribute("aria-expanded", "true")
    expect(first).to_be_focused()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    # Tab goes into the note, and out of it to the next mark.
    page.keyboard.press("Tab")
    expect(notes.get_by_role("link", name="first")).to_be_focused()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    expect(notes).to_have_count(0)
    page.keyboard.press("Enter")
    expect(notes).to_have_text("The second note.")
    page.keyboard.press("Escape")
    expect(notes).to_have_count(0)
    expect(second).to_be_focused()
    # A second press of the mark closes what the first one opened; a press elsewhere does, too.
    first.click()
    expect(notes).to_have_text("The first note.")
    first.click()
    expect(notes).to_have_count(0)
    expect(first).to_have_attribute("aria-expanded", "false")
    first.click()
    page.get_by_text("A last paragraph.").click()
    expect(notes).to_have_count(0)
    assert "#" not in page.url
    assert complaints.all() == []


@pytest.mark.any_database
def test_without_javascript_a_mark_leads_to_its_note(
    new_context: Callable[..., BrowserContext], base_url: str, site: HomePage
) -> None:
    page = new_context(base_url=base_url, java_script_enabled=False).new_page()
    page.goto(story_with(*NOTES).url)
    page.locator("a[role=doc-noteref]").first.click()
    expect(page.locator("li:target")).to_contain_text("The first note.")
