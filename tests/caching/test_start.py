"""A worker's start: everything read before the first visitor comes, nothing shared between processes."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import requests
from django.conf import settings
from django.db import connection

from impact.freshness import state
from tests.caching.nodes import node, surroundings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

# What a web server does before it takes a request, and what there is afterwards.
START = """
import impact.wsgi
from django.db import connections
from impact.catalogue import snapshot
print(snapshot._present.number, len(snapshot._present.index), *[c.connection for c in connections.all()])
"""


def test_the_index_is_there_and_no_connection_is_open(site: SimpleNamespace) -> None:
    number = state.current()
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", START],
        cwd=settings.BASE_DIR,
        env=surroundings("http://127.0.0.1"),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert found == [str(number), "2", "None"]


def test_forked_workers_with_threads_answer_each_with_their_own(site: SimpleNamespace) -> None:
    """What was loaded before the fork is right in all processes, whatever changes meanwhile."""
    paths = [
        "/impact/",
        "/impact/?tag=maps",
        "/impact/feed/",
        "/impact/?q=gauges",
        "/",
        site.story.get_url(),
    ]
    with node("--preload", "--workers", "2", "--threads", "4") as address:
        for title in ("Once", "Twice"):
            site.story.title = title
            site.story.save_revision().publish()
            with ThreadPoolExecutor(8) as pool:
                answers = list(
                    pool.map(lambda path: requests.get(address + path, timeout=60), paths * 8)
                )
            assert {answer.status_code for answer in answers} == {200}
            read = [answer for answer in answers if "q=gauges" not in answer.url]
            assert all(title in answer.text for answer in read)
    connection.close()
