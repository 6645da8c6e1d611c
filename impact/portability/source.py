"""Walking a Hugo site, or a folder of posts: which files are what."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from impact.portability.config import Config, read_config
from impact.portability.messages import Log
from impact.portability.permalinks import Permalinks
from impact.portability.resources import Resources
from impact.portability.taxonomies import Taxonomies
from impact.portability.values import storable

Kind = Literal["entry", "community", "author", "category", "tag", "page", "roundup"]

COMMUNITY_SECTIONS = frozenset({"collaborators", "communities", "partners"})
AUTHOR_SECTIONS = frozenset({"authors", "author"})
# What the folders of an exported site are called in its configuration, and what they hold.
_WRITTEN: dict[str, Kind] = {"gallery": "entry", "communities": "community"}
_WRITTEN |= {"roundups": "roundup", "pages": "page"}
_WRITTEN_TERMS: dict[str, Kind] = {"authors": "author", "categories": "category", "tags": "tag"}
_WITH_INDEX = frozenset({"author", "category", "tag", "page"})
_ENTRY_SECTIONS = ("blog", "posts", "post", "news", "stories")
_INDEX = re.compile(r"index(?:\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]+)?))?")


class SourceError(ValueError):
    """The source is no site and no folder of posts."""


@dataclass(frozen=True)
class SourceFile:
    """A content file.

    `key` names its page: its folder or file below the content, without suffix. `folder` is where
    relative paths start, `is_bundle` says whether the folder is its own.
    """

    path: Path
    key: str
    label: str
    kind: Kind
    folder: Path
    is_bundle: bool
    language: str = ""

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of its key."""
        return tuple(self.key.split("/"))

    @property
    def place(self) -> tuple[str, ...]:
        """The folder below the content where relative links start."""
        *folders, name = self.segments
        own = name.removesuffix(f".{self.language}") if self.language else name
        return (*folders, own) if self.is_bundle else tuple(folders)


@dataclass(frozen=True)
class Source:
    """A site (or folder of posts) on disk.

    `base_url` is the address of the old site with a closing slash, empty where it isn't known.
    """

    root: Path
    content: Path
    config: Config = field(default_factory=Config)
    files: tuple[SourceFile, ...] = ()
    left_out: Counter[str] = field(default_factory=Counter)
    base_url: str = ""

    @property
    def name(self) -> str:
        """What tells this source from another in the ledger."""
        return self.base_url or storable(self.root.name)

    @property
    def has_emoji(self) -> bool:
        """Whether `:tada:` is an emoji: where a site says so, or where nothing is known of the site."""
        return not self.config or self.config.value("enableemoji") is True

    @cached_property
    def permalinks(self) -> Permalinks:
        """The rules by which the old site gave addresses."""
        flat = self.config.mapping("permalinks")
        return Permalinks(
            pages=flat | self.config.mapping("permalinks", "page"),
            terms=flat | self.config.mapping("permalinks", "term"),
            keeps_case=self.config.value("disablepathtolower") is True,
            removes_accents=self.config.value("removepathaccents") is True,
            is_ugly=self.config.value("uglyurls") is True,
        )

    @property
    def is_written(self) -> bool:
        """Whether our own export wrote the site."""
        return _is_written(self.config)

    @cached_property
    def sections(self) -> dict[str, str]:
        """The folders of an exported site, by `gallery`, `communities`, `roundups` and `pages`."""
        return _written_sections(self.config)

    @property
    def feed_names(self) -> tuple[str, ...]:
        """What the old site called the feed of a list: `index.xml`, and how it was renamed."""
        own = self.config.text("outputformats", "rss", "basename")
        return ("index.xml", f"{own}.xml") if own and "/" not in own else ("index.xml",)

    @cached_property
    def taxonomies(self) -> Taxonomies:
        """Which keys of the front matter hold authors, categories and tags."""
        return Taxonomies.of(self.config.mapping("taxonomies"))

    def language_of(self, file: SourceFile) -> str:
        """Return the language that a file is written in, unless it says itself; empty if unknown."""
        try:
            return self.config.language(file.language)
        except ValueError:
            return file.language

    def language_folder(self, file: SourceFile) -> str:
        """Return the folder that the addresses of a translation begin with; empty for the site's own."""
        always = self.config.value("defaultcontentlanguageinsubdir") is True
        own = self.config.default_language or "en"
        language = file.language or own
        return language if always or language != own else ""

    def sections_above(self, file: SourceFile) -> tuple[str, ...]:
        """Return the folders above a file that are sections: the first, and those with an index."""
        folders = file.segments[:-1]
        return tuple(
            name
            for depth, name in enumerate(folders)
            if not depth or self.content.joinpath(*folders[: depth + 1]) in self._with_index
        )

    @cached_property
    def _with_index(self) -> frozenset[Path]:
        """The folders that have a page of their own."""
        return frozenset(path.parent for path in self.content.rglob("_index*.*"))

    def of_kind(self, kind: Kind) -> list[SourceFile]:
        """Return the files of a kind, in the order of their paths."""
        return [file for file in self.files if file.kind == kind]

    @cached_property
    def resources(self) -> Resources:
        """The pictures and other files that its texts refer to."""
        return Resources(self.root, self.content, self.base_url)


def read(path: Path, log: Log, section: str = "", base_url: str = "") -> Source:
    """Return the source at a path: a site root with `content/`, or a folder of posts.

    Raises `SourceError` where there is no Markdown file, no such section, or no such address.
    """
    root = path.resolve()
    if not root.is_dir():
        raise SourceError(f"{path} is no folder")
    content = root / "content" if (root / "content").is_dir() else root
    if base_url and not _closed(base_url):
        raise SourceError(f"--base-url {base_url}: no address such as https://example.org/")
    section = section.strip("/")
    if section and not _is_section(content, section):
        raise SourceError(f"--section {section}: no such folder in {content}{_others(content)}")
    config = read_config(root, log)
    _check(config, log, base_url)
    left_out: Counter[str] = Counter()
    chosen = section or _entry_section(content)
    kind_of = _kinds(config, section, chosen)
    files = tuple(_walk(root, content, config, kind_of, left_out))
    if not any(file.kind == "entry" for file in files) and not _is_written(config):
        place = content / chosen
        raise SourceError(
            f"{path} holds no posts: no Markdown file below {place}{_others(content)}"
        )
    known = _closed(base_url) or _closed(config.text("baseurl"))
    return Source(root, content, config, files, left_out, known)


def _closed(url: str) -> str:
    """Return a complete address with a closing slash; empty for what is none."""
    try:
        parts = urlsplit(url)
        complete = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    if not complete or parts.query or parts.fragment or re.search(r"\s", url):
        return ""
    return f"{url.rstrip('/')}/"


def _is_section(content: Path, section: str) -> bool:
    folder = (content / section).resolve()
    return folder.is_dir() and folder != content and folder.is_relative_to(content)


def _others(content: Path) -> str:
    """The folders that the posts may be in, for a message."""
    names = (p.name for p in content.iterdir() if not p.name.startswith((".", "_")) and p.is_dir())
    found = sorted(storable(name) for name in names if any((content / name).rglob("*.md")))
    return f"; its sections are: {', '.join(found)}" if found else ""


def _check(config: Config, log: Log, base_url: str) -> None:
    """Report settings that are there and can't be used."""
    try:
        config.language()
    except ValueError as error:
        log.add("warning", "config", "config", 0, f"the language of the site: {error}; not used")
    if config and not base_url and not _closed(config.text("baseurl")):
        named = config.text("baseurl") or "not there"
        text = (
            f"baseURL is {named}: without the old site's address feed readers see its posts as new"
        )
        log.add("warning", "config", "config", 0, f"{text}; name it with --base-url")


def _is_written(config: Config) -> bool:
    return isinstance(config.value("params", "impact", "format"), int)


def _written_sections(config: Config) -> dict[str, str]:
    return {name: name for name in _WRITTEN} | config.mapping("params", "impact", "sections")


def _kinds(config: Config, section: str, chosen: str) -> Callable[[Path], Kind | None]:
    """Return what tells the kind of a file by its path below the content."""
    if section or not _is_written(config):
        return lambda relative: _kind(relative, chosen)
    sections = _written_sections(config)
    kinds = {sections[name]: kind for name, kind in _WRITTEN.items()} | _WRITTEN_TERMS
    return lambda relative: kinds.get(relative.parts[0])


def _walk(
    root: Path,
    content: Path,
    config: Config,
    kind_of: Callable[[Path], Kind | None],
    left_out: Counter[str],
) -> Iterator[SourceFile]:
    paths = sorted(p for p in content.rglob("*.md") if p.is_file())
    bundles = {p.parent for p in paths if _INDEX.fullmatch(p.stem)}
    for path in paths:
        relative = path.relative_to(content)
        if not path.resolve().is_relative_to(root):
            left_out["outside"] += 1
        elif any(part.startswith((".", "_")) for part in relative.parts[:-1]):
            left_out["templates"] += 1
        elif any(parent in bundles for parent in path.parents if parent != path.parent) or (
            path.parent in bundles and not _INDEX.fullmatch(path.stem)
        ):
            left_out["bundle resources"] += 1
        elif (kind := kind_of(relative)) is None:
            left_out["other sections"] += 1
        elif path.stem == "_index" and (kind not in _WITH_INDEX or len(relative.parts) < 3):
            left_out["section pages"] += 1
        elif path.name.lower() == "readme.md":
            left_out["readme files"] += 1
        else:
            yield _source_file(root, content, config, path, kind)


def _source_file(root: Path, content: Path, config: Config, path: Path, kind: Kind) -> SourceFile:
    index = _INDEX.fullmatch(path.stem)
    is_bundle = index is not None or path.stem == "_index"
    stem, language = _language(path, config) if index is None else (path.stem, index["language"])
    file = path.parent if is_bundle else path.with_name(stem)
    key = file.relative_to(content).as_posix()
    if key == ".":
        key = path.parent.name
    # A name that is no UTF-8 comes with halves of characters.
    key = storable(key)
    language = language or ""
    # A page has its plain name in the site's own language, unless another file has that name.
    plain = path.with_name(f"{'index' if index else stem}.md")
    is_own = language == (config.default_language or "en") and not plain.exists()
    return SourceFile(
        path=path,
        key=f"{key}.{language}" if language and not is_own else key,
        label=storable(path.relative_to(root).as_posix()),
        kind=kind,
        folder=path.parent,
        is_bundle=is_bundle,
        language=language,
    )


def _language(path: Path, config: Config) -> tuple[str, str]:
    """Return the name of a file, and the language that it ends in: `letter.es.md` where es is one."""
    stem, dot, language = path.stem.rpartition(".")
    return (stem, language) if dot and language.lower() in config.languages else (path.stem, "")


def _entry_section(content: Path) -> str:
    """The section that holds the posts: the first of the usual ones that is there, else all."""
    return next((name for name in _ENTRY_SECTIONS if (content / name).is_dir()), "")


def _kind(relative: Path, entry_section: str) -> Kind | None:
    first = relative.parts[0] if len(relative.parts) > 1 else ""
    if first in COMMUNITY_SECTIONS:
        return "community"
    if first in AUTHOR_SECTIONS:
        return "author"
    below = relative.as_posix().startswith(f"{entry_section}/")
    return "entry" if below or not entry_section else None
