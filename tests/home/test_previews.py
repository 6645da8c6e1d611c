"""Every page around the gallery can be previewed as a draft, with what is typed and not yet saved."""

from typing import Any

import pytest
from django.test import RequestFactory
from wagtail.models import Page

from home.models import HomePage
from impact.communities.models import CommunityIndexPage
from impact.newsletter.models import DigestPage, NewsletterIndexPage
from impact.roundups.models import RoundupIndexPage
from tests.documents import slugs
from tests.factories import make_community, make_digest, make_roundup, make_story
from tests.newsletter.bodies import entry
from tests.roundups.bodies import body, category_section, listed

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def preview(page: Any) -> str:
    response = page.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "model", [HomePage, CommunityIndexPage, RoundupIndexPage, NewsletterIndexPage]
)
def test_a_page_of_which_there_is_one(home: Page, model: type[Any]) -> None:
    make_story(communities=[make_community()])
    make_roundup(2024)
    page = model.objects.get()
    page.summary = "Typed, not saved."
    assert "Typed, not saved." in preview(page)


def test_a_community_draft(home: Page) -> None:
    reef = make_community("Reef", live=False)
    reef.description = "<p>Typed, not saved.</p>"
    assert "Typed, not saved." in preview(reef)


def test_a_digest_draft(home: Page) -> None:
    first, second = make_story("First"), make_story("Second")
    digest = make_digest(body=[entry(first)], live=False)
    digest.introduction, digest.lead = "<p>Typed, not saved.</p>", second
    digest.body = [("entry", {"entry": first, "title": "Not saved either"}), ("entry", {})]
    shown = preview(digest)
    for text in ("Typed, not saved.", "Not saved either", "Second"):
        assert text in shown
    # One of which there is nothing yet.
    assert "No title" in preview(DigestPage(title="No title"))


def test_choices_that_are_not_saved_are_previewed(home: Page) -> None:
    from lxml import html

    first, second, third = (make_story(f"Story {number}") for number in range(3))
    roundup = make_roundup(2024, live=False)
    # A row that has just been added has no entry yet.
    section = category_section(first=[first], left_out=[second])
    section["value"]["first"] += listed(None)
    roundup.body = body(section)
    shown = slugs(html.document_fromstring(preview(roundup)))
    assert shown == [first.slug, third.slug]
