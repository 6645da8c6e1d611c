"""The page explorer offers only what makes sense below each page."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.entries.models import FeaturedLinkPage, StoryPage
from impact.gallery.models import GalleryPage
from impact.newsletter.models import DigestPage, NewsletterIndexPage
from impact.roundups.models import RoundupIndexPage, RoundupPage
from impact.standard.models import StandardPage
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db

CHILDREN: dict[type[Page], set[type[Page]]] = {
    HomePage: {
        GalleryPage,
        CommunityIndexPage,
        RoundupIndexPage,
        NewsletterIndexPage,
        StandardPage,
    },
    GalleryPage: {StoryPage, FeaturedLinkPage},
    StoryPage: set(),
    FeaturedLinkPage: set(),
    CommunityIndexPage: {CommunityPage},
    CommunityPage: set(),
    RoundupIndexPage: {RoundupPage},
    RoundupPage: set(),
    NewsletterIndexPage: {DigestPage},
    DigestPage: set(),
    StandardPage: {StandardPage},
}


@pytest.mark.parametrize(("parent", "children"), CHILDREN.items())
def test_each_parent_takes_its_children(parent: type[Page], children: set[type[Page]]) -> None:
    assert set(parent.creatable_subpage_models()) == children


def test_the_root_takes_one_home_page_and_nothing_of_wagtails(home: HomePage) -> None:
    assert set(Page.creatable_subpage_models()) & set(CHILDREN) == {HomePage}
    assert not HomePage.can_create_at(Page.objects.get(depth=1))


def test_what_there_is_once_can_not_be_made_again(home: HomePage) -> None:
    for model in (GalleryPage, CommunityIndexPage, RoundupIndexPage, NewsletterIndexPage):
        assert not model.can_create_at(home)
    assert StandardPage.can_create_at(home)


def test_the_explorer_offers_just_that(client: Client, home: HomePage) -> None:
    client.force_login(make_user("Editors"))
    url = reverse("wagtailadmin_pages:add_subpage", args=[home.pk])
    # One kind is left below home, so the question is skipped.
    assert client.get(url)["Location"].startswith("/admin/pages/add/standard/standardpage/")
    for model, page in (("storypage", home), ("communitypage", GalleryPage.objects.get())):
        app = {"storypage": "entries", "communitypage": "communities"}[model]
        response = client.get(reverse("wagtailadmin_pages:add", args=[app, model, page.pk]))
        assert response["Location"] == "/admin/"


def test_a_story_can_not_be_moved_out_of_the_gallery(client: Client, home: HomePage) -> None:
    story = make_story()
    client.force_login(make_user("Administrators"))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[story.pk, home.pk]))
    assert StoryPage.objects.get().get_parent().specific == GalleryPage.objects.get()
