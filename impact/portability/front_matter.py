"""Front matter of a Hugo file: YAML, TOML or JSON before the text."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import yaml

# The line ends where Hugo ends it: at the first line that *starts* with the delimiter.
_DELIMITED = {"---": "yaml", "+++": "toml"}


class FrontMatterError(ValueError):
    """The front matter can't be read; `line` is where in the file, 1-based."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


@dataclass(frozen=True)
class Parsed:
    """A file in two parts.

    `body_line` is the 1-based line on which the body begins; `noise` is what stood after the closing
    delimiter on its line.
    """

    data: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    noise: str = ""
    source: str = ""

    def line_of(self, key: str) -> int:
        """Return the line of a key of the front matter in any case, 0 where it is not found."""
        pattern = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?\s*[:=]", re.MULTILINE | re.I)
        match = pattern.search(self.source)
        return self.source.count("\n", 0, match.start()) + 1 if match else 0


class _TextDates(yaml.SafeLoader):
    """YAML's safe loader, except that dates stay as written: a strange one is ours to report."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(text: str) -> Parsed:
    """Split a file into front matter and body.

    Raises `FrontMatterError` with a line when the front matter can't be read.
    """
    # CommonMark's rule for NUL, which PostgreSQL can't store.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\0", "\ufffd")
    start = len(text) - len(text.lstrip())
    above = text.count("\n", 0, start)
    if text.startswith("{", start) and not text.startswith("{{", start):
        return _parse_json(text, start)
    lines = text[start:].split("\n")
    delimiter = lines[0].rstrip()
    language = _DELIMITED.get(delimiter)
    if language is None:
        return Parsed(body=text)
    for number, line in enumerate(lines[1:], start=1):
        if line.startswith(delimiter):
            # Blank lines in place of what is not front matter keep the numbers of lines.
            source = "\n".join([*[""] * (above + 1), *lines[1:number]])
            noise = line[len(delimiter) :].strip()
            return Parsed(
                data=_load(source, language),
                body="\n".join(lines[number + 1 :]),
                body_line=above + number + 2,
                # A longer line of the same sign says nothing.
                noise=noise if noise.strip(delimiter[0]) else "",
                source=source,
            )
    raise FrontMatterError(
        above + 1, f"the front matter is never closed by a line that starts with {delimiter}"
    )


def load_config(text: str, suffix: str) -> dict[str, Any]:
    """Read a configuration file by its suffix (`.yaml`, `.yml`, `.toml`, `.json`)."""
    language = {".toml": "toml", ".json": "json"}.get(suffix, "yaml")
    return _load(text, language)


def _parse_json(text: str, start: int) -> Parsed:
    try:
        data, end = json.JSONDecoder().raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise FrontMatterError(error.lineno, f"JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise FrontMatterError(1, f"JSON: {error}") from error
    body = text[end:]
    body_line = text.count("\n", 0, end) + 1
    if body.startswith("\n"):
        body, body_line = body[1:], body_line + 1
    return Parsed(data=data, body=body, body_line=body_line, source=text[:end])


def _load(source: str, language: str) -> dict[str, Any]:
    try:
        if language == "toml":
            data: Any = tomllib.loads(source)
        elif language == "json":
            data = json.loads(source)
        else:
            data = yaml.load(source, Loader=_TextDates)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "can't be read"
        raise FrontMatterError(mark.line + 1 if mark else 1, f"YAML: {problem}") from error
    except yaml.YAMLError as error:
        raise FrontMatterError(1, f"YAML: {' '.join(str(error).split())}") from error
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        last = source.count("\n") + 1
        raise FrontMatterError(int(match[1]) if match else last, f"TOML: {error}") from error
    except (ValueError, RecursionError) as error:
        raise FrontMatterError(1, f"{language.upper()}: {error}") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise FrontMatterError(2, "the front matter is no list of keys and values")
    return {str(key): value for key, value in data.items()}
