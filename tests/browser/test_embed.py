"""A page of another origin shows a community's embed in a frame, and can show nothing else of the site."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect
from pytest_django.live_server_helper import LiveServer

from home.models import HomePage
from impact.communities.models import CommunityPage
from tests.browser.conftest import Complaints
from tests.factories import add_outcome, make_community, make_image, make_link, make_story

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.any_database,
]

Show = Callable[[str], Frame]


class Handler(SimpleHTTPRequestHandler):
    """Serves files and keeps quiet."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def reef(site: HomePage) -> CommunityPage:
    reef = make_community("Reef Watch")
    story = make_story("A shared hub", communities=[reef], lead_image=make_image())
    add_outcome(story, 312, "keepers trained", unit="people")
    make_link("Elsewhere", communities=[reef])
    return reef


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Show]:
    """Put lines into a page of another origin, and return the frame that they make."""
    handler = partial(Handler, directory=str(tmp_path))
    numbers = count()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()

        def put(lines: str) -> Frame:
            head = '<link rel="icon" href="data:,"><title>Ours</title>'
            document = f'<!DOCTYPE html><html lang="en">{head}<main>{lines}</main>'
            # Each under a name of its own: browsers keep what has no age of its own.
            name = f"{next(numbers)}.html"
            (tmp_path / name).write_text(document)
            page.goto(f"http://127.0.0.1:{server.server_port}/{name}")
            frame = page.locator("iframe").element_handle().content_frame()
            assert frame
            return frame

        yield put
        server.shutdown()


def test_the_lines_that_the_page_offers_show_the_embed_elsewhere(
    page: Page, reef: CommunityPage, show: Show, complaints: Complaints, live_server: LiveServer
) -> None:
    page.goto("/communities/reef-watch/")
    page.get_by_text("Show these stories on your own site").click()
    code = page.get_by_label("Lines to copy")
    stories = code.input_value()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("What", exact=True).select_option("figures")
    page.get_by_label("Colours").select_option("dark")
    embed = f"{live_server.url}/communities/reef-watch/embed/"
    expect(code).to_have_value(
        stories.replace(f'"{embed}"', f'"{embed}?show=figures&amp;theme=dark"')
    )
    figures = code.input_value()

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        frame = show(stories)
        expect(frame.get_by_role("heading", level=2)).to_have_text(["Elsewhere", "A shared hub"])
        report = Axe().run(frame)  # type: ignore[arg-type]
        assert report.violations_count == 0, report.generate_report()
        dark = frame.evaluate("getComputedStyle(document.documentElement).colorScheme")
        assert dark == scheme
    page.set_viewport_size({"width": 320, "height": 640})
    assert frame.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="A shared hub").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("A shared hub")

    frame = show(figures)
    expect(frame.get_by_text("keepers trained")).to_be_visible()
    assert Axe().run(frame).violations_count == 0  # type: ignore[arg-type]
    assert page.context.cookies() == []
    assert complaints.console == []


def test_the_page_itself_is_refused_in_a_frame(
    page: Page, reef: CommunityPage, show: Show, complaints: Complaints, live_server: LiveServer
) -> None:
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        frame = show(f'<iframe src="{live_server.url}/communities/reef-watch/" title="x"></iframe>')
    expect(frame.get_by_text("Reef Watch")).to_have_count(0)
    assert frame.url.startswith("chrome-error:")
