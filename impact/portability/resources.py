"""Finding the file that a text means: beside it, in its bundle, under `static/`, under `assets/`."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from impact.portability.links import steps_out

_LONGEST_TARGET = 512
# A folder that many texts refer to is listed once; so many are remembered.
_LISTINGS = 256


@dataclass(frozen=True)
class Found:
    """A file of the source; `called` is its name on disk where a text spells it in other letters."""

    path: Path
    called: str = ""


class Resources:
    """The files of a source. Nothing outside it is ever found."""

    def __init__(self, root: Path, content: Path, base_url: str = "") -> None:
        self.root = root
        self.static = root / "static"
        self.roots = (content, self.static, root / "assets", root / "assets" / "media")
        self._own = urlsplit(base_url)
        self._names = lru_cache(_LISTINGS)(_names)

    def on_site(self, src: str) -> str | None:
        """Return the path that an address has on the site; None for one of another server.

        Relative paths stay as they are.
        """
        if not src.startswith(("http://", "https://", "//")):
            return src
        try:
            url = urlsplit(src)
            own = bool(self._own.hostname) and _bare(url.hostname) == _bare(self._own.hostname)
        except ValueError:
            return None
        return url.path or "/" if own else None

    def find(self, src: str, folder: Path, key: str) -> Found | None:
        """Return the file that a path means in a text of this folder, whose page has this key.

        Names are compared letter by letter first, then as a file system that knows no case, or writes
        accents apart, would find them.
        """
        paths = list(dict.fromkeys(self._candidates(src, folder, key)))
        for path in paths:
            if (file := self.inside(path)) is not None:
                return Found(file)
        for path in paths:
            spelt = self._spelt(path)
            if spelt is not None and (file := self.inside(spelt)) is not None:
                same = _composed(spelt.name) == _composed(path.name)
                return Found(file, "" if same else spelt.name)
        return None

    def inside(self, path: Path) -> Path | None:
        """Return the file itself behind a path, or None unless it lies in the source.

        A checkout without symbolic links holds the target's path as text; it is followed as well.
        """
        try:
            path = path.resolve()
            if not (path.is_file() and path.is_relative_to(self.root)):
                return None
        except (OSError, ValueError):
            return None
        return self._linked(path) or path

    def _linked(self, path: Path) -> Path | None:
        """Return the file of the source whose path is all that a file holds, if it is one."""
        try:
            if path.suffix.lower() == ".md" or path.stat().st_size >= _LONGEST_TARGET:
                return None
            target = path.read_bytes().decode("utf-8", "replace").strip()
            linked = (path.parent / target).resolve()
            return linked if linked.is_file() and linked.is_relative_to(self.root) else None
        except (OSError, ValueError):
            # Most often a short text of its own, too long for a name.
            return None

    def _candidates(self, src: str, folder: Path, key: str) -> Iterator[Path]:
        """Where a path may lead, in the order in which it is looked for."""
        base = self._own.path.strip("/")
        for name in _spellings(src):
            steps = [part for part in name.split("/") if part not in {"", "."}]
            rest = "/".join(steps_out(steps))
            if not name.startswith("/"):
                yield folder / name
            elif base and rest.startswith(f"{base}/"):
                yield from (root / rest.removeprefix(f"{base}/") for root in self.roots)
            yield from (root / rest for root in self.roots)
            if not name.startswith("/"):
                # A browser reads it against the page's address, which `static/` may have as well.
                page = self.static / key
                yield from (page / name, page.parent / name)

    def _spelt(self, path: Path) -> Path | None:
        """Return the path whose names on disk are these but for case and accents."""
        try:
            parts = Path(os.path.normpath(path)).relative_to(self.root).parts
        except ValueError:
            return None
        found = self.root
        for part in parts:
            called = self._names(found).get(_folded(part))
            if called is None:
                return None
            found = found / called
        return found


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _spellings(src: str) -> list[str]:
    """The names that an address may mean: as it is, without query and fragment, decoded."""
    bare = re.split(r"[?#]", src, maxsplit=1)[0]
    return [name for name in dict.fromkeys((src, bare, unquote(bare))) if name.strip("/")]


def _names(folder: Path) -> dict[str, str]:
    """The names in a folder by what they are without case, and with accents in one form."""
    try:
        return {_folded(name): name for name in sorted(os.listdir(folder), reverse=True)}
    except (OSError, ValueError):
        return {}


def _composed(name: str) -> str:
    return normalize("NFC", name)


def _folded(name: str) -> str:
    return _composed(name).casefold()
