"""A WebSub hub on this machine, as far as publishers see it: takes notices, and fetches the feed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs

import requests


@dataclass
class LocalHub:
    """What it was told, what it found at the topics, and what it answers: 204 when `answers` are over.

    It hangs while `awake` is not set.
    """

    url: str = ""
    topics: list[str] = field(default_factory=list)
    fetched: dict[str, bytes] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)
    fetches: bool = False
    awake: Event = field(default_factory=Event)

    def take(self, form: dict[str, list[str]]) -> int:
        """Take a notice; return the status that it is answered with."""
        self.awake.wait(5)
        status = self.answers.pop(0) if self.answers else 204
        if form.get("hub.mode") != ["publish"] or form["hub.url"] != form["hub.topic"]:
            return 400
        [topic] = form["hub.url"]
        self.topics.append(topic)
        if self.fetches and status == 204:
            self.fetched[topic] = requests.get(topic, timeout=20).content
        return status


@contextmanager
def local_hub(path: str = "/hub?of=tests") -> Iterator[LocalHub]:
    """Run a hub on a free port."""
    hub = LocalHub()
    hub.awake.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = hub.take(parse_qs(body)) if self.path == path else 404
            try:
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", hub.url)
                self.end_headers()
                self.wfile.write(b"As you say.\n" * 100)
            except ConnectionError:
                """Who hung up does not hear the answer."""

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}{path}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield hub
    hub.awake.set()
    server.shutdown()
    thread.join()
    server.server_close()
