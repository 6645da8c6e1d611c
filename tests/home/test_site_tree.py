"""The site that `migrate` alone gives, and what later runs leave alone."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from home.models import HomePage
from home.site_tree import ensure_site
from impact.communities.models import CommunityIndexPage
from impact.freshness import state
from impact.gallery.models import GalleryPage
from impact.newsletter.models import NewsletterIndexPage
from impact.roundups.models import RoundupIndexPage

pytestmark = pytest.mark.django_db


def everything() -> list[dict[str, Any]]:
    """Return all that is stored of pages and sites."""
    return [*Page.objects.order_by("pk").values(), *Site.objects.order_by("pk").values()]


def test_migrate_alone_gives_a_usable_site(client: Client, db: None) -> None:
    site = Site.objects.get()
    assert site.is_default_site
    assert site.root_page.specific == HomePage.objects.get()
    assert {page.url for page in Page.objects.filter(depth__gt=1)} == {
        "/",
        "/impact/",
        "/communities/",
        "/roundups/",
        "/newsletter/",
    }
    for address in ("/", "/impact/", "/communities/", "/roundups/", "/newsletter/"):
        assert client.get(address).status_code == 200


def test_wagtails_own_welcome_page_is_gone(db: None) -> None:
    assert not Page.objects.filter(title__icontains="welcome").exists()
    assert {page.specific_class for page in Page.objects.all()} == {
        Page,
        HomePage,
        GalleryPage,
        CommunityIndexPage,
        RoundupIndexPage,
        NewsletterIndexPage,
    }
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_second_run_changes_nothing(home: HomePage) -> None:
    before = everything()
    assert ensure_site() == home
    call_command("migrate", verbosity=0)
    assert everything() == before


def test_a_deleted_index_page_stays_deleted(home: HomePage) -> None:
    RoundupIndexPage.objects.get().delete()
    call_command("migrate", verbosity=0)
    assert not RoundupIndexPage.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_was_renamed_moved_or_unpublished_stays_so(home: HomePage) -> None:
    gallery = GalleryPage.objects.get()
    gallery.title, gallery.slug, gallery.show_in_menus = "Geschichten", "geschichten", False
    gallery.save()
    CommunityIndexPage.objects.get().unpublish()
    Site.objects.update(hostname="impact.example.org", port=443, site_name="Ours")
    before = everything()
    call_command("migrate", verbosity=0)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_gets_the_same_tree() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert [page.url for page in HomePage.objects.get().get_children()] == [
        "/impact/",
        "/communities/",
        "/roundups/",
        "/newsletter/",
    ]
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_a_first_visit_has_nothing_to_write(client: Client, home: HomePage) -> None:
    before = state.current()
    for path in ("/", "/impact/", "/communities/", "/roundups/", "/impact/feed/"):
        assert client.get(path).status_code == 200
    assert state.current() == before
