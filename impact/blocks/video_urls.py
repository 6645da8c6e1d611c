"""Which video an address means: YouTube and Vimeo, read from the address alone."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit

YOUTUBE_HOSTS = frozenset(
    {
        "youtube.com",
        "www.youtube.com",
        "m.youtube.com",
        "music.youtube.com",
        "youtube-nocookie.com",
        "www.youtube-nocookie.com",
    }
)
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_ID = re.compile(r"[0-9]{1,12}")
VIMEO_HASH = re.compile(r"[0-9a-f]{6,40}")
START = re.compile(r"(?:(?P<h>\d{1,2})h)?(?:(?P<m>\d{1,3})m)?(?:(?P<s>\d{1,6})s?)?")


@dataclass(frozen=True)
class Video:
    """A video of a provider; `key` is Vimeo's hash of an unlisted one, `start` is in seconds."""

    provider: Literal["youtube", "vimeo"]
    id: str
    key: str = ""
    start: int = 0

    @property
    def provider_name(self) -> str:
        """What people call the provider."""
        return {"youtube": "YouTube", "vimeo": "Vimeo"}[self.provider]

    @property
    def watch_url(self) -> str:
        """The page where the video can be watched, for readers without JavaScript."""
        if self.provider == "youtube":
            query = {"v": self.id} | ({"t": f"{self.start}s"} if self.start else {})
            return f"https://www.youtube.com/watch?{urlencode(query)}"
        path = f"{self.id}/{self.key}" if self.key else self.id
        return f"https://vimeo.com/{path}" + (f"#t={self.start}s" if self.start else "")

    @property
    def player_url(self) -> str:
        """The player that sets no cookies before it is used; asked for only after a click."""
        if self.provider == "youtube":
            query = {"autoplay": "1", "rel": "0"}
            if self.start:
                query["start"] = str(self.start)
            return f"https://www.youtube-nocookie.com/embed/{self.id}?{urlencode(query)}"
        query = {"autoplay": "1", "dnt": "1"} | ({"h": self.key} if self.key else {})
        url = f"https://player.vimeo.com/video/{self.id}?{urlencode(query)}"
        return url + (f"#t={self.start}s" if self.start else "")


def parse(url: str) -> Video | None:
    """Return the video that an address means, or None if it is no address of YouTube or Vimeo.

    The host must be one of the provider's own: `youtube.com.example.org` is not.
    """
    try:
        parts = urlsplit((url or "").strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.username or port not in {None, 80, 443}:
        return None
    path = [part for part in parts.path.split("/") if part]
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if host in YOUTUBE_HOSTS or host in {"youtu.be", "www.youtu.be"}:
        return _youtube(host, path, query)
    if host in {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}:
        return _vimeo(path, query, parts.fragment)
    return None


def _youtube(host: str, path: list[str], query: dict[str, str]) -> Video | None:
    if host.endswith("youtu.be"):
        identifier = path[0] if path else ""
    elif path and path[0] in {"embed", "shorts", "live", "v"}:
        identifier = path[1] if len(path) > 1 else ""
    elif path == ["watch"]:
        identifier = query.get("v", "")
    else:
        identifier = ""
    if not YOUTUBE_ID.fullmatch(identifier):
        return None
    return Video("youtube", identifier, start=_seconds(query.get("t") or query.get("start", "")))


def _vimeo(path: list[str], query: dict[str, str], fragment: str) -> Video | None:
    position = next((n for n, part in enumerate(path) if VIMEO_ID.fullmatch(part)), None)
    if position is None:
        return None
    key = path[position + 1] if len(path) > position + 1 else query.get("h", "")
    if not VIMEO_HASH.fullmatch(key):
        key = ""
    start = _seconds(fragment.removeprefix("t=")) if fragment.startswith("t=") else 0
    return Video("vimeo", path[position], key=key, start=start)


def _seconds(text: str) -> int:
    """Read `90`, `90s` or `1h2m3s`; anything else is the beginning."""
    match = START.fullmatch(text)
    if not match:
        return 0
    hours, minutes, seconds = (int(match[name] or 0) for name in "hms")
    return hours * 3600 + minutes * 60 + seconds
