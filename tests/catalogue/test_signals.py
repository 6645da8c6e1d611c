"""After every event that changes what is public, everything shows what a walk over the pages finds."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, PageViewRestriction

from impact.catalogue.models import EntryRow
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.entries.models import EntryPage
from impact.freshness.models import Change
from impact.gallery.models import GalleryPage
from impact.taxonomy.models import Category
from tests.catalogue.walk import assert_shown, visit
from tests.documents import document
from tests.factories import (
    make_author,
    make_category,
    make_community,
    make_image,
    make_link,
    make_roundup,
    make_standard_page,
    make_story,
    make_user,
)
from tests.shared import shared_content

pytestmark = [pytest.mark.django_db, pytest.mark.long]

Event = Callable[[list[Any], Client], None]
# What happens to some entries: one of them, or several in one transaction.
EVENTS: list[Event] = []
# What happens to something else that they depend on.
EVENTS_ELSEWHERE: list[Event] = []


def event(happens: Event) -> Event:
    """Add to the events after which everything is looked at."""
    EVENTS.append(happens)
    return happens


def event_elsewhere(happens: Event) -> Event:
    """The same, where it makes no difference how many entries there are."""
    EVENTS_ELSEWHERE.append(happens)
    return happens


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Any]]:
    """Three entries to which it happens, and others beside them; taken away again after the module."""
    with shared_content(django_db_blocker):
        yield write()


@pytest.fixture
def collection(written: list[Any], db: None) -> list[Any]:
    """The three, as they are before it happens; everything that shows them has been looked at."""
    visit(Client())
    return [page.specific_class.objects.get(pk=page.pk) for page in written]


def write() -> list[Any]:
    """Write a small collection; return the three entries."""
    reef, coast = make_community("Reef"), make_community("Coast")
    ada = make_author("Ada")
    make_roundup(2024)
    make_story("A draft of gauges", live=False, communities=[reef], tags=["Water"])
    make_story("Stays", communities=[coast], category="Policy", authors=[ada], tags=["Maps"])
    filed: dict[str, Any] = {"communities": [reef, coast], "authors": [ada], "tags": ["Water"]}
    return [
        make_story("Tide gauges", **filed, date=date(2024, 6, 1), lead_image=make_image()),
        make_link(
            "Rain gauges", **filed, date=date(2023, 6, 1), external_url="https://example.org/r"
        ),
        make_story("Wind gauges", **filed, supporters=[coast], date=date(2024, 2, 1)),
    ]


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


def bulk(client: Client, action: str, pages: list[Any], **data: Any) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = "&".join(f"id={page.pk}" for page in pages)
    assert client.post(f"{url}?{query}&next=/admin/", data).status_code == 302


@event
def publish(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.title += " anew"
        page.date = date(2022, 1, 1)
        page.category = make_category("Teaching")
        page.tags.set(["Maps", "New words"])
        page.community_links.set(list(page.community_links.all())[1:])
        page.save_revision().publish()


@event
def save_a_draft(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.title = "Not yet"
        page.tags.set(["Not yet"])
        page.save_revision()


@event
def publish_later(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.title = "Later"
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()


@event
def apply_what_was_scheduled(pages: list[Any], admin: Client) -> None:
    publish_later(pages, admin)
    moment = timezone.now() - timedelta(minutes=1)
    for page in pages:
        revision = page.scheduled_revision
        revision.approved_go_live_at = moment
        revision.content["go_live_at"] = moment.isoformat()
        revision.save()
    call_command("publish_scheduled")
    assert EntryPage.objects.filter(title="Later", live=True).count() == len(pages)


@event
def reach_the_end(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.expire_at = timezone.now() - timedelta(minutes=1)
        page.save()


@event
def apply_what_expires(pages: list[Any], admin: Client) -> None:
    reach_the_end(pages, admin)
    call_command("publish_scheduled")
    assert EntryPage.objects.filter(expired=True).count() == len(pages)


@event
def unpublish(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.unpublish()


@event
def add_live(pages: list[Any], admin: Client) -> None:
    for page in pages:
        make_story(f"Another one like {page.title}", tags=["Water"])


@event
def copy(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.copy(update_attrs={"slug": f"copy-of-{page.slug}"}, keep_live=True)


@event
def add_aliases(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.create_alias(update_slug=f"alias-of-{page.slug}")
    assert EntryPage.objects.filter(alias_of__isnull=False).count() == len(pages)


@event
def publish_what_has_an_alias(pages: list[Any], admin: Client) -> None:
    add_aliases(pages, admin)
    publish(pages, admin)
    assert EntryPage.objects.filter(title__endswith=" anew").count() == 2 * len(pages)


@event
def move_among_siblings(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.move(GalleryPage.objects.get(), pos="first-child")


@event_elsewhere
def move_the_gallery(pages: list[Any], admin: Client) -> None:
    about = make_standard_page("About")
    GalleryPage.objects.get().move(about, pos="last-child")
    # And again, so that what was moved first has another path by now.
    make_standard_page("Contact").move(Page.objects.get(depth=2), pos="first-child")


@event_elsewhere
def change_the_slug_two_levels_above(pages: list[Any], admin: Client) -> None:
    about = make_standard_page("About")
    gallery = GalleryPage.objects.get()
    gallery.move(about, pos="last-child")
    # What stands two levels below has a new address as well.
    about.slug = "about-us"
    about.save()


@event_elsewhere
def move_below_what_is_private(pages: list[Any], admin: Client) -> None:
    about = make_standard_page("About")
    hide([about], admin)
    GalleryPage.objects.get().move(about, pos="last-child")


@event
def change_the_slug(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.slug = f"{page.slug}-renamed"
        page.save()


@event_elsewhere
def change_the_slug_of_the_gallery(pages: list[Any], admin: Client) -> None:
    gallery = GalleryPage.objects.get()
    gallery.slug = "stories"
    gallery.save_revision().publish()


@event
def delete(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.delete()


@event
def delete_as_plain_pages(pages: list[Any], admin: Client) -> None:
    Page.objects.filter(pk__in=[page.pk for page in pages]).delete()


@event
def delete_what_is_private(pages: list[Any], admin: Client) -> None:
    hide(pages, admin)
    delete(pages, admin)


@event
def bulk_publish(pages: list[Any], admin: Client) -> None:
    for page in pages:
        page.title += " in bulk"
        page.save_revision()
    bulk(admin, "publish", pages)


@event
def bulk_unpublish(pages: list[Any], admin: Client) -> None:
    bulk(admin, "unpublish", pages)


@event
def bulk_delete(pages: list[Any], admin: Client) -> None:
    bulk(admin, "delete", pages)


@event
def hide(pages: list[Any], admin: Client) -> None:
    for page in pages:
        PageViewRestriction.objects.create(page=page, restriction_type="login")


@event
def hide_and_show(pages: list[Any], admin: Client) -> None:
    hide(pages, admin)
    assert_shown(Client())
    for restriction in PageViewRestriction.objects.all():
        restriction.delete()


@event
def write_while_hidden_and_show(pages: list[Any], admin: Client) -> None:
    gallery = GalleryPage.objects.get()
    hide([gallery], admin)
    assert_shown(Client())
    publish(pages, admin)
    change_the_slug_of_the_gallery(pages, admin)
    make_story("Written gauges", tags=["Water"])
    PageViewRestriction.objects.get().delete()
    assert_shown(Client())


@event
def unpublish_while_hidden_and_show(pages: list[Any], admin: Client) -> None:
    hide([GalleryPage.objects.get()], admin)
    assert_shown(Client())
    unpublish(pages, admin)
    PageViewRestriction.objects.get().delete()


@event
def hide_by_group(pages: list[Any], admin: Client) -> None:
    for page in pages:
        url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        data = {"restriction_type": "password", "password": "gauges"}
        assert admin.post(url, data).status_code == 200
    assert PageViewRestriction.objects.count() == len(pages)


@event_elsewhere
def hide_the_gallery(pages: list[Any], admin: Client) -> None:
    hide([GalleryPage.objects.get()], admin)


@event_elsewhere
def hide_the_communities(pages: list[Any], admin: Client) -> None:
    hide([CommunityIndexPage.objects.get()], admin)


@event_elsewhere
def unpublish_a_community(pages: list[Any], admin: Client) -> None:
    CommunityPage.objects.get(slug="reef").unpublish()


@event_elsewhere
def end_a_community(pages: list[Any], admin: Client) -> None:
    reach_the_end([CommunityPage.objects.get(slug="reef")], admin)


@event_elsewhere
def delete_the_gallery(pages: list[Any], admin: Client) -> None:
    # Home and reports show nothing then; there is nowhere else to look.
    GalleryPage.objects.get().delete()


@event_elsewhere
def delete_a_community(pages: list[Any], admin: Client) -> None:
    CommunityPage.objects.get(slug="reef").delete()


def rename(one: Any) -> None:
    one.slug = f"{one.slug}-renamed"
    one.save()


@event_elsewhere
def rename_a_category(pages: list[Any], admin: Client) -> None:
    rename(pages[0].category)


@event_elsewhere
def rename_a_tag(pages: list[Any], admin: Client) -> None:
    rename(pages[0].tags.get())


@event_elsewhere
def rename_an_author(pages: list[Any], admin: Client) -> None:
    rename(pages[0].author_links.get().author)


@event_elsewhere
def rename_a_community(pages: list[Any], admin: Client) -> None:
    rename(CommunityPage.objects.get(slug="reef"))


@event_elsewhere
def order_the_categories_anew(pages: list[Any], admin: Client) -> None:
    for place, category in enumerate(Category.objects.order_by("-name")):
        category.sort_order = place
        category.save()


@event
def take_tags_and_authors(pages: list[Any], admin: Client) -> None:
    for page in pages:
        EntryPage.tags.through.objects.get(content_object_id=page.pk).delete()
        page.author_links.get().author.delete() if page is pages[0] else None


@pytest.mark.parametrize(
    ("happens", "number"),
    [
        *(pytest.param(happens, 1, id=f"{happens.__name__}-single") for happens in EVENTS),
        *(pytest.param(happens, 3, id=f"{happens.__name__}-bulk") for happens in EVENTS),
        *(pytest.param(happens, 3, id=happens.__name__) for happens in EVENTS_ELSEWHERE),
    ],
)
def test_everything_shows_what_is_public(
    client: Client, collection: list[Any], admin: Client, happens: Event, number: int
) -> None:
    with transaction.atomic():
        happens(collection[:number], admin)
    assert_shown(client)
    assert not Change.objects.exists()


def test_everything_is_shown_before_anything_happens(client: Client, collection: list[Any]) -> None:
    assert_shown(client)


def test_an_event_that_is_rolled_back_is_not_seen(client: Client, collection: list[Any]) -> None:
    with transaction.atomic():
        collection[0].unpublish()
        assert_shown(client)
        transaction.set_rollback(True)
    assert_shown(client)
    collection[1].unpublish()
    assert_shown(client)


@pytest.mark.parametrize("end", ["entry", "community"])
def test_what_ends_is_gone_at_that_moment(
    client: Client, collection: list[Any], monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    moment = timezone.now() + timedelta(hours=1)
    page = collection[0] if end == "entry" else CommunityPage.objects.get(slug="reef")
    page.expire_at = moment
    page.save()
    assert_shown(client)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert_shown(client)
    monkeypatch.setattr(timezone, "now", lambda: moment - timedelta(seconds=1))


def test_a_new_focal_point_is_seen_on_the_card(client: Client, collection: list[Any]) -> None:
    image = collection[0].lead_image

    def copies() -> list[str]:
        image.get_rendition("fill-400x267|format-avif")
        page = document(client, "/impact/?year=2024&tag=water")
        return [src for src in page.xpath("//picture/source/@srcset") if "fill-400x267" in src]

    before = copies()
    image.refresh_from_db()
    image.focal_point_x, image.focal_point_y = 1, 1
    image.focal_point_width = image.focal_point_height = 10
    image.save()
    assert before
    assert copies() != before


def test_what_was_written_past_the_site_is_found_and_repaired(
    client: Client, collection: list[Any]
) -> None:
    assert_shown(client)
    EntryPage.objects.filter(pk=collection[0].pk).update(title="Changed by gauges")
    Page.objects.filter(pk=collection[1].pk).update(live=False)
    EntryRow.objects.filter(pk=collection[2].pk).delete()
    EntryRow.objects.bulk_create(
        [
            EntryRow(
                entry_id=99999,
                version=1,
                public=True,
                date=date(2024, 1, 1),
                announced_on=date(2024, 1, 1),
                filing={},
                featured=False,
            )
        ]
    )
    out = StringIO()
    with pytest.raises(CommandError, match="4 of 6 entries differ"):
        call_command("rebuild_gallery", "--check", verbosity=0, stdout=out)
    assert "Changed by gauges" in out.getvalue()
    assert "99999 (gone)" in out.getvalue()
    call_command("rebuild_gallery", verbosity=0, stdout=out)
    assert "wrote 4 anew" in out.getvalue()
    assert_shown(client)
    call_command("rebuild_gallery", "--check", verbosity=0, stdout=out)


def test_many_changes_at_once_are_read_anew(
    client: Client, collection: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_shown(client)
    monkeypatch.setattr("impact.catalogue.snapshot.MANY", 1)
    unpublish(collection, client)
    assert_shown(client)
