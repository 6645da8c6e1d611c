"""What an import would write, as plain data: pages, terms and files of one source."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from impact.portability.content import Block, RichText
from impact.portability.files import Files, PlannedFile
from impact.portability.messages import Log
from impact.portability.source import Source
from impact.portability.terms import PlannedAuthor, PlannedCategory

# Raised whenever the same source should give other pages, so that a further run brings them up to date.
VERSION = 1


@dataclass(frozen=True)
class PlannedPage:
    """What communities and entries share."""

    key: str
    file: str
    title: str
    slug: str
    summary: str

    @property
    def fingerprint(self) -> str:
        """A hash of all that would be written; equal as long as nothing changed."""
        return sha256(f"{VERSION} {self!r}".encode()).hexdigest()


@dataclass(frozen=True)
class PlannedCommunity(PlannedPage):
    """A community page."""

    description: RichText = field(default_factory=RichText)
    kind: str = "collaborator"
    website: str = ""
    logo: str = ""


@dataclass(frozen=True)
class PlannedEntry(PlannedPage):
    """A story, or a featured link when it has an `external_url`."""

    moment: datetime | None = None
    updated: datetime | None = None
    draft: bool = False
    featured: bool = False
    language: str = ""
    guid: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    communities: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    external_url: str = ""
    publisher: str = ""
    body: tuple[Block, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def kind(self) -> Literal["story", "link"]:
        """The kind of entry."""
        return "link" if self.external_url else "story"


@dataclass(frozen=True)
class KnownPage:
    """A page of an earlier import from another source: its key here, and its old addresses."""

    key: str
    title: str
    paths: tuple[str, ...]


@dataclass
class Plan:
    """All of it."""

    source: Source
    log: Log
    files: Files = field(default_factory=Files)
    authors: list[PlannedAuthor] = field(default_factory=list)
    categories: list[PlannedCategory] = field(default_factory=list)
    communities: list[PlannedCommunity] = field(default_factory=list)
    entries: list[PlannedEntry] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def pages(self) -> "list[PlannedCommunity | PlannedEntry]":
        """All pages, communities first."""
        return [*self.communities, *self.entries]

    @property
    def images(self) -> list[PlannedFile]:
        """The pictures in use."""
        return list(self.files.images.values())
