"""What cards say of entries, and that reading them costs the same for any number."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.utils.safestring import SafeString
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from impact.catalogue.cards import cards, made_cards
from impact.catalogue.selection import select
from impact.catalogue.upkeep import repair
from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
from impact.media.models import ImpactRendition
from impact.media.renditions import prepare
from impact.pages.markup import entry_card
from tests.factories import make_category, make_community, make_image, make_link, make_story

pytestmark = pytest.mark.django_db


def without_category() -> None:
    """Take the category of all entries, as only a bulk statement can."""
    EntryPage.objects.update(category=None)
    repair(EntryPage.objects.values_list("pk", flat=True))


def test_a_story_leads_to_its_page_and_names_where_it_belongs() -> None:
    reef, coast, fund = (make_community(name) for name in ("Reef", "Coast", "Fund"))
    story = make_story(
        "Coral census",
        category=make_category("Open Science", colour="#336699"),
        communities=[coast, reef],
        supporters=[fund],
        lead_image=make_image(),
        date=date(2024, 5, 1),
        featured=True,
        language="pt-BR",
    )
    [card] = cards(select(GalleryFilter()))
    assert (card.slug, card.kind, card.title, card.outbound) == (
        story.slug,
        "story",
        "Coral census",
        False,
    )
    assert card.url.endswith(f"/impact/{story.slug}/")
    assert [community.name for community in card.communities] == ["Coast", "Reef"]
    assert card.communities[0].url.endswith("/communities/coast/")
    assert card.category is not None
    assert (card.category.name, card.category.colour) == ("Open Science", "#336699")
    assert card.category.url.endswith("/impact/?category=open-science")
    assert card.image == story.lead_image
    assert (card.featured, card.language, card.date) == (True, "pt-BR", date(2024, 5, 1))


def test_addresses_are_those_of_the_pages(rf: RequestFactory) -> None:
    reef = make_community("Récif", slug="récif-наш")
    story = make_story("Приливы", slug="приливы-å", communities=[reef])
    [card] = cards(select(GalleryFilter()), rf.get("/"))
    assert card.url == story.get_url(rf.get("/"))
    assert card.communities[0].url == reef.get_url(rf.get("/"))


def test_a_link_leads_straight_out() -> None:
    make_link("News", external_url="https://example.org/a?b=c", publisher="The Gazette")
    [card] = cards(select(GalleryFilter()))
    assert (card.kind, card.url, card.publisher) == (
        "link",
        "https://example.org/a?b=c",
        "The Gazette",
    )
    assert card.outbound


def test_cards_do_not_name_communities_that_are_not_public() -> None:
    hidden, draft, reef = (make_community(name) for name in ("Hidden", "Draft", "Reef"))
    make_story(communities=[hidden, draft, reef, reef])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    draft.unpublish()
    [card] = cards(select(GalleryFilter()))
    assert [community.name for community in card.communities] == ["Reef"]


def test_an_entry_without_anything_has_a_card() -> None:
    make_story("Bare")
    without_category()
    [card] = cards(select(GalleryFilter()))
    assert (card.category, card.communities, card.image) == (None, (), None)


def test_no_entries_no_cards() -> None:
    assert cards([]) == []


def test_the_number_of_statements_does_not_depend_on_the_number_of_cards(
    rf: RequestFactory, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def make(number: int) -> None:
        for _ in range(number):
            communities = [make_community() for _ in range(3)]
            make_story(communities=communities, lead_image=make_image(), tags=["a", "b"])
            make_link(communities=communities, category="Policy")

    def statements() -> int:
        request = rf.get("/impact/")
        pages = list(select(GalleryFilter()))
        with django_assert_max_num_queries(9) as captured:
            cards(pages, request, ("card", "feature"))
        return len(captured)

    make(1)
    statements()
    # Of cards that are made anew, because something has changed, and of those that are known.
    make(1)
    first, again = statements(), statements()
    make(5)
    assert (statements(), statements()) == (first, again)
    assert again < first


def test_cards_are_made_once_for_a_version_and_shown_as_often_as_they_are_asked_for() -> None:
    image = make_image(description="A reef")
    first, second = make_story("First", lead_image=image), make_story("Second")
    rows = {row.entry_id: row for row in select(GalleryFilter())}
    asked = [rows[first.pk], rows[second.pk], rows[first.pk]]
    made = cards(asked)
    assert [card.title for card in made] == ["First", "Second", "First"]
    assert all(again is card for again, card in zip(cards(asked), made, strict=True))


@pytest.mark.parametrize("change", ["category", "community", "picture", "copy", "closed", "title"])
def test_a_change_of_anything_on_a_card_gives_a_new_one(change: str) -> None:
    category, reef, image = make_category("Maps"), make_community("Reef"), make_image()
    prepare(image, "card")
    story = make_story("Old", category=category, communities=[reef], lead_image=image)

    def shown() -> str:
        return entry_card(cards(select(GalleryFilter()))[0])

    before = shown()
    assert shown() == before
    match change:
        case "category":
            category.name = "Charts"
            category.save()
        case "community":
            reef.title = "Coral"
            reef.save_revision().publish()
        case "picture":
            image.description = "A new description"
            image.save()
        case "copy":
            for copy in image.renditions.all():
                copy.delete()
        case "closed":
            PageViewRestriction.objects.create(page=reef, restriction_type="login")
        case "title":
            story.title = "New"
            story.save_revision().publish()
    after = shown()
    expected = {
        "category": ">Charts<",
        "community": ">Coral<",
        "picture": "A new description",
        "copy": "/pictures/",
        "title": ">New<",
    }
    assert after != before
    assert expected.get(change, "") in after
    assert (">Reef<" in after) == (change not in ("community", "closed"))


def test_markup_is_written_anew_only_for_what_looks_different() -> None:
    picture = make_image()
    same, shown = make_story("Stays"), make_story("Tide", lead_image=picture)

    def written() -> dict[str, SafeString]:
        made = cards(select(GalleryFilter()))
        return {card.slug: entry_card(card) for card in made}

    before = written()
    make_story("Another")
    assert all(written()[slug] is markup for slug, markup in before.items())

    picture.description = "A tide gauge on a pier"
    picture.save()
    assert "A tide gauge on a pier" in written()[shown.slug]

    picture.focal_point_x, picture.focal_point_y = 100, 100
    picture.focal_point_width = picture.focal_point_height = 50
    picture.save()
    prepare(picture, "card")
    assert ".fill-400x267.format-webp" in (now := written())[shown.slug]
    assert now[same.slug] is before[same.slug]


def test_addresses_that_are_signed_are_never_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    make_story("Tide", lead_image=make_image())
    storage = ImpactRendition._meta.get_field("file").storage
    monkeypatch.setattr(storage, "querystring_auth", True, raising=False)
    (before,), (after,) = (made_cards(list(select(GalleryFilter()))) for _ in range(2))
    assert entry_card(before) == entry_card(after)
    assert before.written is not after.written
