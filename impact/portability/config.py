"""A site's configuration: the files that Hugo reads for a published site, in its order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.portability.front_matter import FrontMatterError, load_config
from impact.portability.messages import Log
from impact.portability.values import read_language, read_text

# Hugo takes the first of these in the root, and no other.
_NAMES = ("hugo", "config")
_SUFFIXES = (".toml", ".yaml", ".yml", ".json")
# Below `config/`; what a published site has besides the defaults wins.
_ENVIRONMENTS = ("_default", "production")
_LANGUAGE_FILE = re.compile(r"(?P<key>.+)\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]+)?)")


@dataclass(frozen=True)
class Config:
    """Settings by name, whatever case they are written in; `layers` has the strongest file first."""

    layers: tuple[Mapping[str, Any], ...] = ()

    def __bool__(self) -> bool:
        return any(self.layers)

    def value(self, *path: str) -> Any:
        """Return a setting by the names that lead to it: those of the default language come first."""
        localised = ("languages", self.default_language or "en", *path)
        return next((found for found in self._all(localised) or self._all(path)), None)

    def text(self, *path: str) -> str:
        """Return a setting as text in one line; empty where there is none."""
        return read_text(self.value(*path))

    def mapping(self, *path: str) -> dict[str, str]:
        """Return names and texts of a group of settings, merged from all files; names in lower case."""
        merged: dict[str, str] = {}
        for group in reversed(self._all(path)):
            if isinstance(group, Mapping):
                merged |= {
                    str(name).lower(): read_text(value)
                    for name, value in group.items()
                    if isinstance(value, str)
                }
        return merged

    @property
    def default_language(self) -> str:
        """The name of the language of files that name none; empty where the site doesn't say."""
        return read_text(next(iter(self._all(("defaultcontentlanguage",))), ""))

    @property
    def languages(self) -> frozenset[str]:
        """The names of all languages, as files have them in their names: `letter.es.md`."""
        groups = [group for group in self._all(("languages",)) if isinstance(group, Mapping)]
        own = self.default_language or "en"
        return frozenset({own.lower(), *(str(name).lower() for group in groups for name in group)})

    def language(self, name: str = "") -> str:
        """Return the code of a language by its name in the site, else of the default one.

        Empty where the site says nothing. Raises `ValueError` for what is no code.
        """
        own = name or self.default_language or "en"
        keys = ("locale", "languagecode")
        wanted: list[tuple[str, ...]] = [("languages", own, key) for key in keys]
        wanted += [] if name else [(key,) for key in keys]
        codes = (read_text(code) for path in wanted for code in self._all(path))
        return read_language(next(filter(None, codes), name or self.default_language))

    def _all(self, path: tuple[str, ...]) -> list[Any]:
        return [value for layer in self.layers if (value := _inside(layer, path)) is not None]


def read_config(root: Path, log: Log) -> Config:
    """Read the configuration below a root; files that can't be read are reported and left out."""
    layers = []
    for path in _files(root):
        label = path.relative_to(root).as_posix()
        if not path.resolve().is_relative_to(root):
            log.add("error", "config", label, 0, "a link that leads out of the source; not read")
            continue
        try:
            data: Any = load_config(path.read_text(encoding="utf-8"), path.suffix)
        except (FrontMatterError, UnicodeDecodeError, OSError) as error:
            log.add("error", "config", label, getattr(error, "line", 0), str(error))
            continue
        if path.stem not in _NAMES:
            own = _LANGUAGE_FILE.fullmatch(path.stem)
            data = {own["key"] if own else path.stem: data}
            data = {"languages": {own["language"]: data}} if own else data
        layers.append(data)
    return Config(tuple(reversed(layers)))


def _files(root: Path) -> Iterator[Path]:
    """Yield the files that are there, the weakest first."""
    in_root = (root / f"{name}{suffix}" for name in _NAMES for suffix in _SUFFIXES)
    yield from [path for path in in_root if path.is_file()][:1]
    for environment in _ENVIRONMENTS:
        for path in sorted((root / "config" / environment).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                yield path


def _inside(layer: Any, path: tuple[str, ...]) -> Any:
    for wanted in path:
        if not isinstance(layer, Mapping):
            return None
        named = (value for name, value in layer.items() if str(name).lower() == wanted.lower())
        layer = next(named, None)
    return layer
