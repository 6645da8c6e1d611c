"""No input gives an error of ours, and nothing that a visitor wrote comes back as markup."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from impact.catalogue.facets import FacetValue
from impact.filters.gallery import FACETS
from impact.gallery.listing import FacetLink, FacetView
from impact.gallery.templatetags.gallery_tags import facet_values
from tests.factories import make_community, make_link, make_story
from tests.gallery.reading import Link, read, words
from tests.shared import shared_content

pytestmark = [pytest.mark.django_db, pytest.mark.long]

KEYS = [*FACETS, "since", "until", "q", "sort"]
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7|add:7 }}"
NASTY = {
    "nothing": "",
    "nul": "%00",
    "controls": "%01%02%0a%0d%1b%7f%c2%85",
    "invalid utf-8": "%ff%fe%c0%af%ed%a0%80",
    "lone percent": "%",
    "sql": quote("' OR 1=1; DROP TABLE wagtailcore_page; --"),
    "search operators": quote('"NEAR(" AND NOT * ^ {title} : - + (& | ! <->)'),
    "markup": quote(MARKUP),
    "10 kB": "x" * 10_000,
    "10 kB of spaces": "+" * 10_000,
    "10 kB of emoji": quote("🐟" * 2500),
    "right to left": quote("\u202eabc\u2066"),
    "path": "..%2f..%2fetc%2fpasswd",
    "format": quote("%s %(x)s {0} {x}"),
    "huge number": "9" * 4999,
    "negative": "-1",
    "full-width digits": quote("２０２４"),
    "infinity": "inf",
    "year zero": "0000",
    "year 10000": "10000-01-01",
}


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A little of everything."""
    with shared_content(django_db_blocker):
        make_story("Tide", communities=[make_community("Reef")], tags=["Maps"])
        make_link("River")
        yield


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("key", KEYS)
def test_any_value_is_answered(client: Client, written: None, key: str, value: str) -> None:
    response = client.get(f"/impact/?{key}={value}")
    assert response.status_code == 200
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "\x00" not in html
    assert read(html).total in (0, 1, 2)


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_any_page_is_answered_or_not_found(client: Client, written: None, value: str) -> None:
    assert client.get(f"/impact/?page={value}").status_code in (200, 404)


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_search_redirects_with_any_value(client: Client, written: None, value: str) -> None:
    response = client.get(f"/search/?q={value}", follow=True)
    assert response.status_code == 200
    assert len(response.redirect_chain) == 1


def test_markup_is_shown_as_text(client: Client, written: None) -> None:
    found = read(client.get(f"/impact/?q={quote(MARKUP)}&tag={quote(MARKUP)}").content.decode())
    assert MARKUP in found.heading
    assert found.tree.findall(".//main//script") == []
    assert found.tree.findall(".//*[@onerror]") == []


@pytest.mark.parametrize("key", KEYS)
def test_thousands_of_parameters_are_answered(client: Client, written: None, key: str) -> None:
    many = "&".join(f"{key}=v{n}" for n in range(9000))
    response = client.get(f"/impact/?{many}")
    assert response.status_code == 200
    assert len(response.content) < 2_000_000


def test_thousands_of_unknown_keys_change_nothing(client: Client, written: None) -> None:
    many = "&".join(f"k{n}={n}" for n in range(9000))
    found = read(client.get(f"/impact/?{many}").content.decode())
    assert found.total == 2
    assert found.canonical == "http://testserver/impact/"


@pytest.mark.parametrize(
    "query", ["&&&", "=", "=&=", "?", "tag", "tag&q&page", ";", "tag=a;year=2024", "#"]
)
def test_a_malformed_query_string_is_answered(client: Client, written: None, query: str) -> None:
    assert client.get(f"/impact/?{query}").status_code == 200


PAIRS = st.lists(st.tuples(st.sampled_from([*KEYS, "page"]), st.binary(max_size=30)), max_size=6)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pairs=PAIRS)
def test_any_bytes_are_answered(
    client: Client, written: None, pairs: list[tuple[str, bytes]]
) -> None:
    query = "&".join(f"{key}={quote(value)}" for key, value in pairs)
    assert client.get(f"/impact/?{query}").status_code in (200, 404)


def test_other_methods_are_no_errors_of_ours(client: Client, written: None) -> None:
    assert client.head("/impact/?q=tide").status_code == 200
    assert client.post("/impact/", {"q": "tide"}).status_code in (200, 405)


def test_no_name_or_slug_of_a_facet_value_is_taken_for_markup() -> None:
    """Also where a slug came past the forms that check it."""
    value = FacetValue(MARKUP, MARKUP, 3, colour=MARKUP)
    facet = FacetView("category", "Category", (FacetLink(value, MARKUP, MARKUP),), (), 1)
    found = read(facet_values(facet, facet.first))
    assert {element.tag for element in found.tree.iter()} == {
        *("html", "head", "body", "li", "a", "span")
    }
    assert found.facets == {"category": {MARKUP: 3}}
    assert found.links["category", MARKUP] == Link(MARKUP, MARKUP)
    assert words(found.tree.find(".//span")) == " ".join(MARKUP.split())
