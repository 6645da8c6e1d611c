"""What an address in a post means, decided by looking at the source alone, and tolerantly.

Hugo is strict: a path with one step too few is broken on the old site. Here an address means a page as
soon as its last parts name one, and a picture as soon as it lies where a theme may look for it.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from tests.portability.fidelity.posts import (
    COMMUNITIES,
    SECTIONS,
    Post,
    content_of,
    read_config,
    section_of,
)

Kind = Literal["page", "list", "file", "fragment", "external", "nothing"]

_TERMS = {
    "category": ("categories", "category"),
    "categories": ("categories", "category"),
    "tag": ("tags", "tag", "categories"),
    "tags": ("tags", "tag", "categories"),
    "author": ("authors", "author"),
    "authors": ("authors", "author"),
}


@dataclass(frozen=True)
class Target:
    """What an address means: pages by key (several where a name is not enough), a file, a list.

    A list is that of everything, or of one `term`: a category, a tag, an author.
    """

    kind: Kind
    keys: frozenset[str] = frozenset()
    file: Path | None = None
    term: str = ""


NOTHING = Target("nothing")


class Targets:
    """Everything that an address in a source can lead to."""

    def __init__(
        self, source: Path, posts: Sequence[Post], section: str = "", base_url: str = ""
    ) -> None:
        base = base_url or str(read_config(source).get("baseurl", ""))
        self.host = _host(base)
        self.content = content_of(source)
        self.section = section_of(source, section)
        self.roots = [source / name for name in ("static", "assets", "assets/media")]
        self.addresses: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self.terms: dict[str, set[str]] = defaultdict(set)
        for post in posts:
            self._add(post)

    def _add(self, post: Post) -> None:
        first = post.key.split("/")[0]
        slug = post.text("slug")
        spellings = [
            post.key,
            *([f"{first}/{slug}"] if slug else []),
            post.text("url"),
            *post.texts("aliases"),
        ]
        for spelling in spellings:
            if parts := _parts(spelling):
                self.addresses[parts[-1]].append((parts, post.key))
        if post.kind == "author":
            self.terms["authors"] |= {post.name.lower(), _term(post.text("title"))}
        for name in ("categories", "category", "tags", "tag", "authors", "author"):
            self.terms[name] |= {_term(value) for value in post.texts(name)}

    def of_link(self, href: str, post: Post) -> Target:
        """Return what the address of a link means in a post."""
        try:
            url = urlsplit(href.strip())
        except ValueError:
            return NOTHING
        if url.scheme not in {"", "http", "https"}:
            return Target("external")
        if url.netloc and _host(href) != self.host:
            return Target("external")
        if not (url.path or url.netloc):
            return Target("fragment") if url.fragment else NOTHING
        if found := self._file(unquote(url.path), post, linked=True):
            return Target("file", file=found)
        return self._page(_parts(url.path), absolute=bool(url.netloc) or url.path.startswith("/"))

    def _page(self, parts: tuple[str, ...], *, absolute: bool) -> Target:
        if not parts:
            return NOTHING
        if len(parts) == 1 and parts[0] in {*SECTIONS, *COMMUNITIES, self.section}:
            return Target("list")
        if len(parts) == 2 and (names := _TERMS.get(parts[0])):
            known = set().union(*(self.terms[name] for name in names))
            term = _term(parts[1])
            return Target("list", term=term) if term in known else NOTHING
        scored = [
            (_shared(parts, address), key)
            for address, key in self.addresses.get(parts[-1], [])
            # One part alone may be any page of the old site, not only a post of that name.
            if not absolute or len(parts) > 1 or len(address) == 1
        ]
        best = max((score for score, _key in scored), default=0)
        keys = frozenset(key for score, key in scored if score == best)
        return Target("page", keys) if keys else NOTHING

    def of_file(self, src: str, post: Post) -> Target:
        """Return what the address of a picture or film means in a post."""
        if src.startswith(("http://", "https://", "//")):
            return Target("external")
        found = self._file(unquote(re.sub(r"[?#].*", "", src)), post, linked=False)
        return Target("file", file=found) if found else NOTHING

    def _file(self, path: str, post: Post, *, linked: bool) -> Path | None:
        suffix = Path(path).suffix.lower()
        if linked and suffix in {"", ".md", ".markdown", ".html", ".htm"}:
            return None
        beside = [] if path.startswith("/") else [post.folder]
        for folder in (*beside, self.content, *self.roots):
            found = (folder / path.lstrip("/")).resolve()
            if found.is_file() and found.suffix.lower() != ".md":
                return _followed(found)
        return None


def _followed(path: Path) -> Path:
    """Follow a link that a checkout without symbolic links left as a file with a path in it."""
    if path.stat().st_size < 300:
        other = (
            path.parent / path.read_bytes().decode("utf-8", "replace").strip().replace("\0", "?")
        ).resolve()
        if other.is_file():
            return other
    return path


def _parts(address: str) -> tuple[str, ...]:
    """The parts of an address that say something, without what every address may have."""
    path = unquote(urlsplit(address).path).lower()
    parts = [part for part in path.split("/") if part not in {"", ".", "..", "content"}]
    if parts and re.fullmatch(r"_?index(\.[a-z-]+)?", parts[-1]):
        parts.pop()
    if parts:
        parts[-1] = re.sub(r"\.(md|markdown|html?)$", "", parts[-1])
    return tuple(parts)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = list(zip(reversed(one), reversed(other), strict=False))
    return next((n for n, (a, b) in enumerate(pairs) if a != b), len(pairs))


def _term(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().lower())


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
