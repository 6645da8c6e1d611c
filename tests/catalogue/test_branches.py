"""A whole branch is made private, public or moved: few statements, and nobody reads what was before."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from impact.catalogue import projection
from impact.catalogue.selection import select
from impact.catalogue.snapshot import snapshot
from impact.filters.gallery import GalleryFilter
from impact.freshness.state import settle
from impact.gallery.models import GalleryPage
from tests.factories import make_standard_page, make_story

pytestmark = pytest.mark.django_db


def hide() -> None:
    PageViewRestriction.objects.create(page=GalleryPage.objects.get(), restriction_type="login")


def show() -> None:
    hide()
    settle()
    PageViewRestriction.objects.get().delete()


def rename() -> None:
    gallery = GalleryPage.objects.get()
    gallery.slug = f"{gallery.slug}-renamed"
    gallery.save()


def move() -> None:
    parent = make_standard_page(f"Above {Page.objects.count()}")
    GalleryPage.objects.get().move(parent, pos="last-child")


@pytest.mark.parametrize("change", [hide, show, rename, move])
def test_a_branch_costs_the_same_statements_however_large_it_is(
    gallery: GalleryPage, change: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that entries that are written one by one are seen.
    monkeypatch.setattr(projection, "CHUNK", 1)
    counted = []
    for _ in range(2):
        for _ in range(3):
            make_story()
        settle()
        change()
        with CaptureQueriesContext(connection) as captured:
            settle()
        counted.append(len(captured))
        PageViewRestriction.objects.all().delete()
        settle()
    assert counted[0] == counted[1]


def test_a_new_address_changes_rows_and_leaves_the_index(gallery: GalleryPage) -> None:
    make_story("A", slug="a")
    before = snapshot()
    rename()
    after = snapshot()
    assert [row.url_path for row in select(GalleryFilter())] == ["/home/impact-renamed/a/"]
    assert after.number > before.number
    assert after.index is before.index


def looked_below(page: Page) -> bool:
    """Whether working off what is marked looks at what stands below a page."""
    with CaptureQueriesContext(connection) as captured:
        settle()
    return any(f"{page.path}%" in query["sql"] for query in captured)


def test_what_is_below_a_page_is_looked_at_only_where_that_may_have_changed(
    gallery: GalleryPage,
) -> None:
    story = make_story(slug="a")
    settle()
    gallery.refresh_from_db()
    gallery.title = "Stories"
    gallery.save()
    assert not looked_below(gallery)
    rename()
    assert looked_below(gallery)
    story.refresh_from_db()
    story.slug = "b"
    story.save()
    assert not looked_below(story)
    assert [row.url_path for row in select(GalleryFilter())] == ["/home/impact-renamed/b/"]
