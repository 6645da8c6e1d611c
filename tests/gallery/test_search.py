"""`/search/` leads to the gallery, wherever it is."""

import pytest
from django.test import Client

from impact.gallery.models import GalleryPage

pytestmark = pytest.mark.django_db


def test_search_leads_to_the_gallery_with_its_words(client: Client, gallery: GalleryPage) -> None:
    response = client.get("/search/?q=tide+gauges&utm_source=x")
    assert (response.status_code, response.headers["Location"]) == (302, "/impact/?q=tide+gauges")


def test_search_without_words_leads_to_the_whole_gallery(
    client: Client, gallery: GalleryPage
) -> None:
    assert client.get("/search/?q=").headers["Location"] == "/impact/"


def test_search_follows_the_gallery(client: Client, gallery: GalleryPage) -> None:
    gallery.slug = "stories"
    gallery.save()
    assert client.get("/search/?q=tide").headers["Location"] == "/stories/?q=tide"


def test_without_a_gallery_there_is_nothing_to_search(client: Client, gallery: GalleryPage) -> None:
    gallery.unpublish()
    assert client.get("/search/?q=tide").status_code == 404
    gallery.delete()
    assert client.get("/search/").status_code == 404
