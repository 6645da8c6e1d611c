"""No address gives an error of ours, wherever in it the nonsense stands."""

from urllib.parse import quote

import pytest
from django.test import Client

from home.models import HomePage
from tests.factories import make_community, make_digest, make_roundup, make_story

pytestmark = pytest.mark.django_db

NASTY = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "invalid utf-8": "%ff%fe%ed%a0%80",
    "controls": "%01%0a%0d",
    "5 kB": "x" * 5000,
    "huge number": "9" * 30,
    "path": "..%2f..%2fetc%2fpasswd",
    "search operators": quote("&|!:()<->'"),
}
PLACES = [
    "/{}/",
    "//{}/",
    "/impact/{}/",
    "/impact/{}/feed/",
    "/impact/feed/{}/",
    "/communities/{}/",
    "/communities/reef/{}/",
    "/communities/?kind={0}&region={0}&q={0}",
    "/communities/reef/feed/?since={0}&tag={0}&page={0}",
    "/roundups/{}/",
    "/roundups/2024/?page={}",
    "/newsletter/{}/",
    "/newsletter/?page={}",
    "/newsletter/2024-05/?page={}",
    "/admin/digests/draft/?since={0}&until={0}",
    "/impact/feed/atom/?q={0}&sort={0}",
    "/impact/feed/json/?year={0}&author={0}",
    "/pictures/{}/1/width-100/",
    "/pictures/abc/1/{}/",
    "/documents/1/{}",
    "/theme.css?v={}",
    "/sitemap.xml?p={}",
    "/search/?q={}",
    "/healthz/{}/",
    "/admin/login/?next={}",
]


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_every_address_is_answered(client: Client, home: HomePage, value: str) -> None:
    make_story("Tide", communities=[make_community("Reef", slug="reef")])
    make_roundup(2024)
    make_digest()
    for place in PLACES:
        for ask in (client.get, client.head, client.post):
            response = ask(place.format(value))
            assert response.status_code < 500, place
            assert "Content-Security-Policy" in response, place
