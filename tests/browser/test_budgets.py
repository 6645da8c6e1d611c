"""What a first visit to each kind of page sends for, besides its pictures: how many files, and how large."""

import gzip
from collections import Counter

import pytest
from playwright.sync_api import Page, Request

from home.models import HomePage
from tests.browser.site import build

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.long]

FILES = 14
# Bytes as they are sent: text compressed as the plainest server does it, fonts as they are.
BYTES = {
    "document": 12_000,
    "stylesheet": 18_500,
    "script": 21_500,
    "font": 50_000,
    "other": 2_000,  # the icon
}


def sent(page: Page, request: Request) -> int:
    """Return how large an answer is once it is compressed. It is asked for again: fonts aren't kept."""
    body = page.request.get(request.url).body()
    return len(body) if request.resource_type == "font" else len(gzip.compress(body, 6))


def test_no_page_sends_for_more_than_it_may(page: Page, site: HomePage) -> None:
    # Every page as if it were the first.
    network = page.context.new_cdp_session(page)
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    too_much: list[str] = []
    for name, path in build().items():
        asked.clear()
        page.goto(path, wait_until="networkidle")
        own = [each for each in asked if each.resource_type != "image"]
        assert own, name
        if len(own) > FILES:
            too_much.append(f"{name}: {len(own)} files")
        size_of: Counter[str] = Counter()
        for each in own:
            size_of[each.resource_type] += sent(page, each)
        too_much += [
            f"{name}: {size:,} bytes of {kind}"
            for kind, size in size_of.items()
            if size > BYTES.get(kind, 0)
        ]
    assert too_much == []
