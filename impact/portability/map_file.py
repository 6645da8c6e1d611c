"""The file of `--map`: YAML in which a person says what becomes of authors, categories, tags, communities.

    authors:
      Jim Colliander:
        same as: James Colliander

It is read as a tree of nodes, each with its line, and every text stays as it was written: a tag `2024` or
`yes` is no number and no flag. Nothing here knows the source; `mapping` asks it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import TextChoices
from yaml.composer import ComposerError

from impact.branding.models import hex_colour
from impact.communities.models import CommunityKind, Region
from impact.entries.models import CommunityRole
from impact.portability.values import read_text, storable
from impact.portability.vocabulary import SECTIONS, Section
from impact.taxonomy.normal_form import tag_slug

SAME_AS = "same as"
LEAVE_OUT = "leave out"
AS_TAG = "as tag"
IN_STORIES = "in stories"
_LARGEST = 4 * 1024 * 1024
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_YES = frozenset({"yes", "true", "on", "y"})
_NO = frozenset({"no", "false", "off", "n"})


class MapError(ValueError):
    """A map that can't be used; its text has a line for each problem, with file and line."""

    def __init__(self, problems: "list[Problem]") -> None:
        ordered = sorted(problems, key=lambda problem: problem.line)
        super().__init__("\n".join(str(problem) for problem in ordered))


@dataclass(frozen=True)
class Problem:
    """What is wrong at a line of a file, 0 for the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one term: values by key, flags as `yes`; and the lines of them."""

    section: Section
    name: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass
class MapFile:
    """A map as it was written, and what is wrong with it so far."""

    name: str = ""
    wanted: list[Wanted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, line: int, text: str) -> None:
        """Note what is wrong at a line."""
        self.problems.append(Problem(self.name, line, storable(text)))


def read_map(path: Path) -> MapFile:
    """Read a map. Raises `MapError` where it is no YAML at all."""
    file = MapFile(str(path))
    root = _compose(path, file)
    if root is None or _is_empty(root):
        return file
    for key, node in _pairs(root, file, "a map", _known(SECTIONS, "section")):
        section: Section = next(name for name in SECTIONS if name == key.value)
        if not _is_empty(node):
            _read_section(section, node, file)
    return file


# What each section lets a person say, and what may be said.


def _text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        text = read_text(text)
        if len(text) > longest:
            raise ValueError(f"is longer than {longest} characters")
        return text

    return read


def _tag(text: str) -> str:
    if not tag_slug(text):
        raise ValueError("has a letter or a digit")
    return _text(100)(text)


def _flag(text: str) -> str:
    if text.lower() not in _YES | _NO:
        raise ValueError("is yes or no")
    return "yes" if text.lower() in _YES else ""


def _choice(choices: type[TextChoices]) -> Callable[[str], str]:
    def read(text: str) -> str:
        for value, label in choices.choices:
            if text.casefold() in {value, str(label).casefold()}:
                return str(value)
        raise ValueError(f"is one of: {', '.join(choices.values)}")

    return read


def _colour(text: str) -> str:
    try:
        hex_colour(text)
    except ValidationError as error:
        raise ValueError('is # and six digits, in quotes: "#0f6e66"') from error
    return text


def _website(text: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as error:
        raise ValueError("is an address such as https://example.org/") from error
    return _text(500)(text)


KEYS: Mapping[Section, Mapping[str, Callable[[str], str]]] = {
    "authors": {
        SAME_AS: read_text,
        "name": _text(120),
        "role": _text(120),
        "bio": lambda text: storable(text).strip(),
        LEAVE_OUT: _flag,
    },
    "categories": {
        SAME_AS: read_text,
        "name": _text(80),
        "colour": _colour,
        AS_TAG: _flag,
        LEAVE_OUT: _flag,
    },
    "tags": {SAME_AS: read_text, "name": _tag, LEAVE_OUT: _flag},
    "communities": {
        SAME_AS: read_text,
        "title": _text(255),
        "kind": _choice(CommunityKind),
        "website": _website,
        "region": _choice(Region),
        IN_STORIES: _choice(CommunityRole),
    },
}


# YAML as nodes


class _Nodes(yaml.SafeLoader):
    """Composes nodes only. Aliases are refused: a few lines of them can mean millions."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node."""
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            problem = f"*{event.anchor}: a map has no aliases"
            raise ComposerError(None, None, problem, event.start_mark)
        return super().compose_node(parent, index)


def _compose(path: Path, file: MapFile) -> Any:
    text = _read(path, file)
    try:
        return yaml.compose(text, Loader=_Nodes)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        file.problem(mark.line + 1 if mark else 1, f"no YAML: {error.problem or error.context}")
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        file.problem(line, "no YAML: a character that can't be printed")
    except RecursionError:
        file.problem(0, "nested too deeply")
    raise MapError(file.problems)


def _read(path: Path, file: MapFile) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            file.problem(0, f"larger than {_LARGEST // 1024 // 1024} MB")
        else:
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        file.problem(error.object.count(b"\n", 0, error.start) + 1, "no UTF-8 text")
    except FileNotFoundError:
        file.problem(0, "there is no such file; with --dry-run a proposal is written to it")
    except OSError as error:
        file.problem(0, error.strerror or "can't be read")
    raise MapError(file.problems)


def _is_empty(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NULLS


def _line(node: Any) -> int:
    line: int = node.start_mark.line
    return line + 1


def _known(names: Any, what: str) -> Callable[[str], str]:
    """Return what says why a name is none of some; nothing for one that is."""

    def check(name: str) -> str:
        return "" if name in names else f"no {what}; there are: {', '.join(names)}"

    return check


def _pairs(
    node: Any, file: MapFile, what: str, check: Callable[[str], str] = lambda _name: ""
) -> Iterator[tuple[Any, Any]]:
    """Yield names and values of a mapping; what is none of it is noted."""
    if not isinstance(node, yaml.MappingNode):
        file.problem(_line(node), f"{what} is written as names with a colon, each on its line")
        return
    lines: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            file.problem(_line(key), "a name is a text")
        elif wrong := check(key.value):
            file.problem(_line(key), f"“{key.value}” is {wrong}")
        elif key.value in lines:
            first = lines[key.value]
            file.problem(_line(key), f"“{key.value}” stands here twice, first in line {first}")
        else:
            lines[key.value] = _line(key)
            yield key, value


def _read_section(section: Section, node: Any, file: MapFile) -> None:
    check = _known(KEYS[section], f"key of {section}")
    for key, value in _pairs(node, file, section):
        values: dict[str, str] = {}
        lines: dict[str, int] = {}
        whole = f"what is wanted of “{key.value}”"
        for name, wanted in () if _is_empty(value) else _pairs(value, file, whole, check):
            lines[name.value] = _line(name)
            if text := _read_value(KEYS[section][name.value], name.value, wanted, file):
                values[name.value] = text
        file.wanted.append(Wanted(section, key.value, _line(key), values, lines))


def _read_value(read: Callable[[str], str], name: str, node: Any, file: MapFile) -> str:
    if not isinstance(node, yaml.ScalarNode):
        file.problem(_line(node), f"“{name}” is a text")
        return ""
    if _is_empty(node):
        return ""
    try:
        return read(node.value)
    except ValueError as error:
        file.problem(_line(node), f"“{name}” {error}, not “{read_text(node.value)[:60]}”")
        return ""
