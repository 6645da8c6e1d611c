"""A page whose time is over is gone at once, not only when `publish_scheduled` next runs."""

import pytest
from django.test import Client

from impact.communities.models import CommunityIndexPage
from impact.gallery.models import GalleryPage
from tests.factories import (
    make_community,
    make_digest,
    make_link,
    make_roundup,
    make_standard_page,
    make_story,
)
from tests.visibility import hide

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "make",
    [make_story, make_link, make_community, make_roundup, make_digest, make_standard_page],
)
def test_an_expired_page_is_not_found(client: Client, gallery: GalleryPage, make: object) -> None:
    page = make()  # type: ignore[operator]
    assert client.get(page.url).status_code == 200
    hide(page, "expired")
    assert client.get(page.url).status_code == 404


def test_the_feeds_of_an_expired_community_are_not_found(
    client: Client, gallery: GalleryPage
) -> None:
    reef = make_community("Reef")
    assert client.get("/communities/reef/feed/").status_code == 200
    hide(reef, "expired")
    for path in ("feed/", "feed/atom/", "feed/json/"):
        assert client.get(f"/communities/reef/{path}").status_code == 404


def test_what_lies_below_an_expired_page_is_still_there(
    client: Client, gallery: GalleryPage
) -> None:
    make_community("Reef")
    hide(CommunityIndexPage.objects.get(), "expired")
    assert client.get("/communities/").status_code == 404
    assert client.get("/communities/reef/").status_code == 200
