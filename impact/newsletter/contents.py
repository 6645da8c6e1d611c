"""What a digest says, whatever it is written as: page, mail, plain text or Markdown. Free of the database."""

from dataclasses import dataclass
from datetime import datetime

from impact.pages.head import Picture


@dataclass(frozen=True)
class Line:
    """One thing to read: a title that leads somewhere, and a sentence.

    `url` is absolute, or empty for a line of the editor's own that leads nowhere. `publisher` is named where
    the line leads to another site. `key` is the entry's guid, empty for a line of the editor's own.
    `language` is set where it is not the digest's.
    """

    title: str
    url: str = ""
    sentence: str = ""
    image: Picture | None = None
    publisher: str = ""
    key: str = ""
    language: str = ""


@dataclass(frozen=True)
class Group:
    """Lines below one heading, in the editor's order; `words` is sanitised HTML that stands above them.

    The heading is empty where a group goes on after words. In a `roll` the lines are names, to be set in a
    row: the communities and supporters of the entries, thanked.
    """

    heading: str
    lines: tuple[Line, ...] = ()
    words: str = ""
    roll: bool = False


@dataclass(frozen=True)
class Sender:
    """The organisation as a mail shows it. `accent` is a colour as `#rrggbb` that white can be read on."""

    name: str
    url: str
    accent: str
    logo: Picture | None = None
    footer: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Digest:
    """A whole digest. Addresses are absolute; `introduction` and `closing` are sanitised HTML."""

    title: str
    url: str
    language: str
    sender: Sender
    published: datetime | None = None
    summary: str = ""
    introduction: str = ""
    lead: Line | None = None
    groups: tuple[Group, ...] = ()
    closing: str = ""
