"""Mail tools on this machine that answer as their documentation says, and go wrong where a test wants it.

Buttondown: docs.buttondown.com and the specification in github.com/buttondown/openapi. Mailchimp:
mailchimp.com/developer/marketing/api. Both keep what they were sent, count what was mailed, and refuse
what they would refuse.
"""

import json
import re
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BUTTONDOWN_KEY = "bd-3e6a1c58-secret-of-buttondown-wxyz"
MAILCHIMP_KEY = "0123456789abcdef0123456789secret-us21"


@dataclass
class Fault:
    """Something that goes wrong at the next requests to a path, so many times.

    `status` is answered in the place of the true answer. `silent` gives none until the client has gone;
    `drop` hangs up. With `after` the tool has done what it was asked for by then.
    """

    method: str
    path: str
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    silent: bool = False
    drop: bool = False
    after: bool = False
    # What the body of the request has to hold.
    asking: dict[str, Any] = field(default_factory=dict)
    times: int = 1


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


class ToolServer:
    """What both have in common: campaigns, requests, mail sent, and faults."""

    prefix = ""

    def __init__(self) -> None:
        self.campaigns: dict[str, dict[str, Any]] = {}
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        # To whom: one entry for each time that a campaign was sent, and for each test.
        self.sent: list[str] = []
        self.tests: list[tuple[str, str]] = []
        # How many requests are let in at once before the first is answered.
        self.barrier: threading.Barrier | None = None
        self.gone = threading.Event()
        self.lock = threading.Lock()
        self.url = ""

    def fail(self, method: str, path: str, **what: Any) -> None:
        """Let the next request to a path go wrong."""
        self.faults.append(Fault(method, path, **what))

    def fail_next_sending(self, **what: Any) -> None:
        """Let the request that sends a campaign go wrong."""
        raise NotImplementedError

    def calls(self, method: str, path: str = ".*") -> list[Asked]:
        """The requests to a path."""
        return [
            each for each in self.asked if each.method == method and re.fullmatch(path, each.path)
        ]

    def fault_of(self, asked: Asked) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if (
                    fault.times
                    and fault.method == asked.method
                    and re.fullmatch(fault.path, asked.path)
                    and fault.asking.items() <= (asked.body or {}).items()
                ):
                    fault.times -= 1
                    return fault
        return None

    def answer(self, asked: Asked) -> tuple[int, Any]:
        """Do what was asked for, and say what came of it."""
        refusal = self.refuse(asked)
        if refusal:
            return refusal
        with self.lock:
            for method, pattern, name in self.routes:
                found = re.fullmatch(pattern, asked.path)
                if method == asked.method and found:
                    return getattr(self, name)(asked, *found.groups())
        return 404, self.problem(404, "Not found")

    routes: tuple[tuple[str, str, str], ...] = ()

    def refuse(self, asked: Asked) -> tuple[int, Any] | None:
        raise NotImplementedError

    def problem(self, status: int, text: str) -> Any:
        raise NotImplementedError


class ButtondownServer(ToolServer):
    """https://api.buttondown.com/v1"""

    prefix = "/v1"
    routes = (
        ("POST", "/emails", "create"),
        ("GET", "/emails", "list"),
        ("GET", "/emails/([^/]+)", "show"),
        ("PATCH", "/emails/([^/]+)", "change"),
        ("POST", "/emails/([^/]+)/send-draft", "test"),
        ("GET", "/newsletters", "newsletters"),
        ("GET", "/tags", "tags"),
        ("GET", "/subscribers", "subscribers"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.remembered: dict[str, tuple[int, Any]] = {}

    def fail_next_sending(self, **what: Any) -> None:
        self.fail("PATCH", "/emails/[^/]+", asking={"status": "about_to_send"}, **what)

    def refuse(self, asked: Asked) -> tuple[int, Any] | None:
        if asked.headers.get("authorization") != f"Token {BUTTONDOWN_KEY}":
            return 401, self.problem(401, "Invalid token.")
        return None

    def problem(self, status: int, text: str) -> Any:
        return {"code": "something", "detail": text, "metadata": {}}

    def create(self, asked: Asked) -> tuple[int, Any]:
        once = asked.headers.get("idempotency-key")
        if once and once in self.remembered:
            return self.remembered[once]
        body = asked.body
        if not body.get("subject"):
            return 400, self.problem(400, "The subject is missing.")
        version = asked.headers.get("x-api-version", "")
        default = "draft" if version >= "2026-04-01" else "about_to_send"
        key = f"em_{len(self.campaigns) + 1:026d}"
        self.campaigns[key] = {"id": key, "metadata": {}, "status": default, **body}
        self._mailed(key, "")
        made = 201, dict(self.campaigns[key])
        if once:
            self.remembered[once] = made
        return made

    def change(self, asked: Asked, key: str) -> tuple[int, Any]:
        email = self.campaigns.get(key)
        if email is None:
            return 404, self.problem(404, "Not found")
        before = email["status"]
        # The default of its schema: what is not given is taken away.
        email.update({"metadata": {}, **asked.body})
        self._mailed(key, before)
        return 200, dict(email)

    def _mailed(self, key: str, before: str) -> None:
        if self.campaigns[key]["status"] == "about_to_send" != before:
            self.sent.append(key)

    def show(self, asked: Asked, key: str) -> tuple[int, Any]:
        email = self.campaigns.get(key)
        return (200, dict(email)) if email else (404, self.problem(404, "Not found"))

    def list(self, asked: Asked) -> tuple[int, Any]:
        found = list(self.campaigns.values())
        if asked.headers.get("x-api-version", "") < "2025-06-01":
            found = [each for each in found if each["status"] != "draft"]
        if asked.query.get("ordering") == ["-creation_date"]:
            found.reverse()
        return 200, {"results": found, "count": len(found), "next": None, "previous": None}

    def test(self, asked: Asked, key: str) -> tuple[int, Any]:
        if key not in self.campaigns:
            return 404, self.problem(404, "Not found")
        self.tests += [(key, each) for each in asked.body["recipients"]]
        return 200, None

    def newsletters(self, asked: Asked) -> tuple[int, Any]:
        return 200, {"results": [{"id": "nl_1", "name": "Letters"}], "count": 1}

    def tags(self, asked: Asked) -> tuple[int, Any]:
        return 200, {"results": [{"id": "tag_1", "name": "Schools"}], "count": 1}

    def subscribers(self, asked: Asked) -> tuple[int, Any]:
        return 200, {"results": [], "count": 12 if "tag" in asked.query else 340}


class MailchimpServer(ToolServer):
    """https://us21.api.mailchimp.com/3.0"""

    prefix = "/3.0"
    routes = (
        ("POST", "/campaigns", "create"),
        ("GET", "/campaigns", "list"),
        ("GET", "/campaigns/([^/]+)", "show"),
        ("PATCH", "/campaigns/([^/]+)", "change"),
        ("PUT", "/campaigns/([^/]+)/content", "content"),
        ("POST", "/campaigns/([^/]+)/actions/test", "test"),
        ("POST", "/campaigns/([^/]+)/actions/send", "send"),
        ("GET", "/lists", "lists"),
        ("GET", "/lists/([^/]+)", "audience"),
        ("GET", "/lists/([^/]+)/segments", "segments"),
        ("GET", "/lists/([^/]+)/segments/([^/]+)", "segment"),
    )

    def fail_next_sending(self, **what: Any) -> None:
        self.fail("POST", "/campaigns/[^/]+/actions/send", **what)

    def refuse(self, asked: Asked) -> tuple[int, Any] | None:
        given = asked.headers.get("authorization", "").removeprefix("Basic ")
        if b64decode(given or "x===").decode().partition(":")[2] != MAILCHIMP_KEY:
            return 401, self.problem(401, "Your API key may be invalid.")
        return None

    def problem(self, status: int, text: str) -> Any:
        return {"type": "https://mailchimp.com", "title": text, "status": status, "detail": text}

    def create(self, asked: Asked) -> tuple[int, Any]:
        if asked.body.get("type") != "regular":
            return 400, self.problem(400, "The type is missing.")
        key = f"cam{len(self.campaigns) + 1}"
        web = 9000 + len(self.campaigns)
        self.campaigns[key] = {"id": key, "web_id": web, "status": "save", **asked.body}
        return 200, dict(self.campaigns[key])

    def change(self, asked: Asked, key: str) -> tuple[int, Any]:
        if key not in self.campaigns:
            return 404, self.problem(404, "Not found")
        if self.campaigns[key]["status"] != "save":
            return 400, self.problem(400, "It was sent.")
        self.campaigns[key].update(asked.body)
        return 200, dict(self.campaigns[key])

    def content(self, asked: Asked, key: str) -> tuple[int, Any]:
        if key not in self.campaigns:
            return 404, self.problem(404, "Not found")
        self.campaigns[key]["content"] = asked.body
        return 200, {"html": asked.body["html"]}

    def show(self, asked: Asked, key: str) -> tuple[int, Any]:
        found = self.campaigns.get(key)
        return (200, dict(found)) if found else (404, self.problem(404, "Not found"))

    def list(self, asked: Asked) -> tuple[int, Any]:
        found = list(self.campaigns.values())
        if asked.query.get("sort_dir") == ["DESC"]:
            found.reverse()
        assert asked.query["fields"] == [
            "campaigns.id,campaigns.web_id,campaigns.status,campaigns.settings.title"
        ]
        return 200, {"campaigns": found}

    def test(self, asked: Asked, key: str) -> tuple[int, Any]:
        if "content" not in self.campaigns.get(key, {}):
            return 404, self.problem(404, "Not found")
        self.tests += [(key, each) for each in asked.body["test_emails"]]
        return 204, None

    def send(self, asked: Asked, key: str) -> tuple[int, Any]:
        found = self.campaigns.get(key)
        if found is None:
            return 404, self.problem(404, "Not found")
        if found["status"] != "save" or "content" not in found or "recipients" not in found:
            return 400, self.problem(400, "Your campaign is not ready to send.")
        found["status"] = "sent"
        self.sent.append(key)
        return 204, None

    def lists(self, asked: Asked) -> tuple[int, Any]:
        return 200, {"lists": [self.audience(asked, "aud1")[1]]}

    def audience(self, asked: Asked, key: str) -> tuple[int, Any]:
        return 200, {"id": key, "name": "Friends", "stats": {"member_count": 340}}

    def segments(self, asked: Asked, key: str) -> tuple[int, Any]:
        return 200, {"segments": [self.segment(asked, key, "7")[1]]}

    def segment(self, asked: Asked, key: str, segment: str) -> tuple[int, Any]:
        return 200, {"id": int(segment), "name": "Schools", "member_count": 12}


@contextmanager
def served(server: ToolServer) -> Iterator[ToolServer]:
    """Let a tool listen on 127.0.0.1 until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # An answer in one piece.
        wbufsize = -1

        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            content = self.rfile.read(length)
            asked = Asked(
                self.command,
                parts.path.removeprefix(server.prefix),
                parse_qs(parts.query),
                {name.lower(): value for name, value in self.headers.items()},
                json.loads(content) if content else None,
            )
            server.asked.append(asked)
            if server.barrier:
                server.barrier.wait(5)
            fault = server.fault_of(asked)
            if fault and not fault.after:
                return self.go_wrong(fault)
            status, body = server.answer(asked)
            if fault:
                return self.go_wrong(fault)
            return self.reply(status, body)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any  # noqa: N815

        def go_wrong(self, fault: Fault) -> None:
            if fault.silent:
                server.gone.wait(5)
            if fault.silent or fault.drop:
                self.close_connection = True
                return
            body = fault.body
            if body is None:
                body = server.problem(fault.status, "Something is wrong.")
            self.reply(fault.status, body, fault.headers)

        def reply(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
            if not isinstance(body, bytes):
                body = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            kind = "application/json" if status < 400 else "application/problem+json"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}{server.prefix}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.gone.set()
        http.shutdown()
        thread.join()
        http.server_close()
