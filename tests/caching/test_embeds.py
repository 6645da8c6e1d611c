"""A kept embed may stand in frames as a new one may; all other kept answers may not."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories import make_metric, make_reading

pytestmark = pytest.mark.django_db

EMBED, PAGE = "/communities/reef/embed/", "/communities/reef/"
POLICY = "Content-Security-Policy"


def test_an_embed_is_kept_with_its_headers_and_so_is_every_other_page(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    for _ in range(2):
        for query in ("", "?theme=dark", "?show=figures&limit=3"):
            embed = client.get(f"{EMBED}{query}")
            assert "X-Frame-Options" not in embed.headers
            assert "frame-ancestors *" in embed[POLICY]
            assert not embed.cookies
        page = client.get(PAGE)
        assert page["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in page[POLICY]
    assert len(made) == 4


def test_other_spellings_are_the_same_embed(
    client: Client, site: SimpleNamespace, made: list[str]
) -> None:
    for query in ("", "?limit=4", "?theme=pink&show=entries", "?utm_source=x&limit=99"):
        client.get(f"{EMBED}{query}")
    assert len(made) == 1


def test_304_and_the_head_of_a_kept_embed_forbid_no_frame(
    client: Client, site: SimpleNamespace
) -> None:
    embed = client.get(EMBED)
    again = client.get(EMBED, headers={"if-none-match": embed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(EMBED)
    for answer in (again, head):
        assert "X-Frame-Options" not in answer.headers
        assert "frame-ancestors 'self'" not in answer.headers.get(POLICY, "")
    assert "frame-ancestors *" in head[POLICY]


def test_a_change_of_figures_is_seen_at_once(client: Client, site: SimpleNamespace) -> None:
    metric = make_metric("Divers")
    reading = make_reading(metric, 41, date(2024, 1, 1), community=site.reef)
    for address in (PAGE, f"{EMBED}?show=figures"):
        assert b'data-value="41"' in client.get(address).content
    reading.value = 42
    reading.save()
    for address in (PAGE, f"{EMBED}?show=figures"):
        assert b'data-value="42"' in client.get(address).content


def test_a_kept_embed_is_gone_with_its_community(client: Client, site: SimpleNamespace) -> None:
    assert b"Tide gauges" in client.get(EMBED).content
    site.story.unpublish()
    assert b"Tide gauges" not in client.get(EMBED).content
    site.reef.unpublish()
    gone = client.get(EMBED)
    assert gone.status_code == 404
    assert gone["X-Frame-Options"] == "SAMEORIGIN"
