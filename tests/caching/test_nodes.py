"""Two web nodes, one database, one Redis: what changes anywhere is seen everywhere by the next request."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
import requests
from redis import Redis
from wagtail.models import Page, PageViewRestriction

from tests.caching.nodes import node, running, wait_for
from tests.factories import make_standard_page
from tests.services import missing, unused_port


@pytest.fixture
def elsewhere(site: SimpleNamespace) -> Page:
    """A page that is no gallery, for the story to be moved to."""
    return make_standard_page("Elsewhere")


@pytest.mark.django_db(transaction=True)
def test_every_change_is_seen_on_every_node(site: SimpleNamespace, elsewhere: Page) -> None:
    if not (server := shutil.which("redis-server")):
        missing("redis-server")
    port = unused_port()
    with ExitStack() as stack:
        command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        redis = stack.enter_context(running([*command, "--loglevel", "warning"]))
        store = Redis(port=port)
        wait_for(lambda: store.dbsize() is not None)
        url = f"redis://127.0.0.1:{port}/0"
        nodes = [stack.enter_context(node(CACHE_URL=url)) for _ in range(2)]
        go_through(nodes, site, elsewhere, "with Redis")
        assert any(b"page:" in key for key in store.scan_iter())
        redis.terminate()
        redis.wait(20)
        go_through(nodes, site, elsewhere, "without Redis")


def go_through(nodes: list[str], site: SimpleNamespace, elsewhere: Page, name: str) -> None:
    """Publish, edit, unpublish, publish again, move, move back, make private and public again."""
    story, title = site.story, f"Tide gauges, {name}"

    def publish() -> None:
        story.title = title
        story.save_revision().publish()

    def edit() -> None:
        story.title = f"{title}, edited"
        story.save_revision().publish()

    def make_private() -> None:
        PageViewRestriction.objects.create(page=site.gallery, restriction_type="login")

    def move(target: Page) -> None:
        story.refresh_from_db()
        story.move(Page.objects.get(pk=target.pk), pos="last-child")
        story.refresh_from_db()

    steps: list[tuple[Callable[[], object], str, str]] = [
        (publish, title, ""),
        (edit, f"{title}, edited", ""),
        (story.unpublish, "", f"{title}, edited"),
        (publish, title, f"{title}, edited"),
        (lambda: move(elsewhere), title, ""),
        (lambda: move(site.gallery), title, ""),
        (make_private, "", title),
        (lambda: PageViewRestriction.objects.get().delete(), title, ""),
    ]
    for change, there, gone in steps:
        before = story.get_url()
        change()
        story.refresh_from_db()
        # Twice: made anew, and from what was kept.
        for address in [*nodes, *nodes]:
            look(address, "/", there, gone)
            look(address, story.get_url(), there, gone)
            if before != story.get_url():
                left = requests.get(address + before, timeout=30, allow_redirects=False)
                assert left.status_code == 301


def look(address: str, path: str, there: str, gone: str) -> None:
    answer = requests.get(address + path, timeout=30, allow_redirects=False)
    if there:
        assert answer.status_code == 200
        assert there in answer.text
        assert answer.headers["ETag"]
    if gone:
        assert gone not in answer.text
