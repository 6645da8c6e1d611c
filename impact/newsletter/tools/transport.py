"""Requests to the API of a mail tool: soon over, repeated only where that does no harm, keys kept quiet."""

import json
import logging
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.views.decorators.debug import sensitive_variables
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
)

from impact.newsletter.tools.errors import TEMPORARY, ToolError, Trouble
from impact.newsletter.tools.keys import Key

logger = logging.getLogger(__name__)

# More than any answer that we ask for.
LARGEST = 4 * 1024 * 1024
# How often a request is made that may be made again, and how long at most it waits in between, in seconds.
TRIES, LONGEST_WAIT = 3, 4.0
_CHUNK = 1 << 16
# No byte of the request has left when these are raised.
_NOT_SENT = (ConnectTimeoutError, NewConnectionError, NameResolutionError)


@dataclass(frozen=True)
class Answer:
    """What a tool answered; `data` is the JSON, or nothing where there was none."""

    status: int
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Api:
    """The API of one tool at its address, with its key: for the requests of one action, soon over.

    `scheme` says how the key is written: `Token`, or `Basic` as a password. `headers` go with each request.
    """

    def __init__(
        self, tool: str, base: str, key: Key, scheme: str, headers: Mapping[str, str] | None = None
    ) -> None:
        self.tool, self._base, self._key, self._scheme = tool, base.rstrip("/"), key, scheme
        self._headers = {"Accept": "application/json", "User-Agent": "Impact", **(headers or {})}
        self._seconds: Mapping[str, float] = settings.NEWSLETTER_API_SECONDS
        self._end = time.monotonic() + self._seconds["total"]
        context = ssl.create_default_context() if urlsplit(base).scheme == "https" else None
        self._pool = PoolManager(ssl_context=context, retries=False)

    def __repr__(self) -> str:
        return f"Api({self.tool})"

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        again: bool | None = None,
    ) -> Answer:
        """Return the answer of a request that went well; raises `ToolError` for every other.

        `again` says whether the request may be made a second time; by default those may that change
        nothing or leave the same each time.
        """
        repeatable = method in ("GET", "PUT", "PATCH") if again is None else again
        for number in range(1, TRIES + 1):
            try:
                return self._once(method, path, query, body, headers or {})
            except ToolError as error:
                wait = self._pause(error, number) if repeatable and number < TRIES else None
                if wait is not None and wait >= self._left():
                    wait = None
                logger.warning(
                    "%s: %s %s failed (%s, %s)%s",
                    self.tool,
                    method,
                    path,
                    error.trouble.value,
                    error.status,
                    "" if wait is None else f", again in {wait:.1f} s",
                )
                if wait is None:
                    raise
                time.sleep(wait)
        raise AssertionError("unreachable")

    @sensitive_variables()
    def _once(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Any,
        headers: Mapping[str, str],
    ) -> Answer:
        left = self._left()
        if left <= 0:
            raise ToolError(self.tool, Trouble.UNREACHABLE)
        url = f"{self._base}{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")
        try:
            response = self._pool.request(
                method,
                url,
                body=None if body is None else json.dumps(body).encode(),
                headers={**self._headers, **self._authorised(body), **headers},
                timeout=Timeout(
                    connect=min(self._seconds["connect"], left),
                    read=min(self._seconds["read"], left),
                ),
                redirect=False,
                preload_content=False,
            )
            try:
                content = _read(response, self._end)
            finally:
                response.close()
        except (HTTPError, OSError, TimeoutError) as error:
            raise self._unanswered(error) from None
        answer = Answer(response.status, _json(content), dict(response.headers))
        if 200 <= answer.status < 300:
            return answer
        raise self._refusal(answer)

    def _pause(self, error: ToolError, number: int) -> float | None:
        """Return how long to wait before the next try; `None` where another one is of no use."""
        if error.trouble not in TEMPORARY:
            return None
        wait = self._seconds["pause"] * 2 ** (number - 1) if error.wait is None else error.wait
        return wait if wait <= LONGEST_WAIT else None

    def _left(self) -> float:
        return self._end - time.monotonic()

    @sensitive_variables()
    def _authorised(self, body: Any) -> dict[str, str]:
        """Return the headers that hold the key, and what the body is."""
        value = self._key.reveal()
        if self._scheme == "Basic":
            value = b64encode(f"key:{value}".encode()).decode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        return {"Authorization": f"{self._scheme} {value}", **kind}

    def _unanswered(self, error: Exception) -> ToolError:
        """Return what to say where there is no answer; what the error itself says is not passed on."""
        reason = error.reason if isinstance(error, MaxRetryError) else error
        cause = reason.args[0] if reason and reason.args else None
        sent = not isinstance(reason, _NOT_SENT) and not isinstance(
            cause, ssl.SSLCertVerificationError
        )
        return ToolError(self.tool, Trouble.SILENT if sent else Trouble.UNREACHABLE)

    def _refusal(self, answer: Answer) -> ToolError:
        """Return what to say of an answer that is no good one."""
        detail = self._key.hidden_in(_detail(answer.data))
        match answer.status:
            case 401:
                trouble = Trouble.KEY
            case 403:
                trouble = Trouble.RIGHTS
            case 404 | 410:
                trouble = Trouble.MISSING
            case 429:
                trouble = Trouble.BUSY
            case status if 400 <= status < 500:
                trouble = Trouble.REFUSED
            case _:
                trouble = Trouble.BROKEN
        return ToolError(
            self.tool,
            trouble,
            status=answer.status,
            detail=detail or str(answer.status),
            wait=_wait(answer.headers),
        )


def _read(response: Any, end: float) -> bytes:
    """Return the body of an answer, unless it is too large or too slow."""
    parts, size = [], 0
    while part := response.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > LARGEST or time.monotonic() > end:
            raise TimeoutError
    return b"".join(parts)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _wait(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of `Retry-After`, where it gives some."""
    given = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(given) if given.isdecimal() else None


def _detail(data: Any) -> str:
    """Return what an answer says in words, short and on one line."""
    said = data.get("detail") or data.get("title") or "" if isinstance(data, dict) else ""
    if isinstance(said, list):
        said = "; ".join(str(each.get("msg", "")) for each in said if isinstance(each, dict))
    printable = "".join(sign if sign.isprintable() else " " for sign in str(said))
    return " ".join(printable.split())[:300]
