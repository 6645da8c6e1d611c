"""Made-up entries for benchmarks, and that the gallery costs the same with few and with many."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from impact.catalogue.selection import select
from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
from impact.gallery.models import GalleryPage
from impact.gallery.seeding import seed
from tests.factories import make_story
from tests.gallery.reading import read

pytestmark = pytest.mark.django_db


def test_seeding_leaves_a_valid_tree(gallery: GalleryPage) -> None:
    before = make_story("Written by hand")
    done = seed(60)
    seed(7)
    assert Page.find_problems() == ([], [], [], [], [])
    gallery.refresh_from_db()
    assert gallery.get_children().count() == gallery.numchild == 68
    assert (done.entries, done.links) == (60, 15)
    assert before.pk in gallery.get_children().values_list("pk", flat=True)
    assert {type(page).__name__ for page in EntryPage.objects.specific()} == {
        "StoryPage",
        "FeaturedLinkPage",
    }


def test_seeded_entries_can_be_read_found_and_edited(gallery: GalleryPage, client: Client) -> None:
    seed(12)
    page = EntryPage.objects.newest_first().of_kind("story").first().specific
    assert client.get(page.url).status_code == 200
    assert page.pk in select(GalleryFilter(q=page.title)).pks()
    page.title = "Edited"
    page.save_revision().publish()
    assert EntryPage.objects.get(pk=page.pk).title == "Edited"
    assert len(set(EntryPage.objects.values_list("guid", flat=True))) == 12


def test_the_same_seed_gives_the_same_collection(gallery: GalleryPage) -> None:
    seed(5)
    first = list(EntryPage.objects.values_list("title", "date").order_by("pk"))
    for page in EntryPage.objects.all():
        page.delete()
    gallery.refresh_from_db()
    seed(5)
    assert list(EntryPage.objects.values_list("title", "date").order_by("pk")) == first


def test_the_command_adds_entries_and_says_so(gallery: GalleryPage) -> None:
    out = StringIO()
    call_command("seed_gallery", "--entries=8", verbosity=0, stdout=out)
    assert "Added 8 entries (2 of them links)" in out.getvalue()
    assert EntryPage.objects.count() == 8


def test_the_command_refuses_nonsense(gallery: GalleryPage) -> None:
    with pytest.raises(CommandError, match="must be 1 or more, not 0"):
        call_command("seed_gallery", "--entries=0")
    gallery.delete()
    with pytest.raises(CommandError, match="no gallery"):
        call_command("seed_gallery", "--entries=1", verbosity=0)


def queries_of(page: EntryPage) -> dict[str, GalleryFilter]:
    """Filters that find an entry, so that none of them is empty in any collection that holds it."""
    tags = tuple(page.tagged_items.values_list("tag__slug", flat=True))
    word = page.title.split()[-1]
    return {
        "unfiltered": GalleryFilter(),
        "one value": GalleryFilter(tag=tags),
        "three facets": GalleryFilter(
            tag=tags, category=(page.category.slug,), year=(page.date.year,)
        ),
        "search": GalleryFilter(q=word),
        "search by date": GalleryFilter(q=word, sort="oldest", kind=("story", "link")),
        "empty": GalleryFilter(q=word, year=(page.date.year,), tag=("nope",)),
    }


def statements(client: Client, wanted: GalleryFilter) -> int:
    """How many statements a page takes once caches are warm."""
    client.get(f"/impact/?{wanted.query()}")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/impact/?{wanted.query()}")
    assert response.status_code == 200
    assert (read(response.content.decode()).total == 0) is ("nope" in wanted.tag)
    return len(captured)


def test_the_gallery_takes_as_many_statements_with_10_as_with_200_entries(
    gallery: GalleryPage, client: Client
) -> None:
    seed(10)
    queries = queries_of(EntryPage.objects.first())
    few = {name: statements(client, wanted) for name, wanted in queries.items()}
    seed(190)
    assert EntryPage.objects.count() == 200
    many = {name: statements(client, wanted) for name, wanted in queries.items()}
    assert many == few
    assert max(many.values()) <= 40
    later = statements(client, GalleryFilter(page=8))
    assert later == many["unfiltered"]
