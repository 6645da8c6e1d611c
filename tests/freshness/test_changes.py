"""What raises the version of the content, and what does not."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from impact.branding.models import SiteSettings
from impact.communities.models import CommunityIndexPage
from impact.entries.models import StoryPage
from impact.freshness import state
from impact.freshness.models import Change, Scope
from impact.gallery.models import GalleryPage
from tests.entries.forms import story_data
from tests.factories import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_image,
    make_metric,
    make_reading,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(gallery: GalleryPage) -> StoryPage:
    """A published story; everything so far is in the version."""
    page = make_story("Tide gauges", lead_image=make_image(), authors=[make_author()])
    # Made by whoever asks first.
    SiteSettings.for_site(Site.objects.get())
    state.current()
    return page


def publish(story: StoryPage) -> None:
    story.title = "Tide gauges, again"
    story.save_revision().publish()


def schedule_as_wagtail_does(story: StoryPage) -> None:
    story.unpublish(set_expired=True)


def move(story: StoryPage) -> None:
    story.move(Page.objects.get(pk=Site.objects.get().root_page_id), pos="last-child")


def copy(story: StoryPage) -> None:
    story.copy(update_attrs={"slug": "a-copy", "title": "A copy"})


def readdress(story: StoryPage) -> None:
    index = CommunityIndexPage.objects.get()
    index.slug = "partners"
    index.save_revision().publish()


def make_private(story: StoryPage) -> None:
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")


def rename_organisation(story: StoryPage) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.organisation = "Reef Watch"
    settings.save()


VISIBLE: dict[str, Callable[[StoryPage], object]] = {
    "publish": publish,
    "unpublish": lambda story: story.unpublish(),
    "expire": schedule_as_wagtail_does,
    "delete": lambda story: story.delete(),
    "delete the parent": lambda story: story.get_parent().specific.delete(),
    "delete in bulk": lambda story: Page.objects.filter(pk=story.pk).delete(),
    "move": move,
    "copy": copy,
    "new story": lambda story: make_story("Another"),
    "new address": readdress,
    "private": make_private,
    "tag": lambda story: story.tagged_items.create(tag_id=_tag(), content_object=story),
    "outcome": lambda story: add_outcome(story, 5),
    "category": lambda story: make_category().save(),
    "author": lambda story: make_author().save(),
    "community": lambda story: make_community("Reef"),
    "picture": lambda story: story.lead_image.save(),
    "figure": lambda story: make_reading(make_metric(), 3, date(2024, 5, 1)),
    "organisation": rename_organisation,
    "site": lambda story: Site.objects.get().save(),
}


def _tag() -> int:
    from impact.taxonomy.models import Tag

    return int(Tag.objects.get_or_create(name="Maps")[0].pk)


@pytest.mark.parametrize("change", VISIBLE.values(), ids=VISIBLE)
def test_what_a_visitor_sees_raises_the_version(
    story: StoryPage, change: Callable[[StoryPage], object]
) -> None:
    before = state.current()
    change(story)
    assert state.current() > before


def test_a_copy_of_a_picture_is_missed_when_it_is_gone(story: StoryPage) -> None:
    before = state.current()
    copy = story.lead_image.get_rendition("width-100")
    assert state.current() == before
    copy.delete()
    assert state.current() > before


def test_public_again_raises_the_version(story: StoryPage) -> None:
    make_private(story)
    before = state.current()
    PageViewRestriction.objects.get().delete()
    assert state.current() > before


def test_what_is_deleted_with_its_privacy(story: StoryPage) -> None:
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    before = state.current()
    story.delete()
    assert state.current() > before


def test_a_mark_says_how_far_a_change_reaches(story: StoryPage) -> None:
    publish(story)
    make_category("Maps")
    make_private(story)
    marks = set(Change.objects.values_list("scope", "key"))
    assert (Scope.PAGE, str(story.pk)) in marks
    assert (Scope.SITE, "taxonomy.category") in marks
    assert Scope.TREE in {scope for scope, _key in marks}
    # Its authors are written with a page, and are nothing to other pages.
    assert (Scope.SITE, "entries.entryauthor") not in marks


def test_drafts_are_nobodys_business(client: Client, story: StoryPage) -> None:
    before = state.current()
    # A draft of a page that is public, and a page that was never public.
    story.title = "Not yet"
    story.save_revision()
    draft = make_story("In the making", live=False, authors=[make_author()], tags=["Maps"])
    draft.save_revision()
    client.force_login(make_user("Editors"))
    make_category()
    before = state.current()
    for page in (story, draft):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        for title in ("Once", "Twice"):
            data = story_data(title=title, slug=page.slug, authors=[make_author()], tags="Maps")
            assert client.post(address, data).status_code in (200, 302)
        page.refresh_from_db()
        assert page.get_latest_revision().as_object().title == "Twice"
    assert not Change.objects.exists()
    assert state.current() == before


def test_unpublishing_then_saving_is_seen(story: StoryPage) -> None:
    """A page that is not live any more may just have been public."""
    before = state.current()
    story.live = False
    story.save()
    assert state.current() > before


def test_accounts_and_sessions_are_nobodys_business(client: Client, story: StoryPage) -> None:
    before = state.current()
    client.force_login(make_user("Editors"))
    client.get("/admin/")
    assert state.current() == before


def test_what_is_rolled_back_leaves_no_mark(story: StoryPage) -> None:
    before = state.current()
    with transaction.atomic():
        publish(story)
        assert Change.objects.exists()
        transaction.set_rollback(True)
    assert not Change.objects.exists()
    assert state.current() == before


def test_asking_costs_one_statement(
    story: StoryPage, django_assert_num_queries: Callable[..., object]
) -> None:
    state.current()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        state.current()
