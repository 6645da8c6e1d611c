"""Web servers on this machine that behave well or badly, for tests of downloads."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from impact.portability.public_addresses import Guard, is_public

HERE = ip_address("127.0.0.1")
PUBLIC = "pictures.example"
# For that name, valid until 2120; made for these tests and known to nobody else.
CERTIFICATE = Path(__file__).parent / "tls" / f"{PUBLIC}.pem"

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """A running server, and the requests that it got: host and path."""

    port: int
    asked: list[tuple[str, str]] = field(default_factory=list)

    def guard(self, names: Mapping[str, list[str]] | None = None) -> Guard:
        """Return the real guard, for which `pictures.example` is this server and no private one."""
        known = {PUBLIC: [str(HERE)], **(names or {})}

        def look_up(host: str, _port: int) -> list[str]:
            return known.get(host, [])

        ports = {"http": self.port, "https": self.port}
        return Guard(look_up, lambda ip: ip == HERE or is_public(ip), ports)


def content(body: bytes, *, length: int | None = None, encoding: str = "") -> Answer:
    """Answer with some bytes, and say that they are so many, in an encoding."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        if encoding:
            handler.send_header("Content-Encoding", encoding)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(location: str) -> Answer:
    """Send elsewhere."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", location)
        handler.end_headers()

    return answer


def raw(pieces: Iterator[bytes], pause: float = 0) -> Answer:
    """Answer with what is no HTTP, or HTTP piece by piece with pauses of some seconds."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        stopped = handler.server.stopped  # type: ignore[attr-defined]
        for piece in pieces:
            handler.wfile.write(piece)
            if stopped.wait(pause):
                return

    return answer


@contextmanager
def serve(answers: Mapping[str, Answer], *, tls: bool = False) -> Iterator[Server]:
    """Run a server that gives each path its answer, and 404 to others."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.headers["Host"], self.path))
            with suppress(ConnectionError):
                answers.get(self.path, lambda handler: handler.send_error(404))(self)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer((str(HERE), 0), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        running.socket = context.wrap_socket(running.socket, server_side=True)
    running.stopped = threading.Event()  # type: ignore[attr-defined]
    server = Server(running.server_address[1])
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        running.stopped.set()  # type: ignore[attr-defined]
        running.shutdown()
        running.server_close()
        thread.join()
