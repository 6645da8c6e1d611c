"""What an import would write, as plain data: pages, terms and files of one source."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from impact.portability.closed_years import Carried
from impact.portability.content import Block, RichText
from impact.portability.exact import Exact
from impact.portability.files import Files, PlannedPicture
from impact.portability.mapping import Mapping
from impact.portability.messages import Log
from impact.portability.old_addresses import OldAddresses
from impact.portability.source import Source
from impact.portability.terms import PlannedAuthor, PlannedCategory, PlannedTag
from impact.portability.vocabulary import Vocabulary

# Raised whenever the same source should give other pages, so that a further run brings them up to date.
VERSION = 3


@dataclass(frozen=True)
class PlannedPage:
    """What all pages share; old addresses are paths below the old site's root.

    `exact` is there for a page that an export wrote.
    """

    key: str
    file: str
    title: str
    slug: str
    summary: str = ""
    old_path: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    exact: Exact | None = None

    @property
    def fingerprint(self) -> str:
        """A hash of all that would be written; equal as long as nothing changed."""
        return sha256(f"{VERSION} {self!r}".encode()).hexdigest()


@dataclass(frozen=True)
class PlannedCommunity(PlannedPage):
    """A community page; `merged` has the keys of those that a map makes one with it."""

    description: RichText = field(default_factory=RichText)
    kind: str = "collaborator"
    website: str = ""
    logo: str = ""
    region: str = ""
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntryHead(PlannedPage):
    """What front matter alone says of an entry; its text has not been read."""

    moment: datetime | None = None
    updated: datetime | None = None
    featured: bool = False
    language: str = ""
    guid: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    external_url: str = ""

    @property
    def kind(self) -> Literal["story", "link"]:
        """The kind of entry."""
        is_link = self.exact.kind == "link" if self.exact else self.external_url
        return "link" if is_link else "story"


@dataclass(frozen=True)
class PlannedEntry(EntryHead):
    """A story, or a featured link when it has an `external_url`."""

    communities: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    publisher: str = ""
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class PlannedStandard(PlannedPage):
    """A plain page; `parent` is the key of the one that it stands below, if there is one."""

    parent: str = ""
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class PlannedRoundup(PlannedPage):
    """A yearly report; `closed` is there where its year is."""

    year: int = 0
    guid: str = ""
    lead: str = ""
    body: tuple[Block, ...] = ()
    # Not in the text that the hash is made of, so that open reports of earlier imports stay unchanged.
    closed: Carried | None = field(default=None, repr=False)

    @property
    def fingerprint(self) -> str:
        """A hash of all that would be written, with the record of the year."""
        if self.closed is None:
            return super().fingerprint
        return sha256(f"{super().fingerprint} {self.closed!r}".encode()).hexdigest()


# What is planned whole from the beginning, and what is read when it is written.
Light = PlannedCommunity | PlannedStandard | PlannedRoundup | EntryHead
Whole = PlannedCommunity | PlannedStandard | PlannedRoundup | PlannedEntry


@dataclass(frozen=True)
class KnownPage:
    """A page of an earlier import from another source: its key here, and its old addresses."""

    key: str
    title: str
    paths: tuple[str, ...]


@dataclass
class Plan:
    """All that would be written, with the texts of entries left on disk until they are asked for.

    A site of ten thousand posts is read one post at a time: `read` converts the text of one.
    """

    source: Source
    log: Log
    read: Callable[[EntryHead], PlannedEntry | None]
    files: Files = field(default_factory=Files)
    authors: list[PlannedAuthor] = field(default_factory=list)
    categories: list[PlannedCategory] = field(default_factory=list)
    communities: list[PlannedCommunity] = field(default_factory=list)
    entries: list[EntryHead] = field(default_factory=list)
    tags: list[PlannedTag] = field(default_factory=list)
    others: list[PlannedStandard | PlannedRoundup] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    addresses: OldAddresses = field(default_factory=OldAddresses)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    mapping: Mapping = field(default_factory=Mapping)

    @property
    def pages(self) -> list[Light]:
        """All pages, communities first."""
        return [*self.communities, *self.entries, *self.others]

    @property
    def accepted(self) -> list[EntryHead]:
        """The entries that have not been refused, by front matter or by text."""
        refused = set(self.refused)
        return [entry for entry in self.entries if entry.file not in refused]

    def whole(self, page: Light) -> Whole | None:
        """Return a page with its text; None when the text can't be read, which is then reported."""
        return self.read(page) if isinstance(page, EntryHead) else page

    @property
    def images(self) -> list[PlannedPicture]:
        """The pictures in use."""
        return list(self.files.images.values())
