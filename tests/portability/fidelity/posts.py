"""The content files of a Hugo site, found and split with no more than regular expressions."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SECTIONS = ("blog", "posts", "post", "news", "stories")
COMMUNITIES = ("collaborators", "communities", "partners")
AUTHORS = ("authors", "author")
_FENCED = re.compile(
    r"\A\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n(?P<head>.*?)^(?P=mark)(?P<rest>[^\n]*)\n?", re.M | re.S
)
_LANGUAGE = re.compile(r"(?P<name>.+)\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]+)?)")


@dataclass(frozen=True)
class Post:
    """A content file: `key` is its path below the content without suffix, `kind` what its folder says.

    `noise` is what stands behind the line that closes the front matter.
    """

    path: Path
    key: str
    kind: str
    body: str
    data: dict[str, Any] = field(default_factory=dict)
    noise: str = ""

    @property
    def name(self) -> str:
        """The last part of its key."""
        return self.key.rsplit("/", 1)[-1]

    @property
    def folder(self) -> Path:
        """Where relative paths of files begin."""
        return self.path.parent

    @property
    def is_draft(self) -> bool:
        """Whether the site said not to publish it."""
        return self.text("draft").lower() == "true" or "drafts" in Path(self.key).parts[:-1]

    def text(self, *names: str) -> str:
        """Return the first key of the front matter that says something, as text."""
        values = (self.data.get(name) for name in names)
        return next((str(value).strip() for value in values if value not in (None, "", [])), "")

    def texts(self, *names: str) -> list[str]:
        """Return the values of a key that holds one or several."""
        value = next((self.data[name] for name in names if self.data.get(name)), [])
        return [str(part).strip() for part in (value if isinstance(value, list) else [value])]


def content_of(source: Path) -> Path:
    """Return the folder of the content: a folder of posts has none of its own."""
    return source / "content" if (source / "content").is_dir() else source


def section_of(source: Path, section: str = "") -> str:
    """Return the folder of the posts: the one asked for, else the first usual one that is there."""
    content = content_of(source)
    return section.strip("/") or next((n for n in SECTIONS if (content / n).is_dir()), "")


def read_all(source: Path, section: str = "") -> list[Post]:
    """Read every content file that Hugo makes a page of, in the order of their paths."""
    return [post for path in _files(content_of(source)) if (post := _read(source, path, section))]


def read_config(source: Path) -> dict[str, Any]:
    """Return the main configuration with its keys in lower case; empty where there is none."""
    for folder in (source, source / "config" / "_default", source / "config"):
        for name in ("hugo", "config"):
            for suffix in ("yaml", "yml", "toml", "json"):
                path = folder / f"{name}.{suffix}"
                if path.is_file():
                    text = path.read_text(encoding="utf-8")
                    loaded = _load(text, suffix, yaml.SafeLoader)
                    return {str(key).lower(): value for key, value in loaded.items()}
    return {}


def _files(content: Path) -> Iterator[Path]:
    files = sorted(content.rglob("*.md"))
    bundles = {path.parent for path in files if path.stem.split(".")[0] == "index"}
    for path in files:
        parts = path.relative_to(content).parts
        in_bundle = path.parent in bundles and path.stem.split(".")[0] != "index"
        below = any(parent in bundles for parent in path.parent.parents)
        hidden = any(part.startswith((".", "_")) for part in parts[:-1])
        other = path.name.lower() == "readme.md" or path.stem == "_index"
        if path.is_file() and not (in_bundle or below or hidden or other):
            yield path


def _read(source: Path, path: Path, section: str) -> Post | None:
    content = content_of(source)
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    data, body, noise = split(text)
    build = data.get("build") or data.get("_build") or {}
    if isinstance(build, dict) and str(build.get("render")).lower() in {"never", "false"}:
        return None
    relative = path.relative_to(content)
    stem, language = path.stem, ""
    if match := _LANGUAGE.fullmatch(path.stem):
        stem, language = match["name"], match["language"]
    if stem == "index":
        key = relative.parent.as_posix() if relative.parent.parts else content.name
        key = f"{key}.{language}" if language else key
    else:
        key = relative.with_suffix("").as_posix()
    return Post(path, key, _kind(key, section_of(source, section)), body, data, noise)


def _kind(key: str, section: str) -> str:
    first, _slash, rest = key.partition("/")
    if rest and first in COMMUNITIES:
        return "community"
    if rest and first in AUTHORS:
        return "author"
    return "post" if not section or key.startswith(f"{section}/") else "other"


def split(text: str) -> tuple[dict[str, Any], str, str]:
    """Return front matter, body, and what else stands on the line that closes the front matter."""
    if match := _FENCED.match(text):
        suffix = "yaml" if match["mark"] == "---" else "toml"
        return _load(match["head"], suffix), text[match.end() :], match["rest"].strip()
    if text.lstrip("\ufeff").startswith("{"):
        try:
            data, end = json.JSONDecoder().raw_decode(text.lstrip("\ufeff"))
        except ValueError:
            return {}, text, ""
        return data, text.lstrip("\ufeff")[end:], ""
    return {}, text, ""


def _load(text: str, suffix: str, loader: Any = yaml.BaseLoader) -> dict[str, Any]:
    """Read front matter (strings only) or a configuration; where it is broken, its plain lines."""
    try:
        if suffix == "toml":
            data = tomllib.loads(text)
        elif suffix == "json":
            data = json.loads(text)
        else:
            data = yaml.load(text, Loader=loader)  # noqa: S506 - one of the safe ones
    except (yaml.YAMLError, ValueError):
        lines = re.findall(r"^(\w+)\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", text, re.M)
        data = {key: value for key, value in lines if value}
    return data if isinstance(data, dict) else {}
