"""Fixtures that every test may use."""

import asyncio
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from home.models import HomePage
from home.site_tree import ensure_site
from impact.gallery.models import GalleryPage


@pytest.fixture
def home(db: None) -> HomePage:
    """The site tree, and its home page."""
    return ensure_site()


@pytest.fixture
def gallery(home: HomePage) -> GalleryPage:
    """The gallery."""
    return GalleryPage.objects.get()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Keys come again in every test, and Wagtail remembers the copies of pictures by key."""
    cache.clear()


@pytest.fixture(autouse=True)
def _no_running_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide the event loop that Playwright keeps running once a browser test has started it.

    Django refuses to run asynchronous code where a loop seems to run already.
    """
    if request.node.get_closest_marker("browser"):
        yield
        return
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)
