"""How editors keep categories and tags."""

import pytest
from django.test import Client
from django.urls import reverse

from impact.entries.models import EntryPage
from impact.gallery.models import GalleryPage
from impact.taxonomy.models import Category, Tag
from tests.factories import make_category, make_story, make_user

pytestmark = pytest.mark.django_db

CATEGORY, TAG = "wagtailsnippets_taxonomy_category", "wagtailsnippets_taxonomy_tag"


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


def category_data(**changes: str) -> dict[str, str]:
    fields = {"name": "Policy", "slug": "policy", "colour": "#aa3366", "description": ""}
    return {**fields, **changes}


def test_a_category_is_created_with_its_colour(editor: Client) -> None:
    editor.post(reverse(f"{CATEGORY}:add"), category_data())
    category = Category.objects.get()
    assert (category.name, category.colour) == ("Policy", "#aa3366")
    html = editor.get(reverse(f"{CATEGORY}:edit", args=[category.pk])).content.decode()
    assert 'type="color"' in html


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "url(x)", '"><script>'])
def test_a_colour_is_six_digits(editor: Client, colour: str) -> None:
    response = editor.post(reverse(f"{CATEGORY}:add"), category_data(colour=colour))
    assert list(response.context["form"].errors) == ["colour"]


def test_a_second_category_of_a_name_is_refused(editor: Client) -> None:
    make_category("Policy")
    response = editor.post(reverse(f"{CATEGORY}:add"), category_data())
    assert set(response.context["form"].errors) == {"name", "slug"}


def test_categories_are_dragged_into_order(editor: Client) -> None:
    last = [make_category(name, sort_order=i) for i, name in enumerate("ABC")][-1]
    editor.post(reverse(f"{CATEGORY}:reorder", args=[last.pk]) + "?position=0")
    assert [c.name for c in Category.objects.all()] == ["C", "A", "B"]
    response = editor.get(reverse(f"{CATEGORY}:list"))
    assert [c.name for c in response.context["object_list"]] == ["C", "A", "B"]


def test_a_new_category_stands_last(editor: Client) -> None:
    make_category("A", sort_order=0)
    make_category("B", sort_order=1)
    editor.post(reverse(f"{CATEGORY}:add"), category_data())
    assert [c.name for c in Category.objects.all()] == ["A", "B", "Policy"]


def test_a_category_in_use_is_not_deleted(editor: Client) -> None:
    story = make_story()
    story.save()
    url = reverse(f"{CATEGORY}:delete", args=[story.category.pk])
    assert editor.get(url).status_code == 200
    response = editor.post(url)
    assert response.status_code in (200, 302)
    assert EntryPage.objects.get().category == story.category


def test_lists_say_how_many_entries_there_are(editor: Client) -> None:
    make_story(tags=["Reefs"])
    make_story(tags=["Reefs"], live=False)
    for name in (CATEGORY, TAG):
        response = editor.get(reverse(f"{name}:list"))
        assert [row.entry_count for row in response.context["object_list"]] == [2]


def test_a_tag_is_renamed_and_its_address_follows(editor: Client) -> None:
    story = make_story(tags=["open sorce"])
    tag = Tag.objects.get()
    editor.post(reverse(f"{TAG}:edit", args=[tag.pk]), {"name": "  Open   Source "})
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Open Source", "open-source")
    assert [t.name for t in EntryPage.objects.get(pk=story.pk).tags.all()] == ["Open Source"]


def test_a_tags_spelling_may_change_within_its_normal_form(editor: Client) -> None:
    make_story(tags=["open-source"])
    tag = Tag.objects.get()
    editor.post(reverse(f"{TAG}:edit", args=[tag.pk]), {"name": "Open Source"})
    tag.refresh_from_db()
    assert tag.name == "Open Source"


@pytest.mark.parametrize("name", ["Open-Source", "open_source", "OPEN SOURCE"])
def test_a_tag_can_not_take_the_form_of_another(editor: Client, name: str) -> None:
    make_story(tags=["Open Source", "Reefs"])
    reefs = Tag.objects.get(slug="reefs")
    for url in (reverse(f"{TAG}:edit", args=[reefs.pk]), reverse(f"{TAG}:add")):
        response = editor.post(url, {"name": name})
        assert "the same tag as “Open Source”" in response.context["form"].errors["name"][0]
    assert Tag.objects.count() == 2


def test_a_tag_of_nothing_is_refused(editor: Client) -> None:
    response = editor.post(reverse(f"{TAG}:add"), {"name": "##"})
    assert response.context["form"].errors["name"] == ["A tag needs a letter or a digit."]


def test_tags_are_found_by_name(editor: Client) -> None:
    make_story(tags=["Open Source", "Reefs"])
    response = editor.get(reverse(f"{TAG}:list"), {"q": "ree"})
    assert [tag.name for tag in response.context["object_list"]] == ["Reefs"]
