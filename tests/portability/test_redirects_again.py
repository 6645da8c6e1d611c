"""Redirects in what happens before, between and after imports."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from wagtail.contrib.redirects.models import Redirect

from home.models import HomePage
from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage
from impact.gallery.models import GalleryPage
from impact.portability import redirects
from impact.portability.imports import import_hugo
from impact.standard.models import StandardPage
from tests.portability.ferry import BOATS, TRIP, write_site
from tests.portability.plans import findings, write_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(home: HomePage, tmp_path: Path) -> Path:
    """The site, to change and to import."""
    return write_site(tmp_path)


def test_a_dry_run_says_what_would_be_made(site: Path) -> None:
    planned = import_hugo(site, dry_run=True).outcome.redirects
    assert not Redirect.objects.exists()
    done = import_hugo(site).outcome.redirects
    assert {(one.old, one.goal, one.state) for one in planned} == {
        (one.old, one.goal, one.state) for one in done
    }


def test_redirects_are_made_with_their_page_or_not_at_all(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    make = redirects.Redirects.make

    def killed(self: redirects.Redirects, keys: Any) -> None:
        make(self, keys)
        if "blog/2024/trip" in keys:
            raise Killed

    monkeypatch.setattr(redirects.Redirects, "make", killed)
    with pytest.raises(Killed):
        import_hugo(site)
    assert not EntryPage.objects.get(slug="boat-trip").live
    assert not Redirect.objects.filter(old_path="/blog/boat-trip").exists()
    monkeypatch.undo()
    import_hugo(site)
    assert EntryPage.objects.get(slug="boat-trip").live
    assert Redirect.objects.filter(old_path="/blog/boat-trip").count() == 1
    assert len(Redirect.objects.all()) == Redirect.objects.values("old_path").distinct().count()


def test_what_a_person_made_or_changed_stays(site: Path, gallery: GalleryPage) -> None:
    Redirect.objects.create(old_path="/news/trip", redirect_link="https://elsewhere.example/")
    result = import_hugo(site)
    assert Redirect.objects.get(old_path="/news/trip").redirect_page is None
    assert findings(result.plan, "old-address") == [("content/blog/2024/trip.md", 0)]
    mine = Redirect.objects.get(old_path="/tag/old-boats")
    mine.redirect_link = "/impact/?q=boats"
    mine.save()
    again = import_hugo(site)
    assert again.outcome.wrote_nothing
    assert Redirect.objects.get(pk=mine.pk).redirect_link == "/impact/?q=boats"
    assert {one.old for one in again.outcome.redirects if one.state == "conflict"} == {
        "/news/trip",
        "/tag/old-boats",
    }


def test_new_aliases_of_a_changed_post_are_added_and_a_withdrawn_one_stays(
    site: Path, client: Client
) -> None:
    import_hugo(site)
    post = site / "content/blog/2024/trip.md"
    post.write_text(post.read_text().replace("/news/trip", "/news/tour"))
    result = import_hugo(site)
    assert [one.old for one in result.outcome.redirects if one.state == "made"] == ["/news/tour"]
    for old in ("/news/tour/", "/news/trip/"):
        assert client.get(old).headers["Location"] == TRIP


def test_the_address_of_a_page_or_of_the_site_itself_is_no_old_one(
    home: HomePage, site: Path, client: Client
) -> None:
    home.add_child(instance=StandardPage(title="About", slug="about"))
    write_post(site, "blog/more", "aliases: [/about/, /search/, /impact/boat-trip, /impact/more/]")
    result = import_hugo(site)
    assert {(one.old, one.why) for one in result.outcome.redirects if one.state == "conflict"} == {
        ("/about", "is the address of a page here"),
        ("/search", "is an address of this site itself"),
        ("/impact/boat-trip", "is the address of a page here"),
    }
    assert not Redirect.objects.filter(old_path="/impact/more").exists()
    assert client.get("/about/").status_code == 200


def test_an_address_that_is_too_long_is_reported(site: Path) -> None:
    write_post(site, "blog/more", f"aliases: [/{'long' * 80}/]")
    result = import_hugo(site)
    assert result.outcome.failed == {}
    assert findings(result.plan, "old-address") == [("content/blog/more.md", 0)]


def test_redirects_follow_when_pages_move(
    site: Path,
    gallery: GalleryPage,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    import_hugo(site)
    gallery.refresh_from_db()
    gallery.slug = "stories"
    with django_capture_on_commit_callbacks(execute=True):
        gallery.save_revision().publish()
    for old, new in {
        "/blog/boat-trip/": "/stories/boat-trip/",
        "/blog/": "/stories/",
        "/tag/old-boats/": f"/stories/{BOATS}",
        "/blog/index.xml": "/stories/feed/",
    }.items():
        assert client.get(old).headers["Location"] == new
        assert client.get(old, follow=True).status_code == 200
    assert import_hugo(site).outcome.wrote_nothing


def test_where_the_gallery_has_the_old_name_posts_need_none(
    site: Path, gallery: GalleryPage, client: Client
) -> None:
    gallery.slug = "blog"
    gallery.save_revision().publish()
    result = import_hugo(site)
    made = {one.old for one in result.outcome.redirects}
    assert not {"/blog", "/blog/boat-trip"} & made
    assert client.get("/blog/boat-trip/").status_code == 200
    assert client.get("/blog/2024/trip/").headers["Location"] == "/blog/boat-trip/"


def test_a_redirect_goes_with_its_page(site: Path, client: Client) -> None:
    import_hugo(site)
    CommunityPage.objects.get(slug="river").delete()
    assert client.get("/collaborators/river/").status_code == 404
    assert import_hugo(site).outcome.wrote_nothing
    assert client.get("/collaborators/river/").status_code == 404


def test_queries_don_t_grow_with_the_addresses(
    home: HomePage, django_assert_max_num_queries: DjangoAssertNumQueries, tmp_path: Path
) -> None:
    names = ", ".join(f"tag{number}" for number in range(150))
    write_post(tmp_path, "a", f"tags: [{names}]")
    result = import_hugo(tmp_path)
    assert len(result.outcome.redirects) > 600
    with django_assert_max_num_queries(14):
        import_hugo(tmp_path)


def test_editors_change_the_filter_of_a_redirect(
    site: Path, client: Client, django_user_model: type
) -> None:
    import_hugo(site)
    client.force_login(get_user_model().objects.create_superuser("ed", "ed@ferry.example", "x"))
    redirect = Redirect.objects.get(old_path="/tag/old-boats")
    address = reverse("wagtailredirects:edit", args=[redirect.pk])
    form = {"old_path": "/tag/old-boats", "site": redirect.site_id, "is_permanent": "on"}
    page = client.get(address)
    assert "/impact/?tag=old-boats" in page.content.decode()
    assert client.post(address, {**form, "redirect_link": "/impact/?q=boats"}).status_code == 302
    redirect.refresh_from_db()
    assert redirect.redirect_link == "/impact/?q=boats"
    assert (
        "redirect_link"
        in client.post(address, {**form, "redirect_link": "no"}).context["form"].errors
    )
    assert client.post(address, form).status_code == 302
    add = reverse("wagtailredirects:add")
    new = {"old_path": "/x", "redirect_link": "/impact/?q=x", "is_permanent": "on"}
    assert client.post(add, new).status_code == 302
    assert client.get("/x/").headers["Location"] == "/impact/?q=x"
