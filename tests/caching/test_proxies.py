"""Caches in front of the site: what they may keep, and that they are told of changes."""

import logging
import shutil
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.contrib.frontend_cache.backends import BaseBackend

from impact.caching import proxies
from impact.caching.models import ProxyCopy
from impact.freshness import state
from impact.freshness.models import Scope
from impact.settings import env
from tests import nginx
from tests.caching.nodes import node, running, wait_for
from tests.services import missing, unused_port

VCL = """
vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "%(origin)s"; }
acl editors { "127.0.0.1"; }
sub vcl_recv {
  if (req.method == "PURGE") {
    if (client.ip !~ editors) { return (synth(405)); }
    return (purge);
  }
}
sub vcl_deliver { set resp.http.X-Hits = obj.hits; }
"""


class Proxy(SimpleNamespace):
    """A stand-in: remembers what it was told, and can refuse."""

    purged: list[str]
    codings: set[str]
    status: int


class Spelling(Client):
    """Says how an address was spelled, as web servers do."""

    def generic(self, method: str, path: str, *args: Any, **extra: Any) -> Any:
        return super().generic(method, path, *args, **{"RAW_URI": path, **extra})


@pytest.fixture
def client() -> Client:
    return Spelling()


@pytest.fixture
def proxy(settings: Settings) -> Iterator[Proxy]:
    """A proxy that is configured."""
    told = Proxy(purged=[], codings=set(), status=200)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PURGE(self) -> None:
            coding = self.headers["Accept-Encoding"]
            told.codings.add(coding)
            if coding == "identity":
                told.purged.append(f"{self.headers['Host']}{self.path}")
            self.send_response(told.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    configure(settings, f"http://127.0.0.1:{server.server_port}")
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


def configure(settings: Settings, address: str) -> None:
    settings.WAGTAILFRONTENDCACHE = {
        "proxy": {"BACKEND": "impact.caching.proxies.ProxyBackend", "LOCATION": address}
    }


@pytest.fixture(autouse=True)
def _in_the_foreground(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests purge when they want to."""
    monkeypatch.setattr(proxies.background, "ask", lambda: None)


def change() -> None:
    state.mark(Scope.SITE, "something")


@pytest.mark.django_db
def test_without_a_proxy_none_may_keep_anything(client: Client, site: SimpleNamespace) -> None:
    assert "s-maxage" not in client.get("/impact/")["Cache-Control"]
    assert not ProxyCopy.objects.exists()


@pytest.mark.django_db
def test_a_proxy_may_keep_what_it_will_be_told_of(
    client: Client, site: SimpleNamespace, proxy: Proxy
) -> None:
    kept = "max-age=0, must-revalidate, s-maxage=3600"
    for address in ("/impact/", "/impact/?tag=maps&year=2024"):
        for _ in range(2):
            assert client.get(address)["Cache-Control"] == kept
    assert {copy.url for copy in ProxyCopy.objects.all()} == {
        "http://testserver/impact/",
        "http://testserver/impact/?tag=maps&year=2024",
    }
    # Addresses that are spelled otherwise are not written down, so they are not to be kept.
    for address in ("/impact/?year=2024&tag=maps", "/impact/?utm_source=letter"):
        assert client.get(address)["Cache-Control"] == "max-age=0, must-revalidate"
    htmx = client.get("/impact/", headers={"hx-request": "true"})
    assert htmx["Cache-Control"] == "max-age=0, must-revalidate"
    # The same page to the site, another one to a proxy.
    for spelled in ("/%69mpact/", ""):
        answer = client.get("/impact/", RAW_URI=spelled)
        assert answer["Cache-Control"] == "max-age=0, must-revalidate"


@pytest.mark.django_db
def test_a_proxy_keeps_nothing_longer_than_the_clock_allows(
    client: Client, site: SimpleNamespace, proxy: Proxy
) -> None:
    site.story.expire_at = timezone.now() + timedelta(seconds=30)
    site.story.save()
    seconds = int(client.get("/impact/")["Cache-Control"].rpartition("=")[2])
    assert 0 < seconds <= 30


@pytest.mark.django_db
def test_a_change_purges_what_a_proxy_has_twice(
    client: Client, site: SimpleNamespace, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/impact/")
    client.get("/communities/reef/")
    assert proxies.purge()
    assert not proxy.purged
    change()
    assert not proxies.purge()
    told = {"testserver/impact/", "testserver/communities/reef/"}
    assert set(proxy.purged) == told
    assert proxy.codings == {"br", "gzip", "identity"}
    assert len(proxy.purged) == 2
    # Not at once again, but when what was on its way has arrived.
    assert not proxies.purge()
    assert len(proxy.purged) == 2
    monkeypatch.setattr(proxies, "AGAIN_AFTER", timedelta(0))
    assert proxies.purge()
    assert len(proxy.purged) == 4
    assert not ProxyCopy.objects.exists()


@pytest.mark.django_db
def test_what_was_made_anew_meanwhile_is_purged_next_time(
    client: Client, site: SimpleNamespace, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxies, "AGAIN_AFTER", timedelta(0))
    client.get("/impact/")
    change()
    client.get("/impact/")
    assert proxies.purge()
    assert ProxyCopy.objects.get().version == state.current()
    change()
    proxy.purged.clear()
    assert proxies.purge()
    assert proxy.purged == ["testserver/impact/"] * 2


@pytest.mark.django_db
def test_a_change_while_a_page_is_made_leaves_nothing_in_the_proxy(
    client: Client, site: SimpleNamespace, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = type(site.gallery).serve

    def serve(self: object, *args: object, **kwargs: object) -> object:
        response = original(self, *args, **kwargs).render()
        change()
        return response

    monkeypatch.setattr(type(site.gallery), "serve", serve)
    assert "s-maxage" not in client.get("/impact/")["Cache-Control"]


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["refuses", "is away", "hangs up"])
def test_a_proxy_that_did_not_understand_is_told_again(
    client: Client,
    site: SimpleNamespace,
    proxy: Proxy,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
) -> None:
    monkeypatch.setattr(proxies, "AGAIN_AFTER", timedelta(0))
    client.get("/impact/")
    change()
    well = settings.WAGTAILFRONTENDCACHE["proxy"]["LOCATION"]
    match trouble:
        case "refuses":
            proxy.status = 503
        case "is away":
            configure(settings, f"http://127.0.0.1:{unused_port()}")
        case "hangs up":
            proxy.status = 99
    assert not proxies.purge()
    assert "Couldn't purge" in caplog.text
    assert ProxyCopy.objects.count() == 1
    with pytest.raises(CommandError, match="the log says why"):
        call_command("purge_proxies")
    proxy.status = 200
    configure(settings, well)
    call_command("purge_proxies")
    assert not ProxyCopy.objects.exists()


class Complaining(BaseBackend):
    """Fails as Wagtail's own backends do: nobody but the log is told."""

    def purge(self, url: str) -> None:
        logging.getLogger("wagtail.frontendcache").error("Couldn't purge %s", url)


@pytest.mark.django_db
def test_errors_of_wagtails_own_backends_count(
    client: Client, site: SimpleNamespace, settings: Settings
) -> None:
    settings.WAGTAILFRONTENDCACHE = {"other": {"BACKEND": f"{__name__}.Complaining"}}
    client.get("/impact/")
    change()
    assert not proxies.purge()
    assert ProxyCopy.objects.get().purged_at is None


def test_a_command_without_a_proxy_says_so(settings: Settings) -> None:
    settings.WAGTAILFRONTENDCACHE = {}
    with pytest.raises(CommandError, match="PURGE_URL"):
        call_command("purge_proxies")


def test_settings_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.proxies() == {}
    monkeypatch.setenv("PURGE_URL", "http://127.0.0.1:6081")
    monkeypatch.setenv("CLOUDFLARE_ZONE", "abc")
    with pytest.raises(ImproperlyConfigured, match="CLOUDFLARE_TOKEN"):
        env.proxies()
    monkeypatch.setenv("CLOUDFLARE_TOKEN", "secret")
    assert set(env.proxies()) == {"proxy", "cloudflare"}
    monkeypatch.setenv("PURGE_URL", "127.0.0.1:6081")
    with pytest.raises(ImproperlyConfigured, match="PURGE_URL"):
        env.proxies()


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_a_real_varnish(site: SimpleNamespace, settings: Settings, tmp_path: Path) -> None:
    """Varnish from Debian in front of a web server: hits until something changes, then what is new."""
    server = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
    if not server:
        missing("varnishd")
    port = unused_port()
    front = f"http://127.0.0.1:{port}"
    rules = tmp_path / "rules.vcl"
    with node(PURGE_URL=front) as origin:
        rules.write_text(VCL % {"origin": origin.rpartition(":")[2]})
        command = [server, "-j", "none", "-F", "-a", f"127.0.0.1:{port}", "-f", str(rules)]
        with running([*command, "-n", str(tmp_path / "varnish"), "-s", "malloc,16m"]):
            configure(settings, front)
            follows_the_site(front, site)


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_a_real_nginx(site: SimpleNamespace, settings: Settings, tmp_path: Path) -> None:
    """nginx from Debian, with the configuration that operators are given."""
    program = nginx.program()
    if not program:
        missing("nginx with libnginx-mod-http-cache-purge")
    port, purges = unused_port(), unused_port()
    front = f"http://127.0.0.1:{port}"
    with node(PURGE_URL=f"http://127.0.0.1:{purges}") as origin:
        path = nginx.configured(
            tmp_path, port=port, purges=purges, upstream=int(origin.rpartition(":")[2])
        )
        with running([program, "-c", str(path)]):
            configure(settings, f"http://127.0.0.1:{purges}")
            follows_the_site(front, site)
            # Two browsers that say the same in other words share a copy; who reads neither has their own.
            get(f"{front}/impact/", **{"Accept-Encoding": "gzip, deflate, br, zstd"})
            for said, coding, kept in (
                ("br;q=1.0, gzip;q=0.5", "br", True),
                ("gzip", "gzip", False),
                ("gzip, br;q=0", "gzip", True),
                ("identity", None, False),
            ):
                answer = get(f"{front}/impact/", **{"Accept-Encoding": said})
                assert answer.headers.get("Content-Encoding") == coding
                assert is_kept(answer) is kept, said
            # While somebody looks after the site, everybody is told so, also of what is kept.
            call_command("maintenance_page", tmp_path / "static" / "maintenance.html")
            (tmp_path / "maintenance").touch()
            answer = get(f"{front}/impact/")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
            assert "Back in a moment" in answer.text
            (tmp_path / "maintenance").unlink()
            assert get(f"{front}/impact/").status_code == 200


def follows_the_site(front: str, site: SimpleNamespace) -> None:
    """Ask a proxy for pages while they change: kept until then, and never an old one after the purge."""
    wait_for(lambda: get(f"{front}/healthz/live/").ok)
    for page in ("/impact/", "/impact/?tag=maps", site.story.get_url()):
        assert [is_kept(get(front + page)) for _ in range(3)] == [False, True, True]
    # Who is known to the site, and other spellings, go past what is kept.
    for known in (
        {"Cookie": "sessionid=x"},
        {"Cookie": "a=b; csrftoken=x"},
        {"HX-Request": "true"},
    ):
        assert not is_kept(get(f"{front}/impact/", **known))
    assert [is_kept(get(f"{front}/impact/?x=1")) for _ in range(2)] == [False, False]
    assert [is_kept(as_spelled(front, "/%69mpact/")) for _ in range(2)] == [False, False]
    for title in ("Once", "Twice"):
        site.story.title = title
        site.story.save_revision().publish()
        proxies.purge()
        for page in ("/impact/", "/impact/?tag=maps", site.story.get_url()):
            first, second = get(front + page), get(front + page)
            assert title in first.text
            assert [is_kept(answer) for answer in (first, second)] == [False, True]
    site.story.unpublish()
    proxies.purge()
    assert get(front + site.story.get_url()).status_code == 404
    assert "Twice" not in get(f"{front}/impact/").text


def as_spelled(front: str, target: str) -> HTTPResponse:
    """Ask for an address whose spelling nobody mends on the way, as `requests` does."""
    connection = HTTPConnection(front.removeprefix("http://"), timeout=30)
    connection.request("GET", target)
    answer = connection.getresponse()
    assert answer.status == 200
    answer.read()
    connection.close()
    return answer


def is_kept(answer: requests.Response | HTTPResponse) -> bool:
    """Return whether a proxy answered by itself."""
    return answer.headers.get("X-Hits", "0") != "0" or answer.headers.get("X-Proxy") == "HIT"


def get(address: str, **headers: str) -> requests.Response:
    return requests.get(address, headers=headers, timeout=30, allow_redirects=False)


@pytest.mark.django_db(transaction=True)
def test_publishing_purges_in_the_background(
    client: Client, site: SimpleNamespace, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxies, "AGAIN_AFTER", timedelta(0))
    monkeypatch.setattr(
        proxies.background, "ask", type(proxies.background).ask.__get__(proxies.background)
    )
    client.get("/impact/")
    site.story.save_revision().publish()
    wait_for(lambda: not ProxyCopy.objects.exists() and not proxies.background._running)
    assert proxy.purged == ["testserver/impact/"] * 2
