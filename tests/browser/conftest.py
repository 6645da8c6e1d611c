"""Fixtures of the browser tests: Chromium, a running site, and everything that the page complained about."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

from home.models import HomePage
from home.site_tree import ensure_site

# Playwright's synchronous API runs an event loop, in which Django refuses database calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A busy machine may need longer than Playwright's five seconds.
expect.set_options(timeout=15_000)

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. Without one, tests are skipped, but fail in continuous integration."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM_NAMES)), None
    )
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("Chromium is missing: the browser tests can't run")
    pytest.skip("Chromium is missing: install it or name it with CHROMIUM=/path")


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """Launch the system's Chromium, without calls to its maker."""
    return {"executable_path": chromium, "args": CHROMIUM_SWITCHES}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A desktop window, without animation so that nothing is measured half-way."""
    return {
        "viewport": {"width": 1280, "height": 900},
        "locale": "en-GB",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
    }


@pytest.fixture(autouse=True)
def _all_answered() -> Iterator[None]:
    """Let the server finish before the tables are emptied: a page that is left may still ask for its icon."""
    under_way: set[int] = set()

    def begun(**kwargs: Any) -> None:
        under_way.add(threading.get_ident())

    def ended(**kwargs: Any) -> None:
        under_way.discard(threading.get_ident())

    request_started.connect(begun)
    request_finished.connect(ended)
    yield
    until = time.monotonic() + 10
    while under_way and time.monotonic() < until:
        time.sleep(0.01)
    request_started.disconnect(begun)
    request_finished.disconnect(ended)


@pytest.fixture
def site(live_server: LiveServer) -> HomePage:
    """The home page of an empty site whose address is the running server's."""
    home = ensure_site()
    record = Site.objects.get(is_default_site=True)
    host, _, port = live_server.url.removeprefix("http://").partition(":")
    record.hostname, record.port = host, int(port)
    record.save()
    return home


@pytest.fixture
def base_url(live_server: LiveServer) -> str:
    """Let `page.goto("/impact/")` work."""
    return live_server.url


@dataclass
class Complaints:
    """What went wrong in the browser, as readable lines."""

    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        """Console errors, uncaught exceptions and requests to other hosts."""
        return [*self.console, *self.outside]

    def without_paused_autosave(self) -> list[str]:
        """All but the answer 400 with which Wagtail's autosave waits for a row that is half filled."""
        return [
            line for line in self.all() if not ("status of 400" in line and "/admin/pages/" in line)
        ]


@pytest.fixture
def context(new_context: Any, base_url: str) -> BrowserContext:
    """A fresh browser context with paths relative to the site."""
    context: BrowserContext = new_context(base_url=base_url)
    context.set_default_timeout(20_000)
    return context


def _details(message: ConsoleMessage) -> str:
    """What a message says; Wagtail's own accessibility check puts its findings into an object."""
    if not message.text.startswith("axe.run"):
        return message.text
    violations = message.args[1].json_value()
    return "; ".join(f"{v['id']}: {[node['html'] for node in v['nodes']]}" for v in violations)


@pytest.fixture
def complaints(context: BrowserContext, live_server: LiveServer) -> Complaints:
    """Collect console errors and requests to other hosts from every page of the context."""
    found = Complaints()

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.console.append(f"{_details(message)} ({message.location.get('url', '')})")

    def on_request(request: Request) -> None:
        url = request.url
        if url.startswith(("http:", "https:")) and not url.startswith(live_server.url):
            found.outside.append(f"request to {url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: found.console.append(f"uncaught: {error.error}"))
    context.on("request", on_request)
    return found


@pytest.fixture
def page(context: BrowserContext, complaints: Complaints) -> Page:
    """A page whose complaints are collected from the beginning."""
    return context.new_page()
