"""One normal form of each tag, however it is typed and by however many at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from home.site_tree import ensure_site
from impact.entries.models import EntryPage, StoryPage
from impact.gallery.models import GalleryPage
from impact.taxonomy.models import Tag
from tests.entries.forms import story_data
from tests.factories import make_story, make_user

SPELLINGS = ["Open Source", "open-source", "open_source", "OPEN  SOURCE", "Open‑Source"]


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


def create(client: Client, slug: str, tags: str) -> StoryPage:
    url = reverse(
        "wagtailadmin_pages:add", args=["entries", "storypage", GalleryPage.objects.get().pk]
    )
    response = client.post(url, story_data(slug=slug, tags=tags, **{"action-publish": "1"}))
    assert response.status_code == 302
    return StoryPage.objects.get(slug=slug)


def edit(client: Client, story: StoryPage, tags: str) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    client.post(url, story_data(slug=story.slug, tags=tags, **{"action-publish": "1"}))


def slugs(story: EntryPage) -> list[str]:
    return sorted(StoryPage.objects.get(pk=story.pk).tags.values_list("slug", flat=True))


@pytest.mark.django_db
def test_spellings_in_one_field_are_one_tag(editor: Client) -> None:
    story = create(editor, "one", ", ".join(f'"{spelling}"' for spelling in SPELLINGS))
    assert slugs(story) == ["open-source"]
    assert Tag.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_on_different_pages_are_one_tag(editor: Client, spelling: str) -> None:
    first = create(editor, "first", '"Open Source"')
    second = create(editor, "second", f'"{spelling}"')
    edit(editor, first, f'reefs, "{spelling}"')
    assert slugs(second) == ["open-source"]
    assert slugs(first) == ["open-source", "reefs"]
    assert Tag.objects.count() == 2
    assert Tag.objects.get(slug="open-source").name == "Open Source"


@pytest.mark.django_db
def test_a_restored_revision_brings_its_tags_back_without_doubling_them(editor: Client) -> None:
    story = create(editor, "story", '"Open Source"')
    old = story.latest_revision
    edit(editor, story, "reefs")
    assert slugs(story) == ["reefs"]
    old.publish()
    assert slugs(story) == ["open-source"]
    edit(editor, story, "open_source, reefs")
    assert slugs(story) == ["open-source", "reefs"]
    assert Tag.objects.count() == 2


@pytest.mark.django_db
def test_a_draft_keeps_its_tags(editor: Client) -> None:
    story = create(editor, "story", "reefs")
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    editor.post(url, story_data(slug=story.slug, tags="reefs, Coral Reefs"))
    draft = StoryPage.objects.get().get_latest_revision_as_object()
    assert sorted(tag.slug for tag in draft.tags.all()) == ["coral-reefs", "reefs"]
    assert slugs(story) == ["reefs"]


@pytest.mark.django_db
def test_a_tag_is_removed_however_it_is_spelt() -> None:
    story = make_story(tags=["Open Source", "Reefs"])
    story.tags.remove("open_source")
    story.save()
    assert slugs(story) == ["reefs"]


@pytest.mark.django_db
def test_the_field_offers_tags_as_they_are_typed(editor: Client) -> None:
    make_story(tags=["Open Source", "Reefs"])
    url = reverse("wagtailadmin_tag_model_autocomplete", args=["taxonomy", "tag"])
    assert editor.get(url, {"term": "open"}).json() == ["Open Source"]
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[EntryPage.objects.get().pk]))
    assert url in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("tags", ["##", "-, _", "😀", "x" * 300])
def test_odd_tags_never_break_the_form(editor: Client, tags: str) -> None:
    url = reverse(
        "wagtailadmin_pages:add", args=["entries", "storypage", GalleryPage.objects.get().pk]
    )
    response = editor.post(url, story_data(slug="odd", tags=tags))
    assert response.status_code in (200, 302)
    assert all(tag.slug and len(tag.slug) <= 100 for tag in Tag.objects.all())


@pytest.mark.django_db(transaction=True)
def test_two_who_create_a_tag_at_once_get_the_same_one() -> None:
    ensure_site()
    stories = [make_story(f"Story {number}") for number in range(4)]
    barrier = Barrier(len(stories))

    def tag(job: tuple[StoryPage, str]) -> None:
        story, spelling = job
        try:
            page = StoryPage.objects.get(pk=story.pk)
            barrier.wait(timeout=20)
            page.tags.add(spelling)
            page.save_revision().publish()
        finally:
            connections.close_all()

    for round_number in range(5):
        names = [
            f"New {round_number}",
            f"new-{round_number}",
            f"NEW_{round_number}",
            f"new {round_number}",
        ]
        with ThreadPoolExecutor(len(stories)) as pool:
            list(pool.map(tag, zip(stories, names, strict=True)))
    assert connection.vendor in ("sqlite", "postgresql")
    assert Tag.objects.count() == 5
    for story in stories:
        assert slugs(story) == [f"new-{number}" for number in range(5)]
