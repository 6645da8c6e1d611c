"""The addresses that the old site had, and what each leads to here; pure.

An address is kept as Wagtail's redirects keep it, its path on the old host without a closing slash:
`/blog/first-harvest`, `/blog/index.xml`.
"""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from django.utils.encoding import escape_uri_path, uri_to_iri

from impact.communities.filters import CommunityFilter
from impact.communities.models import CommunityKind
from impact.filters.gallery import GalleryFilter
from impact.portability.links import COMMUNITIES, GALLERY, HOME
from impact.portability.messages import FileLog

_UNESCAPED = "/@+~:!$&'()*,;="
# The keys of pages here that are of no source.
LISTS = (HOME, GALLERY, COMMUNITIES)


class Claim(IntEnum):
    """How sure it is that an address meant a page: where two meet, the surer one has it."""

    PERMALINK = 0
    LIST = 1
    ALIAS = 2
    SPELLING = 3


@dataclass(frozen=True)
class Goal:
    """What an old address leads to: a page by its key, of a list also its filter, and its feed."""

    page: str
    query: str = ""
    feed: bool = False

    @classmethod
    def filtered(cls, facet: str, *slugs: str) -> "Goal":
        """The gallery with one filter, in the spelling that it calls canonical."""
        return cls(GALLERY, _query(facet, slugs))

    @classmethod
    def of_kind(cls, kind: str) -> "Goal":
        """The communities of one kind; all of them where there is no such kind."""
        known = kind in CommunityKind.values
        return cls(COMMUNITIES, CommunityFilter(kind=(kind,)).query() if known else "")

    @property
    def is_link(self) -> bool:
        """Whether it is more than a page as such."""
        return bool(self.query or self.feed)

    def address(self, path: str) -> str:
        """Return its address, given that of its page."""
        return f"{path}{'feed/' if self.feed else ''}{'?' if self.query else ''}{self.query}"

    @property
    def its_feed(self) -> "Goal":
        """The feed of the same list."""
        return Goal(self.page, self.query, feed=True)


@lru_cache(maxsize=4096)
def _query(facet: str, slugs: tuple[str, ...]) -> str:
    """The query of one filter. Thousands of posts name the same few terms."""
    return GalleryFilter(**{facet: slugs}).query()  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Claimed:
    rank: Claim
    path: str
    goal: Goal
    log: FileLog | None
    line: int


@dataclass
class OldAddresses:
    """What each old address leads to, and for each page of the plan its own addresses."""

    goals: dict[str, Goal] = field(default_factory=dict)
    _by_page: dict[str, list[str]] = field(default_factory=dict)

    def add(self, path: str, goal: Goal) -> None:
        """Let a path lead somewhere."""
        self.goals[path] = goal
        self._by_page.setdefault(goal.page, []).append(path)

    def of_pages(self, keys: Iterable[str]) -> dict[str, Goal]:
        """Return the addresses that lead to some pages."""
        return {path: self.goals[path] for key in keys for path in self._by_page.get(key, ())}


class AddressBook:
    """Collects what leads where while a source is read, and decides once all is known."""

    def __init__(self, base_url: str = "", feed_names: Iterable[str] = ("index.xml",)) -> None:
        self.feed_names = tuple(feed_names)
        self._root = urlsplit(base_url).path.strip("/")
        self._claims: list[_Claimed] = []
        if self._root:
            self._claim(Claim.LIST, "", Goal(HOME))
        self._feeds(Claim.LIST, "", Goal(GALLERY))

    def page(self, rank: Claim, path: str, key: str, log: FileLog, line: int = 0) -> None:
        """Let a path below the old site's root lead to a page of the plan."""
        self._claim(rank, path, Goal(key), log, line)

    def filed(self, rank: Claim, path: str, goal: Goal) -> None:
        """Let a list of the old site lead to a list here, and its feed to the feed where that has one."""
        self._claim(rank, path, goal)
        if goal.page == GALLERY:
            self._feeds(rank, path, goal)

    def _feeds(self, rank: Claim, path: str, goal: Goal) -> None:
        folder = path.removesuffix(".html").rstrip("/")
        for name in self.feed_names:
            self._claim(rank, f"{folder}/{name}", goal.its_feed)

    def _claim(
        self, rank: Claim, path: str, goal: Goal, log: FileLog | None = None, line: int = 0
    ) -> None:
        whole = "/".join(part for part in (self._root, path.strip("/")) if part)
        self._claims.append(_Claimed(rank, stored_path(whole), goal, log, line))

    def settle(self) -> OldAddresses:
        """Decide what each address leads to: the surer claim, then the first; others are reported.

        An address with capitals is kept in small letters too: visitors' spellings are looked up so.
        """
        settled = OldAddresses()
        holders: dict[str, _Claimed] = {}
        for claim in sorted(self._claims, key=lambda claim: claim.rank):
            holder = holders.setdefault(claim.path, claim)
            if holder is claim:
                settled.add(claim.path, claim.goal)
            elif claim.goal != holder.goal and claim.rank != Claim.SPELLING and claim.log:
                whose = holder.log.file if holder.log else "a list of the old site"
                text = f"“{claim.path}” was the address of {whose} too, and leads there"
                claim.log.warning("old-address", text, claim.line)
                claim.log.count("addresses_met")
        for path, goal in list(settled.goals.items()):
            if path.lower() not in holders:
                settled.add(path.lower(), goal)
        return settled


def stored_path(path: str) -> str:
    """Return a path, with or without a query, as redirects are kept: readable, no slash at its end.

    >>> stored_path("Träume/#1/")
    '/Träume/%231'
    """
    bare, mark, query = path.partition("?")
    ordered = "&".join(sorted(query.split("&")))
    return f"/{uri_to_iri(escape_uri_path(bare.strip('/')))}{mark}{ordered}"


def permalink_url(base_url: str, path: str) -> str:
    """Return the address that the old site's feed gave for a path, empty where its host isn't known."""
    return f"{base_url}{quote(path, safe=_UNESCAPED)}" if base_url else ""


def read_aliases(
    values: Iterable[str], permalink: str, base_url: str, log: FileLog, line: int
) -> Iterator[str]:
    """Yield the aliases of a page as paths below the old site's root.

    Hugo reads one without a leading slash from the folder that the page's own address lies in. An
    absolute one is taken when it is of the old site itself, and reported when it is of another.
    """
    own_host = (urlsplit(base_url).hostname or "").removeprefix("www.")
    root = urlsplit(base_url).path
    for value in filter(str.strip, values):
        try:
            url = urlsplit(value.strip())
            host = (url.hostname or "").removeprefix("www.")
        except ValueError:
            log.warning("old-address", f"the alias “{value}” is no address", line)
            continue
        if (host and host != own_host) or url.scheme not in {"", "http", "https"}:
            log.warning("old-address", f"the alias “{value}” is of another site; left out", line)
            continue
        path = url.path.removeprefix(root.rstrip("/")) if host else url.path
        if not path.startswith("/"):
            path = posixpath.join("/", posixpath.dirname(permalink.rstrip("/")), path)
        path = posixpath.normpath(f"/{unquote(path)}").removesuffix("/index.html").strip("/")
        query = f"?{url.query}" if url.query else ""
        if path or query:
            yield f"{path}{query}"
