"""What a list of entries needs to know of each one: a card, free of the database."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from impact.media.models import ImpactImage

Kind = Literal["story", "link"]


@dataclass(frozen=True)
class Label:
    """A named thing with an address: a community, a category, a tag."""

    name: str
    slug: str
    url: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Card:
    """An entry in a list. `url` is where the card leads: for a link, the publisher's page."""

    slug: str
    kind: Kind
    title: str
    summary: str
    url: str
    date: date
    category: Label | None = None
    communities: tuple[Label, ...] = ()
    image: "ImpactImage | None" = None
    publisher: str = ""
    featured: bool = False
    language: str = ""
    # Of what a search found: the title with the words marked, and the passage that holds them.
    marked_title: SafeString | None = None
    excerpt: SafeString | None = None
    # Its markup, by the ways in which it has been shown. Cards that say the same may share it.
    written: dict[Hashable, SafeString] = field(default_factory=dict, repr=False, compare=False)

    @property
    def outbound(self) -> bool:
        """Whether the card leads to another site."""
        return self.kind == "link"
