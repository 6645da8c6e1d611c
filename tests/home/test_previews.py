"""Every page around the gallery can be previewed as a draft, with what is typed and not yet saved."""

from typing import Any

import pytest
from django.test import RequestFactory
from wagtail.models import Page

from home.models import HomePage
from impact.communities.models import CommunityIndexPage
from impact.roundups.models import RoundupIndexPage, RoundupOmission, RoundupPin
from tests.documents import slugs
from tests.factories import make_community, make_roundup, make_story

pytestmark = pytest.mark.django_db


def preview(page: Any) -> str:
    response = page.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("model", [HomePage, CommunityIndexPage, RoundupIndexPage])
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


def test_pins_and_omissions_that_are_not_saved_are_previewed(home: Page) -> None:
    from lxml import html

    first, second, third = (make_story(f"Story {number}") for number in range(3))
    roundup = make_roundup(2024, live=False)
    roundup.pins = [RoundupPin(entry=first)]
    roundup.omissions = [RoundupOmission(entry=second)]
    # A row that has just been added has no entry yet.
    roundup.pins.add(RoundupPin())
    shown = slugs(html.document_fromstring(preview(roundup)))
    assert shown == [first.slug, third.slug]
