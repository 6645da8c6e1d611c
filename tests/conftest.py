"""Fixtures that every test may use."""

import asyncio
import gc
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.test import TransactionTestCase

from home.models import HomePage
from home.site_tree import ensure_site
from impact.gallery.models import GalleryPage
from tests.pristine import Pristine

# What tests ask for to reach the database; `home` and all that is built on it ask for `db`.
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a second run, with another database, leave out what has nothing to do with one."""
    parser.addoption(
        "--database-only",
        action="store_true",
        help="run only the tests that depend on the database",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has nothing to do with the database where only the rest was asked for; set the order."""
    if config.getoption("--database-only"):
        without = [item for item in items if not depends_on_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if depends_on_database(item)]
    items[:] = long_first(shared_last(items))


def pytest_collection_finish() -> None:
    """Leave alone what stays until the end: looking through it for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def shared_last(items: list[pytest.Item]) -> list[pytest.Item]:
    """Put the tests that share content behind the others of their module, which expect none."""
    order = {path: number for number, path in enumerate(dict.fromkeys(item.path for item in items))}
    return sorted(
        items, key=lambda item: (order[item.path], "written" in getattr(item, "fixturenames", ()))
    )


def long_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """Begin with the modules that take longest, so that no worker is alone with one at the end."""
    return sorted(items, key=lambda item: item.get_closest_marker("long") is None)


def depends_on_database(item: pytest.Item) -> bool:
    """Return whether a test reads or writes the database, and which one that is may matter."""
    if item.get_closest_marker("any_database"):
        return False
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
        or (case is not None and issubclass(case, TransactionTestCase))
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put back what the migrations wrote, after each test that commits."""
    pristine = Pristine()
    with django_db_blocker.unblock():
        pristine.remember()
    with patch.object(flush, "emit_post_migrate_signal", pristine.put_back):
        yield


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
