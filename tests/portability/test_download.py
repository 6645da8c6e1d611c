"""Downloads from servers on this machine that behave well or badly."""

import gzip
import itertools
import ssl
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest

from impact.portability.download import Downloader, DownloadError, Limits
from impact.portability.public_addresses import AddressRefusedError, Guard
from tests.portability.servers import CERTIFICATE, PUBLIC, Server, content, raw, redirect, serve

HEAD = b"HTTP/1.1 200 OK\r\n"
LIMITS = Limits(size=100_000, redirects=3)
# Short, so that the tests are; but the pieces of what drips come well within the first.
SHORT = replace(LIMITS, read=0.4, total=0.8)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    answers = {
        "/whole": content(b"whole"),
        "/chunks": raw(
            iter([HEAD, b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"])
        ),
        "/moved": redirect("/whole"),
        "/moved-elsewhere": redirect(f"http://{PUBLIC}/moved"),
        "/loop": redirect("/loop"),
        "/to-loopback": redirect("http://127.0.0.2/whole"),
        "/to-metadata": redirect("http://169.254.169.254/latest/"),
        "/to-file": redirect("file:///etc/passwd"),
        "/to-inside": redirect("http://inside.example/"),
        "/to-nonsense": redirect("http://["),
        "/announced": content(b"", length=200_000),
        "/endless": raw(itertools.chain([HEAD, b"\r\n"], itertools.repeat(b"x" * 10_000))),
        "/endless-line": raw(itertools.repeat(b"x" * 10_000)),
        "/endless-headers": raw(itertools.chain([HEAD], itertools.repeat(b"A: b\r\n"))),
        "/bomb": content(gzip.compress(b"\0" * 50_000_000), encoding="gzip"),
        "/short": content(b"short", length=10),
        "/silent": raw(iter([b""]), 5),
        "/drip-headers": raw(itertools.chain([HEAD], itertools.repeat(b"A")), 0.05),
        "/drip": raw(itertools.chain([HEAD, b"\r\n"], itertools.repeat(b"x")), 0.05),
        "/no-http": raw(iter([b"220 mail.example ready\r\n"])),
    }
    with serve(answers) as running:
        yield running


def fetch(server: Server, path: str, guard: Guard | None = None, limits: Limits = LIMITS) -> bytes:
    file = BytesIO()
    Downloader(guard or server.guard(), limits).download(f"http://{PUBLIC}{path}", file)
    return file.getvalue()


@pytest.mark.parametrize("path", ["/whole", "/moved", "/moved-elsewhere"])
def test_a_file_is_fetched_also_where_it_has_moved(server: Server, path: str) -> None:
    assert fetch(server, path) == b"whole"
    assert server.asked[-1] == (PUBLIC, "/whole")


def test_a_file_in_chunks_is_fetched(server: Server) -> None:
    assert fetch(server, "/chunks") == b"abcde"


@pytest.mark.parametrize(
    ("path", "reason"),
    {
        "/to-loopback": r"leads on to http://127\.0\.0\.2/whole: not on the public net",
        "/to-metadata": "not on the public net",
        "/to-file": "no address on the web",
        "/to-inside": r"inside\.example is 10\.0\.0\.7",
        "/to-nonsense": "leads on to",
    }.items(),
)
def test_a_redirect_is_checked_like_the_first_address(
    server: Server, path: str, reason: str
) -> None:
    with pytest.raises(AddressRefusedError, match=reason):
        fetch(server, path, server.guard({"inside.example": ["10.0.0.7"]}))
    assert server.asked[-1] == (PUBLIC, path)


@pytest.mark.parametrize(
    ("path", "reason"),
    {
        "/gone": "answers 404",
        "/loop": "more than 3 redirects",
        "/announced": "larger than",
        "/endless": "larger than",
        "/endless-line": "broke off",
        "/endless-headers": "broke off",
        "/bomb": "compressed",
        "/short": "broke off",
        "/no-http": "broke off",
    }.items(),
)
def test_a_bad_answer_is_none(server: Server, path: str, reason: str) -> None:
    with pytest.raises(DownloadError, match=reason):
        fetch(server, path)


@pytest.mark.parametrize(
    ("path", "reason"),
    {
        "/silent": "no answer for 0.4 seconds",
        "/drip-headers": "not there after 0.8 seconds",
        "/drip": "not there after 0.8 seconds",
    }.items(),
)
def test_a_slow_answer_is_hung_up_on(server: Server, path: str, reason: str) -> None:
    with pytest.raises(DownloadError, match=reason):
        fetch(server, path, limits=SHORT)


def test_a_loop_is_left_after_a_few_steps(server: Server) -> None:
    server.asked.clear()
    with pytest.raises(DownloadError):
        fetch(server, "/loop")
    assert len(server.asked) == 1 + LIMITS.redirects


def test_no_proxy_of_the_environment_is_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(server, "/whole") == b"whole"


def test_a_name_is_looked_up_once_and_kept_to_what_was_checked(server: Server) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    guard = Guard(lambda _host, _port: next(answers), server.guard().allows, server.guard().ports)
    assert fetch(server, "/whole", guard) == b"whole"
    assert next(answers) == ["10.0.0.1"]


def test_a_server_out_of_reach_is_tried_once(server: Server) -> None:
    guard = server.guard()
    # Nothing listens on the port of a socket that was closed.
    with serve({}) as closed:
        port = closed.port
    downloader = Downloader(Guard(guard.look_up, guard.allows, {"http": port}), LIMITS)
    for reason in ("could not be reached$", "could not be reached before"):
        with pytest.raises(DownloadError, match=reason):
            downloader.download(f"http://{PUBLIC}/whole", BytesIO())


@pytest.fixture(scope="module")
def secure() -> Iterator[Server]:
    with serve({"/whole": content(b"whole")}, tls=True) as running:
        yield running


def fetch_secure(server: Server, name: str, tls: ssl.SSLContext | None) -> bytes:
    file = BytesIO()
    guard = server.guard({"other.example": ["127.0.0.1"]})
    Downloader(guard, LIMITS, tls).download(f"https://{name}/whole", file)
    return file.getvalue()


def test_tls_proves_the_name_although_an_address_is_connected_to(secure: Server) -> None:
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    assert fetch_secure(secure, PUBLIC, trusting) == b"whole"
    assert secure.asked == [(PUBLIC, "/whole")]
    for name, tls in (("other.example", trusting), (PUBLIC, None)):
        with pytest.raises(DownloadError, match=f"{name} has no valid certificate"):
            fetch_secure(secure, name, tls)
    assert len(secure.asked) == 1
