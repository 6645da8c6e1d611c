"""Where a page stood, it is still found."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from home.models import HomePage
from impact.communities.models import CommunityIndexPage
from impact.gallery.models import GalleryPage
from impact.pages import old_addresses
from tests.factories import make_community, make_standard_page, make_story

pytestmark = pytest.mark.django_db


Rename = Callable[[Page, str], None]


@pytest.fixture
def rename(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Rename:
    """Give a page another slug; Wagtail tells of it after the commit."""

    def rename(page: Page, slug: str) -> None:
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


def leads_to(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 301
    return str(answer.headers["Location"])


def test_all_that_stood_below_a_page_is_found_where_it_stood(
    home: HomePage, client: Client, rename: Rename
) -> None:
    gallery = GalleryPage.objects.get()
    for number in range(5):
        make_story(slug=f"story-{number}")
    make_story(slug="história")
    make_story(slug="draft", live=False)
    rename(gallery, "stories")
    about = make_standard_page("About")
    GalleryPage.objects.get().move(about, pos="last-child")
    for old in ("/impact/", "/stories/"):
        assert leads_to(client, old) == "/about/stories/"
        for number in range(5):
            assert leads_to(client, f"{old}story-{number}/") == f"/about/stories/story-{number}/"
        assert leads_to(client, f"{old}história/").endswith("/about/stories/hist%C3%B3ria/")
        assert client.get(f"{old}draft/").status_code == 404


def test_there_and_back_and_there_again(home: HomePage, client: Client, rename: Rename) -> None:
    gallery, story = GalleryPage.objects.get(), make_story(slug="a")
    for slug in ("stories", "impact", "stories"):
        rename(gallery, slug)
    assert leads_to(client, "/impact/a/") == "/stories/a/"
    # Another page takes the old place, and leaves it.
    rename(story, "b")
    other = make_story(slug="a")
    assert client.get("/stories/a/").status_code == 200
    rename(other, "c")
    assert leads_to(client, "/stories/a/") == "/stories/c/"


def test_what_an_editor_made_stays(home: HomePage, rename: Rename) -> None:
    make_story(slug="a")
    site, page = Site.objects.get(), GalleryPage.objects.get()
    Redirect.objects.create(old_path="/impact/a", site=site, redirect_link="/elsewhere/")
    rename(page, "stories")
    assert Redirect.objects.get(old_path="/impact/a").redirect_link == "/elsewhere/"
    assert Redirect.objects.get(old_path="/impact").redirect_page_id == page.pk


def test_an_address_that_is_too_long_to_keep_does_not_stop_the_move(
    home: HomePage, rename: Rename
) -> None:
    make_story(slug="a" * 253)
    rename(GalleryPage.objects.get(), "stories")
    assert [redirect.old_path for redirect in Redirect.objects.all()] == ["/impact"]


def test_a_page_that_came_back_and_is_gone_leads_nowhere(
    home: HomePage, client: Client, rename: Rename
) -> None:
    gallery, story = GalleryPage.objects.get(), make_story(slug="a")
    for slug in ("stories", "impact"):
        rename(gallery, slug)
    story.refresh_from_db()
    story.unpublish()
    assert client.get("/impact/a/").status_code == 404
    # What an editor made is theirs.
    Redirect.objects.filter(old_path="/stories").update(automatically_created=False)
    rename(gallery, "stories")
    assert Redirect.objects.filter(old_path="/stories").exists()


def test_two_statements_do_for_all_pages(
    home: HomePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        make_story()
    page = GalleryPage.objects.get()
    Site.get_site_root_paths()
    with django_assert_num_queries(2):
        old_addresses.keep_old_addresses(page, "/home/stories/")
    assert Redirect.objects.count() == 4


def test_the_start_of_the_site_has_no_old_address(home: HomePage, rename: Rename) -> None:
    make_story()
    rename(home, "start")
    assert not Redirect.objects.exists()


def test_feeds_and_embeds_are_found_with_their_query(
    home: HomePage, client: Client, rename: Rename
) -> None:
    reef = make_community("Reef")
    rename(GalleryPage.objects.get(), "stories")
    rename(CommunityIndexPage.objects.get(), "partners")
    rename(reef, "atoll")
    for old, new in (
        ("/impact/feed/", "/stories/feed/"),
        ("/impact/feed/json/", "/stories/feed/json/"),
        ("/impact/feed/?images=email&tag=a%26b", "/stories/feed/?images=email&tag=a%26b"),
        ("/communities/reef/feed/atom/", "/partners/atoll/feed/atom/"),
        ("/partners/reef/embed/?theme=dark", "/partners/atoll/embed/?theme=dark"),
    ):
        assert leads_to(client, old) == new
        assert client.get(new).status_code == 200
    for nowhere in ("/impact/embed/", "/impact/feed/rss/", "/nowhere/feed/", "/feed/"):
        assert client.get(nowhere).status_code == 404
