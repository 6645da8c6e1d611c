"""What an import has to say about its source, each with file and line."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from impact.portability.values import storable

Level = Literal["error", "warning", "notice"]


@dataclass(frozen=True)
class Message:
    """One finding; `line` is 1-based, 0 where it is about the whole file."""

    level: Level
    code: str
    file: str
    line: int
    text: str

    @property
    def place(self) -> str:
        """`content/blog/a/index.md:12`, as editors and terminals open it."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass
class Log:
    """Collects messages and counts while a source is read."""

    counts: Counter[str] = field(default_factory=Counter)
    # Ordered as found, and each once.
    _messages: dict[Message, None] = field(default_factory=dict)

    @property
    def messages(self) -> list[Message]:
        """All findings, in the order in which they were found."""
        return list(self._messages)

    def add(self, level: Level, code: str, file: str, line: int, text: str) -> None:
        """Keep a message once, however often it is found at its place."""
        # A finding may quote what can't be printed.
        self._messages[Message(level, code, file, line, storable(text))] = None

    def about(self, file: str) -> "FileLog":
        """Return a log whose messages are about one file."""
        return FileLog(self, file)

    def of(self, *codes: str) -> Iterator[Message]:
        """Yield the messages with one of the codes."""
        return (message for message in self._messages if message.code in codes)


@dataclass
class FileLog:
    """The log of one file; `offset` is added to line numbers that count from a part of it."""

    log: Log
    file: str
    offset: int = 0

    def error(self, code: str, text: str, line: int = 0) -> None:
        """Something that could not be imported."""
        self._add("error", code, text, line)

    def warning(self, code: str, text: str, line: int = 0) -> None:
        """Something that a person should look at."""
        self._add("warning", code, text, line)

    def notice(self, code: str, text: str, line: int = 0) -> None:
        """Something that was decided and is good to know."""
        self._add("notice", code, text, line)

    def count(self, name: str, by: int = 1) -> None:
        """Add to a count of the whole import."""
        self.log.counts[name] += by

    def _add(self, level: Level, code: str, text: str, line: int) -> None:
        self.log.add(level, code, self.file, line and line + self.offset, text)
