"""What a page shows, read from its HTML as a tool would."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from wagtail.models import Page

from impact.pages.cards import Card


def document(client: Client, address: str | Page, **query: Any) -> Any:
    """Return the page at an address, parsed; it must answer with 200."""
    url = address.url if isinstance(address, Page) else address
    response = client.get(url, query)
    assert response.status_code == 200, (url, response.status_code)
    return html.document_fromstring(response.content.decode())


def texts(found: list[Any]) -> list[str]:
    """Return the texts of elements, spaces collapsed."""
    return [" ".join(element.text_content().split()) for element in found]


def slugs(found: Any) -> list[str]:
    """Return the entries that stand in a part of a page, in order."""
    return [card.get("data-entry") for card in found.xpath(".//*[@data-entry]")]


def card_slugs(cards: tuple[Card, ...]) -> list[str]:
    """Return the entries of cards."""
    return [card.slug for card in cards]


def queries_of(client: Client, url: str) -> int:
    """Return how many queries the second request for a page takes: the first one warms what is kept."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
