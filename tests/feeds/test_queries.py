"""A feed costs the same number of queries, however much it carries."""

from datetime import date

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from impact.gallery.models import GalleryPage
from impact.media.models import ImpactImage
from tests.factories import (
    make_author,
    make_community,
    make_image,
    make_link,
    make_roundup,
    make_standard_page,
    make_story,
)

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/impact/feed/",
    "/impact/feed/atom/",
    "/impact/feed/json/",
    "/communities/reef/feed/",
    "/impact/feed/?images=email",
    "/impact/feed/?content=summary",
]


def queries(client: Client, address: str) -> int:
    client.get(address)  # content types and site paths are cached once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def text_with(links: int, page_id: int, images: list[ImpactImage]) -> list[tuple[str, object]]:
    anchors = "".join(f'<a linktype="page" id="{page_id}">l</a> ' for _ in range(links))
    return [
        ("text", f"<p>{anchors}</p>"),
        *(("figure", {"image": image, "caption": ""}) for image in images),
    ]


def test_ten_and_thirty_entries_one_and_twenty_links_and_images(
    client: Client, gallery: GalleryPage
) -> None:
    reef, page = make_community("Reef"), make_standard_page("About")
    images = [make_image(size=(60, 40)) for _ in range(4)]

    def fill(number: int, links: int, pictures: int) -> None:
        for n in range(number):
            make_story(
                communities=[reef],
                authors=[make_author(f"Author {n % 7}")],
                tags=[f"tag-{n % 5}", "common"],
                category=f"Category {n % 3}",
                lead_image=images[n % 4],
                body=text_with(links, page.pk, [images[m % 4] for m in range(pictures)]),
                date=date(2024, 1, 1 + n % 28),
            )
        make_link(communities=[reef], lead_image=images[0])

    make_roundup(2030, body=text_with(1, page.pk, images[:1]))
    fill(9, links=1, pictures=1)
    few = {address: queries(client, address) for address in ADDRESSES}
    make_roundup(2031, body=text_with(20, page.pk, images))
    fill(20, links=20, pictures=20)
    many = {address: queries(client, address) for address in ADDRESSES}
    assert many == few
    assert max(few.values()) <= 30


def test_filters_add_a_fixed_number(client: Client, gallery: GalleryPage) -> None:
    for n in range(3):
        make_story(tags=["a"], category=f"Category {n}")
    few = queries(client, "/impact/feed/?tag=a")
    for n in range(12):
        make_story(tags=["a"], category=f"Category {n}")
    assert queries(client, "/impact/feed/?tag=a") == few


def test_every_page_offers_feeds_for_two_queries(client: Client, gallery: GalleryPage) -> None:
    request = RequestFactory().get("/")
    template = Template("{% load feed_tags %}{% feed_links %}")
    context = Context({"request": request, "page": gallery})
    template.render(context)
    with CaptureQueriesContext(connection) as captured:
        template.render(context)
    assert len(captured) <= 2
