"""Which page an address means, in every spelling that writers have found for it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from impact.portability.content import Link
from impact.portability.nearness import Names
from impact.portability.taxonomies import Facet, Taxonomies

GALLERY = "@gallery"
COMMUNITIES = "@communities"
HOME = "@home"
ROUNDUPS = "@roundups"

Outcome = Literal["page", "external", "old-site", "unresolved", "fragment"]

_INDEX_NAME = re.compile(r"_?index(?:\.[a-z]{2})?(?:\.md\w*|\.html?)?", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\.md\w*|\.html?)$", re.IGNORECASE)
_ENTRY_ROOTS = frozenset({"blog", "posts", "post", "news", "impact"})
_COMMUNITY_ROOTS = frozenset({"collaborators", "communities", "partners"})


@dataclass(frozen=True)
class Resolved:
    """What became of an address; `near` is a page that it may have meant."""

    outcome: Outcome
    link: Link | None
    near: str = ""


def segments(path: str) -> tuple[str, ...]:
    """Return the parts of a path that name a page: no `index.md`, no suffix, no empty parts.

    >>> segments("/blog/2024/frx/index.md")
    ('blog', '2024', 'frx')
    """
    parts = [part for part in unquote(path).split("/") if part not in {"", "."}]
    if parts and _INDEX_NAME.fullmatch(parts[-1]):
        parts.pop()
    elif parts:
        parts[-1] = _SUFFIX.sub("", parts[-1])
    return tuple(part for part in parts if part)


def steps_out(parts: Sequence[str]) -> tuple[str, ...]:
    """Return a path without the `..` with which it begins, at whatever depth they lead."""
    rest = list(parts)
    while rest and rest[0] == "..":
        rest.pop(0)
    return tuple(rest)


@dataclass
class PageIndex:
    """All pages of an import by all their addresses.

    `base_url` is the old site's. `terms` has the slugs of authors, categories and tags by the names
    that old addresses use, one mapping a facet; `facets` says which one the first part of an address
    is about. `moved` has terms whose list is now that of another, or with an empty slug everything.
    """

    base_url: str = ""
    facets: Mapping[str, Facet] = field(default_factory=lambda: Taxonomies.of({}).facets)
    terms: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    moved: dict[tuple[Facet, str], tuple[Facet, str]] = field(default_factory=dict)
    _paths: dict[tuple[str, ...], str] = field(default_factory=dict)
    _spellings: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    _endings: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    _languages: dict[str, str] = field(default_factory=dict)
    _names: Names = field(default_factory=Names)

    def add(
        self,
        key: str,
        paths: Iterable[str],
        spellings: Iterable[str] = (),
        language: str = "",
    ) -> None:
        """Add a page with its addresses; the first page to claim one keeps it.

        What is only another spelling of an address counts as long as one page alone has it. `language` is
        the folder of a translation.
        """
        self._languages[key] = language
        for path, is_own in [*((path, True) for path in paths), *((s, False) for s in spellings)]:
            parts = _folded(segments(path))
            if not parts:
                continue
            if is_own:
                self._paths.setdefault(parts, key)
            else:
                self._spellings[parts].add(key)
            if parts[-1:] not in self._endings:
                self._names.add(parts[-1])
            for start in range(len(parts)):
                self._endings[parts[start:]].add(key)

    def at(self, path: str) -> str:
        """Return the key of the page at a path, to the letter; nothing where there is none."""
        return self._paths.get(_folded(segments(path)), "")

    def resolve(self, href: str, folder: Sequence[str], language: str = "") -> Resolved:
        """Return what an address means in a file of the content folder with these parts.

        `language` is the folder of a translation, which leads to other translations first.
        """
        href = href.strip()
        try:
            url = urlsplit(href)
            host = (url.hostname or "").removeprefix("www.")
        except ValueError:
            return Resolved("unresolved", None)
        if url.scheme and url.scheme not in {"http", "https"}:
            safe = url.scheme in {"mailto", "tel"}
            return Resolved("external", Link(href=href)) if safe else Resolved("unresolved", None)
        suffix = (f"?{url.query}" if url.query else "") + (
            f"#{url.fragment}" if url.fragment else ""
        )
        if host:
            return self._absolute(href, host, url.path, suffix, language)
        if not url.path:
            return Resolved("fragment", Link(href=href)) if suffix else Resolved("unresolved", None)
        parts = segments(url.path)
        if url.path.startswith("/"):
            link = self._from_root(parts, suffix, language)
        else:
            link = self._relative(parts, suffix, folder, language)
        return Resolved("page", link) if link else self._lost(url.path, parts, suffix, folder)

    def _absolute(self, href: str, host: str, path: str, suffix: str, language: str) -> Resolved:
        parts = segments(path)
        link = None
        if parts and host == self._own_host:
            link = self._from_root(parts, suffix, language)
        elif parts and (key := self._paths.get((host, *_folded(parts)))):
            # A page of an earlier import, whose own site this is.
            link = Link(page=key, suffix=suffix)
        if link is not None:
            return Resolved("page", link)
        if host != self._own_host:
            return Resolved("external", Link(href=href))
        inside = bool(parts) and parts[0] in _ENTRY_ROOTS | _COMMUNITY_ROOTS and len(parts) > 1
        return Resolved("unresolved" if inside else "old-site", Link(href=href), self._near(parts))

    @property
    def _own_host(self) -> str:
        return (urlsplit(self.base_url).hostname or "").removeprefix("www.")

    def _from_root(self, parts: tuple[str, ...], suffix: str, language: str) -> Link | None:
        if parts[:1] == ("content",):
            parts = parts[1:]
        if not parts:
            return None
        if link := self._list(parts, suffix):
            return link
        key = self._page(parts, language)
        # An old name of the section: what follows it must still name one page.
        if not key and (len(parts) > 2 or parts[0] in _ENTRY_ROOTS):
            key = self._ending(parts[1:], language)
        return Link(page=key, suffix=suffix) if key else None

    def _relative(
        self, parts: tuple[str, ...], suffix: str, folder: Sequence[str], language: str
    ) -> Link | None:
        for start in (tuple(folder), tuple(folder[:-1])):
            joined = _join(start, parts)
            if joined and (key := self._page(joined, language)):
                return Link(page=key, suffix=suffix)
        rest = steps_out(parts)
        if not rest:
            return None
        # Too many or too few steps up: from the root of the content, then by the ending.
        if key := self._page(rest, language) or self._ending(rest, language):
            return Link(page=key, suffix=suffix)
        return self._list(rest, suffix)

    def _page(self, parts: Sequence[str], language: str) -> str | None:
        """The page of an address, in the language asked for where it is translated."""
        folded = _folded(parts)
        places = [(language.casefold(), *folded), folded] if language else [folded]
        keys = [self._paths[place] for place in places if place in self._paths]
        for place in places:
            keys += spelled if len(spelled := self._spellings.get(place, set())) == 1 else ()
        return next(iter(keys), None)

    def _ending(self, parts: Sequence[str], language: str) -> str | None:
        """The one page whose address ends in whole segments like these."""
        keys = self._endings.get(_folded(parts), set())
        if len(keys) > 1:
            keys = {key for key in keys if self._languages[key] == language}
        return next(iter(keys)) if len(keys) == 1 else None

    def _list(self, parts: Sequence[str], suffix: str) -> Link | None:
        """A list of the old site is the gallery here, filtered."""
        folded = _folded(parts)
        if len(folded) == 1 and folded[0] in _ENTRY_ROOTS:
            return Link(page=GALLERY, suffix=suffix)
        if len(folded) == 1 and folded[0] in _COMMUNITY_ROOTS:
            return Link(page=COMMUNITIES, suffix=suffix)
        if len(folded) == 2 and (facet := self.facets.get(folded[0])):
            slug = self.terms[facet].get(folded[1])
            if slug is None:
                return None
            facet, slug = self.moved.get((facet, slug), (facet, slug))
            return Link(page=GALLERY, suffix=f"?{facet}={slug}" if slug else "")
        return None

    def _lost(
        self, path: str, parts: tuple[str, ...], suffix: str, folder: Sequence[str]
    ) -> Resolved:
        """An address of the old site that is no page here keeps leading to the old site."""
        near = self._near(parts)
        if not self.base_url:
            return Resolved("unresolved", None, near)
        if path.startswith("/"):
            target = path.lstrip("/")
        else:
            target = "/".join(_join(tuple(folder), parts) or steps_out(parts))
            if path.endswith("/"):
                target += "/"
        return Resolved("unresolved", Link(href=f"{self.base_url}{target}{suffix}"), near)

    def _near(self, parts: Sequence[str]) -> str:
        """The one page with a name most like the last part; empty for none or several."""
        name = self._names.like(parts[-1].casefold()) if parts else ""
        keys = self._endings[(name,)] if name else set()
        return next(iter(keys)) if len(keys) == 1 else ""


def _folded(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.casefold() for part in parts)


def _join(folder: tuple[str, ...], parts: Sequence[str]) -> tuple[str, ...] | None:
    """Return where steps lead from a folder; None when they lead out of the content."""
    path = list(folder)
    for part in parts:
        if part == "..":
            if not path:
                return None
            path.pop()
        else:
            path.append(part)
    return tuple(path)
