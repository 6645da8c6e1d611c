"""Old addresses of an imported site, asked for by a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from home.site_tree import ensure_site
from impact.entries.models import EntryPage
from impact.portability.imports import Result, import_hugo
from tests.portability.ferry import BOATS, MIRA, TRIP, WORK, write_site

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ferry(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Result]:
    """A small site, imported once for the tests that only look at it, and taken out again."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            ensure_site()
            yield import_hugo(write_site(tmp_path_factory.mktemp("ferry")))
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/blog/boat-trip/", TRIP),
        ("/blog/boat-trip", TRIP),
        ("/blog/2024/trip/", TRIP),
        ("/news/trip", TRIP),
        ("/news/trip/", TRIP),
        ("/blog/old/", TRIP),
        ("/special/%C3%9Cber.html", "/impact/fahre-co/"),
        ("/blog/2023/f%C3%A4hre--co/", "/impact/fahre-co/"),
        ("/collaborators/river/", "/communities/river/"),
        ("/collaborators/", "/communities/"),
        ("/author/mholt/", f"/impact/{MIRA}"),
        ("/author/m%C3%ADra-holt/", f"/impact/{MIRA}"),
        ("/author/mira-holt/", f"/impact/{MIRA}"),
        ("/authors/mira-holt/", f"/impact/{MIRA}"),
        ("/author/mholt/index.xml", f"/impact/feed/{MIRA}"),
        ("/category/field-work/", f"/impact/{WORK}"),
        ("/categories/field-work/", f"/impact/{WORK}"),
        ("/category/field-work/index.xml", f"/impact/feed/{WORK}"),
        ("/tag/old-boats/", f"/impact/{BOATS}"),
        ("/tags/old-boats/", f"/impact/{BOATS}"),
        ("/tag/old-boats/index.xml", f"/impact/feed/{BOATS}"),
        ("/tags/", "/impact/"),
        ("/blog/", "/impact/"),
        ("/blog/index.xml", "/impact/feed/"),
        ("/index.xml", "/impact/feed/"),
        # As web servers of static sites answer them too.
        ("/blog/boat-trip/index.html", TRIP),
        ("/Blog/Boat-Trip/", TRIP),
        ("/SPECIAL/%C3%9CBER.HTML", "/impact/fahre-co/"),
        ("/blog/page/2/", "/impact/"),
        ("/tag/old-boats/page/3/index.html", f"/impact/{BOATS}"),
        # As newsletters and other sites link them.
        ("/blog/boat-trip/?utm_source=letter&x=1", TRIP),
        ("/Tag/Old-Boats/?utm_source=letter", f"/impact/{BOATS}"),
    ],
)
def test_an_old_address_answers_301_and_leads_to_a_page(
    ferry: Result, client: Client, old: str, new: str
) -> None:
    response = client.get(old)
    assert (response.status_code, response.headers.get("Location")) == (301, new)
    followed = client.get(new)
    assert followed.status_code == 200
    is_feed = "/feed/" in new
    assert followed.headers["Content-Type"].startswith(
        "application/rss" if is_feed else "text/html"
    )


def test_the_filters_that_they_lead_to_select_the_story(ferry: Result, client: Client) -> None:
    for old in ("/author/mholt/", "/category/field-work/", "/tag/old-boats/"):
        assert 'data-results="1"' in client.get(old, follow=True).content.decode(), old


@pytest.mark.parametrize(
    "path", ["/later/", "/blog/later/", "/blog/2023/later/", "/blog/none/", "/%00"]
)
def test_what_the_old_site_never_showed_is_not_found(
    ferry: Result, client: Client, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_entries_keep_the_old_permalink_as_guid(ferry: Result) -> None:
    assert set(EntryPage.objects.live().values_list("guid", flat=True)) == {
        "https://ferry.example/blog/boat-trip/",
        "https://ferry.example/special/%C3%9Cber.html",
    }


def test_redirects_to_pages_hold_the_page_and_belong_to_its_site(ferry: Result) -> None:
    redirect = Redirect.objects.get(old_path="/blog/2024/trip")
    assert redirect.redirect_page.slug == "boat-trip"
    assert redirect.is_permanent
    assert set(Redirect.objects.values_list("site", flat=True)) == {Site.objects.get().pk}


def test_a_second_run_makes_none_and_finds_all(ferry: Result) -> None:
    number = Redirect.objects.count()
    again = import_hugo(ferry.plan.source.root)
    assert Redirect.objects.count() == number
    assert {one.state for one in again.outcome.redirects} == {"there"}
    assert len(again.outcome.redirects) == number == len(ferry.outcome.redirects)
