"""The editor as a person sees it: previews, autosave, schedule, review, comparison."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.gallery.models import GalleryPage
from tests.browser.conftest import Complaints
from tests.browser.editing import action, open_new_story, saved
from tests.browser.helpers import login, settle
from tests.browser.site import build
from tests.factories import make_category, make_story, make_user

pytestmark = [pytest.mark.browser, pytest.mark.long]


def open_preview(page: Page) -> None:
    page.get_by_role("button", name="Toggle preview").click()


@pytest.mark.any_database
def test_every_page_type_shows_its_preview(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    build()
    login(page, make_user("Administrators"))
    seen = set()
    for record in WagtailPage.objects.filter(depth__gt=1).specific():
        if type(record) in seen:
            continue
        seen.add(type(record))
        page.goto(f"/admin/pages/{record.pk}/edit/")
        page.wait_for_load_state("networkidle")
        if not page.locator("#w-preview-iframe, [data-w-preview-target=iframe]").first.is_visible():
            open_preview(page)
        frame = page.frame_locator("[data-w-preview-target=iframe]").first
        expect(frame.locator("h1").first, type(record).__name__).to_be_visible(timeout=15_000)
        assert complaints.without_paused_autosave() == [], type(record).__name__
    assert len(seen) == 11


@pytest.mark.any_database
def test_a_preview_follows_what_is_typed(page: Page, site: HomePage) -> None:
    login(page, make_user("Writers"))
    open_new_story(page, GalleryPage.objects.get().pk)
    page.locator("#id_title").fill("Seen while I type")
    open_preview(page)
    frame = page.frame_locator("[data-w-preview-target=iframe]").first
    expect(frame.get_by_role("heading", level=1)).to_have_text("Seen while I type", timeout=15_000)


def test_what_is_typed_is_saved_by_itself_and_the_length_is_said(
    page: Page, site: HomePage, complaints: Complaints
) -> None:
    login(page, make_user("Writers"))
    open_new_story(page, GalleryPage.objects.get().pk)
    page.locator("#id_title").fill("Saved by itself")
    page.locator("#id_summary").fill("x" * 241)
    expect(page.locator("#id_summary-length")).to_have_text(
        "241 characters; about 240 fit on a card"
    )
    described = page.locator("#id_summary").get_attribute("aria-describedby") or ""
    assert "id_summary-length" in described.split()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"), timeout=20_000)
    # Wagtail marks the form as saved only some time after the address has changed.
    page.wait_for_timeout(3_000)
    with page.expect_response(
        lambda response: response.request.method == "POST" and "/edit/" in response.url
    ) as autosave:
        page.locator("#id_summary").fill("Short again.")
    assert autosave.value.ok
    expect(page.locator("#id_summary-length")).to_have_text("12 of about 240 characters")
    page.reload()
    expect(page.locator("#id_title")).to_have_value("Saved by itself")
    expect(page.locator("#id_summary")).to_have_value("Short again.")
    assert StoryPage.objects.count() == 1
    assert complaints.without_paused_autosave() == []


def test_a_story_goes_live_and_expires_by_the_clock(page: Page, site: HomePage) -> None:
    make_category("Research")
    story = make_story("Tomorrow", live=False, slug="tomorrow")
    soon = timezone.now() + timedelta(hours=2)
    story.go_live_at, story.expire_at = soon, soon + timedelta(days=1)
    story.save_revision()
    login(page, make_user("Editors"))
    page.goto(f"/admin/pages/{story.pk}/edit/")
    settle(page)
    action(page, re.compile("^(Schedule to publish|Publish)")).click()
    expect(saved(page)).to_contain_text("scheduled for publishing")
    assert page.request.get("/impact/tomorrow/").status == 404
    # Turn the clock: what was to happen in two hours was to happen a minute ago.
    past = timezone.now() - timedelta(minutes=1)
    for revision in story.revisions.filter(approved_go_live_at__isnull=False):
        revision.content = {**revision.content, "go_live_at": past.isoformat()}
        revision.approved_go_live_at = past
        revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert page.request.get("/impact/tomorrow/").status == 200
    StoryPage.objects.filter(pk=story.pk).update(expire_at=past)
    call_command("publish_scheduled", verbosity=0)
    assert page.request.get("/impact/tomorrow/").status == 404


def test_an_editor_sends_a_story_back_and_the_writer_sees_why(page: Page, site: HomePage) -> None:
    writer = make_user("Writers")
    story = make_story("Not yet", live=False, owner=writer)
    story.save_revision(user=writer)
    story.get_workflow().start(story, writer)
    login(page, make_user("Editors"))
    page.goto(f"/admin/pages/{story.pk}/edit/")
    settle(page)
    action(page, "Request changes").click()
    dialog = page.locator(".modal-dialog")
    dialog.locator("textarea").fill("Who is it about?")
    dialog.get_by_role("button", name=re.compile("changes", re.IGNORECASE)).click()
    expect(saved(page)).to_contain_text("has been updated")
    login(page, writer)
    page.goto(f"/admin/pages/{story.pk}/edit/")
    expect(page.get_by_text("Who is it about?").first).to_be_attached()
    settle(page)
    expect(action(page, re.compile("^Resubmit|^Restart|^Submit"))).to_be_visible()
    story.refresh_from_db()
    assert not story.live


def test_revisions_are_compared_and_restored(page: Page, site: HomePage) -> None:
    story = make_story("First title")
    story.save_revision().publish()
    story = StoryPage.objects.get()
    story.title = "Second title"
    story.save_revision().publish()
    first, second = story.revisions.order_by("created_at")
    login(page, make_user("Editors"))
    page.goto(f"/admin/pages/{story.pk}/revisions/compare/{first.pk}...{second.pk}/")
    expect(page.locator("main")).to_contain_text("Title")
    expect(page.locator("main").locator(".deletion").first).to_have_text("First")
    page.goto(f"/admin/pages/{story.pk}/revisions/{first.pk}/revert/")
    settle(page)
    expect(page.locator("#id_title")).to_have_value("First title")
    action(page, re.compile("^Replace current draft")).click()
    expect(saved(page)).to_contain_text("has been replaced with version")
    story = StoryPage.objects.get()
    assert story.get_latest_revision_as_object().title == "First title"


def test_two_who_edit_the_same_story_are_told(page: Page, site: HomePage) -> None:
    story = make_story("Shared")
    story.save_revision().publish()
    first, second = make_user("Editors", first_name="Ada"), make_user("Editors", first_name="Bea")
    login(page, first)
    page.goto(f"/admin/pages/{story.pk}/edit/")
    settle(page)
    other = page.context.browser.new_context(base_url=page.url.split("/admin")[0]).new_page()
    login(other, second)
    other.goto(f"/admin/pages/{story.pk}/edit/")
    other.locator("button.w-editing-sessions__session").first.hover()
    expect(other.get_by_text("Currently viewing").first).to_be_visible()
    expect(other.locator(".w-editing-sessions__name").first).to_have_text("Ada")
    other.context.close()
