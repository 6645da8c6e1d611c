"""Which changes raise the version of the content, and that none is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from home.models import HomePage
from impact.freshness import state
from impact.freshness.middleware import OneVersionMiddleware
from impact.freshness.models import Change, Scope
from impact.freshness.state import current, descends_from, held, mark, settle
from tests.factories import make_author, make_category, make_community, make_image, make_story

pytestmark = pytest.mark.django_db


@contextmanager
def unchanged() -> Iterator[None]:
    """What is done here is nothing that a visitor could see."""
    before = current()
    yield
    assert list(Change.objects.all()) == []
    assert current() == before


def edit_a_draft(home: HomePage) -> None:
    story = make_story("A", live=False, tags=["x"], communities=[make_community("Reef")])
    current()
    with unchanged():
        story.title = "B"
        story.date = date(2020, 1, 1)
        story.save_revision()


def edit_what_is_published(home: HomePage) -> None:
    story = make_story("A", tags=["x"])
    current()
    with unchanged():
        story.title = "B"
        for _ in range(3):
            story.save_revision(clean=False)
        story.get_latest_revision_as_object().save_revision()


def write_a_new_draft(home: HomePage) -> None:
    reef, ada = make_community("Reef"), make_author("Ada")
    make_category("Research")
    make_story("A", tags=["x"])
    current()
    with unchanged():
        make_story("B", live=False, communities=[reef], authors=[ada])


def schedule_a_draft(home: HomePage) -> None:
    story = make_story("A", live=False)
    current()
    with unchanged():
        story.go_live_at = timezone.now() + timedelta(days=1)
        story.save_revision()


def copy_a_picture(home: HomePage) -> None:
    image = make_image()
    current()
    with unchanged():
        image.get_rendition("width-40")


def read_pages(home: HomePage) -> None:
    story = make_story("A", lead_image=make_image())
    Client().get("/")  # the site's settings are made when they are first read
    current()
    with unchanged():
        for url in ("/", "/impact/", "/impact/?q=a", story.url, "/impact/feed/", "/roundups/"):
            assert Client().get(url).status_code == 200


@pytest.mark.parametrize(
    "do",
    [
        edit_a_draft,
        edit_what_is_published,
        write_a_new_draft,
        schedule_a_draft,
        copy_a_picture,
        read_pages,
    ],
)
def test_what_no_visitor_sees_raises_nothing(
    home: HomePage, do: Callable[[HomePage], None]
) -> None:
    do(home)


def publish(home: HomePage) -> Callable[[], Any]:
    story = make_story("A", live=False)
    return lambda: story.save_revision().publish()


def unpublish(home: HomePage) -> Callable[[], Any]:
    story = make_story("A")
    return story.unpublish


def rename_an_author(home: HomePage) -> Callable[[], Any]:
    author = make_author("Ada")
    author.name = "Grace"
    return author.save


def tag_alone(home: HomePage) -> Callable[[], Any]:
    story = make_story("A", tags=["x"])
    return lambda: story.tagged_items.get().delete()


def make_private(home: HomePage) -> Callable[[], Any]:
    return lambda: PageViewRestriction.objects.create(page=home, restriction_type="login")


def delete(home: HomePage) -> Callable[[], Any]:
    return make_story("A").delete


@pytest.mark.parametrize(
    "prepare", [publish, unpublish, rename_an_author, tag_alone, make_private, delete]
)
def test_what_a_visitor_sees_raises_the_version(
    home: HomePage, prepare: Callable[[HomePage], Callable[[], Any]]
) -> None:
    do = prepare(home)
    before = current()
    do()
    assert current() > before
    assert list(Change.objects.all()) == []
    assert descends_from(before)


def test_a_version_costs_one_statement_and_is_asked_for_once_a_request(rf: RequestFactory) -> None:
    current()
    with CaptureQueriesContext(connection) as once:
        current()
    assert len(once) == 1

    def view(request: object) -> Any:
        return [current(), current()]

    for request, number in ((rf.get("/"), 1), (rf.post("/"), 2)):
        with CaptureQueriesContext(connection) as captured:
            OneVersionMiddleware(view)(request)
        assert len(captured) == number


def test_a_request_that_changes_something_sees_it() -> None:
    with held():
        before = current()
        mark(Scope.SITE, "x")
        assert current() > before


def test_a_number_that_was_rolled_back_never_comes_again() -> None:
    before = current()
    with transaction.atomic():
        mark(Scope.SITE, "x")
        undone = current()
        transaction.set_rollback(True)
    assert current() == before
    mark(Scope.SITE, "y")
    assert current() not in (before, undone)
    assert descends_from(before)
    assert not descends_from(undone)


def test_marks_are_worked_off_once_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        make_story("A", tags=["x", "y"], communities=[make_community("Reef")])
    assert callbacks.count(settle) == 1


def test_a_mark_is_left_when_its_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(changes: object, number: int) -> None:
        raise RuntimeError("killed")

    before = current()
    mark(Scope.SITE, "x")
    with monkeypatch.context() as patch:
        patch.setattr(state, "_handlers", [fail])
        with pytest.raises(RuntimeError):
            settle()
    assert [change.key for change in Change.objects.all()] == ["x"]
    assert current() > before
    assert not Change.objects.exists()


def test_more_marks_than_a_statement_may_name() -> None:
    mark(Scope.SITE, *range(2500))
    current()
    assert not Change.objects.exists()
