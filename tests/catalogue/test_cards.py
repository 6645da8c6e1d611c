"""What cards say of entries, and that reading them costs the same for any number."""

from datetime import date

import pytest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from impact.catalogue.cards import cards
from impact.catalogue.selection import select
from impact.catalogue.upkeep import repair
from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
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
    first = statements()
    make(5)
    assert statements() == first
