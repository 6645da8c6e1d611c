"""What writers may do, and every way in which they might try to publish."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, WorkflowState

from impact.accounts.models import User
from impact.entries.models import EntryPage, StoryPage
from impact.gallery.models import GalleryPage
from tests.entries.forms import story_data
from tests.factories import make_community, make_image, make_standard_page, make_story, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CREATE = ("wagtailadmin_pages:add", "entries", "storypage")


@pytest.fixture
def writer(home: Page) -> User:
    return make_user("Writers")


@pytest.fixture
def as_writer(client: Client, writer: User) -> Client:
    client.force_login(writer)
    return client


@pytest.fixture
def as_editor(home: Page) -> Client:
    client = Client()
    client.force_login(make_user("Editors"))
    return client


@pytest.fixture
def draft(writer: User) -> StoryPage:
    """The writer's own draft."""
    story = make_story("My draft", live=False, owner=writer)
    story.save_revision(user=writer)
    return story


@pytest.fixture
def published(writer: User) -> StoryPage:
    """A published story of the writer's."""
    story = make_story("My story", owner=writer)
    story.save_revision(user=writer)
    return story


def create(client: Client, **data: Any) -> HttpResponse:
    name, app, model = CREATE
    url = reverse(name, args=[app, model, GalleryPage.objects.get().pk])
    return client.post(url, story_data(**data))


def edit(client: Client, page: Page, **data: Any) -> HttpResponse:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, story_data(title=page.title, slug=page.slug, **data))


def page_view(name: str, *args: Any) -> Callable[..., str]:
    return lambda page: reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *args])


def bulk(client: Client, action: str, *pages: Page, **data: Any) -> HttpResponse:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = "&".join(["next=/admin/", *(f"id={page.pk}" for page in pages)])
    return client.post(f"{url}?{query}", data)


def test_a_writer_creates_edits_and_submits_a_draft(as_writer: Client) -> None:
    create(as_writer)
    story = StoryPage.objects.get()
    assert not story.live
    edit(as_writer, story, summary="Better.", **{"action-submit": "1"})
    story.refresh_from_db()
    assert not story.live
    assert story.get_latest_revision_as_object().summary == "Better."
    assert story.workflow_in_progress


def test_a_writer_uploads_and_chooses_images(as_writer: Client) -> None:
    image = make_image()
    assert as_writer.get(reverse("wagtailimages:add")).status_code == 200
    assert as_writer.get(reverse("wagtaildocs:add")).status_code == 200
    chosen = as_writer.get(reverse("wagtailimages_chooser:chosen", args=[image.pk]))
    assert chosen.status_code == 200


def others_draft(_writer_draft: StoryPage) -> StoryPage:
    story = make_story("Somebody else's", live=False, owner=make_user("Writers"))
    story.save_revision()
    return story


@pytest.mark.parametrize(
    "make", [others_draft, lambda _: make_standard_page(), lambda _: make_community()]
)
def test_a_writer_can_not_edit_what_is_not_theirs(
    as_writer: Client, draft: StoryPage, make: Callable[[StoryPage], Page]
) -> None:
    page = make(draft)
    for name in ("edit", "delete", "copy", "move", "unpublish"):
        response = as_writer.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert response.status_code in (302, 403), name
        if response.status_code == 302:
            assert response["Location"] == "/admin/", name


@pytest.mark.parametrize(
    "url_name",
    [
        "wagtailsnippets_taxonomy_category:add",
        "wagtailsnippets_taxonomy_tag:list",
        "wagtailsnippets_people_author:add",
        "wagtailsnippets_metrics_metric:add",
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailsites:index",
        "wagtailadmin_workflows:index",
        "wagtailredirects:index",
    ],
)
def test_a_writer_can_not_reach_what_editors_and_administrators_keep(
    as_writer: Client, url_name: str
) -> None:
    response = as_writer.get(reverse(url_name))
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def create_with_publish(client: Client, draft: StoryPage) -> Any:
    return create(client, slug="new", **{"action-publish": "1"})


def edit_with_publish(client: Client, draft: StoryPage) -> Any:
    return edit(client, draft, **{"action-publish": "1"})


def schedule(client: Client, draft: StoryPage) -> Any:
    soon = (timezone.now() + timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M")
    edit(client, draft, go_live_at=soon)
    return edit(client, draft, go_live_at=soon, **{"action-publish": "1"})


def bulk_publish(client: Client, draft: StoryPage) -> Any:
    return bulk(client, "publish", draft)


def bulk_publish_the_gallery(client: Client, draft: StoryPage) -> Any:
    return bulk(client, "publish", GalleryPage.objects.get(), include_descendants="on")


def approve_own_submission(client: Client, draft: StoryPage) -> Any:
    edit(client, draft, **{"action-submit": "1"})
    task = WorkflowState.objects.get().current_task_state
    client.post(page_view("workflow_action", "approve", task.pk)(draft), {"comment": ""})
    return edit(client, draft, **{"action-workflow-action": "1", "workflow-action-name": "approve"})


def copy_own_draft(client: Client, draft: StoryPage) -> Any:
    return client.post(
        page_view("copy")(draft),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": GalleryPage.objects.get().pk,
            "publish_copies": "on",
            "alias": "on",
        },
    )


def move_draft_to_pages(client: Client, draft: StoryPage) -> Any:
    home = GalleryPage.objects.get().get_parent()
    return client.post(page_view("move_confirm", home.pk)(draft))


def revert_and_publish(client: Client, draft: StoryPage) -> Any:
    revision = draft.latest_revision
    client.get(page_view("revisions_revert", revision.pk)(draft))
    return edit(client, draft, revision=revision.pk, **{"action-publish": "1"})


def convert_alias(client: Client, draft: StoryPage) -> Any:
    return client.post(page_view("convert_alias")(draft))


@pytest.mark.parametrize(
    "way",
    [
        create_with_publish,
        edit_with_publish,
        schedule,
        bulk_publish,
        bulk_publish_the_gallery,
        approve_own_submission,
        copy_own_draft,
        move_draft_to_pages,
        revert_and_publish,
        convert_alias,
    ],
)
def test_a_writer_can_not_publish(
    as_writer: Client, draft: StoryPage, way: Callable[[Client, StoryPage], Any]
) -> None:
    response = way(as_writer, draft)
    assert response.status_code < 500
    StoryPage.objects.filter(go_live_at__isnull=False).update(go_live_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    assert not EntryPage.objects.live().exists()
    assert not draft.revisions.filter(approved_go_live_at__isnull=False).exists()


def unpublish(client: Client, page: StoryPage) -> None:
    client.post(page_view("unpublish")(page))


def delete(client: Client, page: StoryPage) -> None:
    client.post(page_view("delete")(page))


def move(client: Client, page: StoryPage) -> None:
    client.post(page_view("move_confirm", GalleryPage.objects.get().get_parent().pk)(page))


def alias(client: Client, page: StoryPage) -> None:
    copy_own_draft(client, page)


def edit_the_live_page(client: Client, page: StoryPage) -> None:
    edit(client, page, summary="Changed.", **{"action-publish": "1"})


def expire(client: Client, page: StoryPage) -> None:
    later = (timezone.now() + timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M")
    edit(client, page, expire_at=later, **{"action-publish": "1"})


def hide(client: Client, page: StoryPage) -> None:
    client.post(page_view("set_privacy")(page), {"restriction_type": "login"})


def lock(client: Client, page: StoryPage) -> None:
    client.post(page_view("lock")(page))


def reorder(client: Client, page: StoryPage) -> None:
    client.post(page_view("set_page_position")(page) + "?position=0")


def bulk_unpublish(client: Client, page: StoryPage) -> None:
    bulk(client, "unpublish", page)


def bulk_delete(client: Client, page: StoryPage) -> None:
    bulk(client, "delete", page)


def bulk_move(client: Client, page: StoryPage) -> None:
    bulk(client, "move", page, chooser=GalleryPage.objects.get().get_parent().pk)


@pytest.mark.parametrize(
    "way",
    [
        unpublish,
        delete,
        move,
        alias,
        edit_the_live_page,
        expire,
        hide,
        lock,
        reorder,
        bulk_unpublish,
        bulk_delete,
        bulk_move,
    ],
)
def test_a_writer_can_not_change_what_the_public_sees(
    as_writer: Client, published: StoryPage, way: Callable[[Client, StoryPage], None]
) -> None:
    before = StoryPage.objects.filter(pk=published.pk).values(
        "live", "summary", "path", "locked", "expire_at"
    )[0]
    way(as_writer, published)
    after = StoryPage.objects.filter(pk=published.pk).values(
        "live", "summary", "path", "locked", "expire_at"
    )
    assert list(after) == [before]
    assert EntryPage.objects.live().count() == 1
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize(
    "way",
    [create_with_publish, edit_with_publish, bulk_publish, bulk_publish_the_gallery],
)
def test_an_editor_can_publish(
    as_editor: Client, draft: StoryPage, way: Callable[[Client, StoryPage], Any]
) -> None:
    way(as_editor, draft)
    assert EntryPage.objects.live().exists()


def test_an_editor_approves_what_a_writer_submitted(
    as_writer: Client, as_editor: Client, draft: StoryPage
) -> None:
    edit(as_writer, draft, **{"action-submit": "1"})
    task = WorkflowState.objects.get().current_task_state
    as_editor.post(page_view("workflow_action", "approve", task.pk)(draft), {"comment": ""})
    draft.refresh_from_db()
    assert draft.live


@pytest.mark.parametrize("way", [unpublish, bulk_unpublish, delete, bulk_delete, hide])
def test_an_editor_takes_back_what_is_published(
    as_editor: Client, published: StoryPage, way: Callable[[Client, StoryPage], None]
) -> None:
    way(as_editor, published)
    assert not EntryPage.objects.published().exists()
