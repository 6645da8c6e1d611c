"""What a feed says, whatever its format: a channel and its items, free of the database."""

import re
from dataclasses import dataclass, fields
from datetime import datetime

from impact.pages.head import Picture

# What XML 1.0 has no way to write, not even escaped (its production 2, `Char`).
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Return the text without characters that XML can't carry.

    >>> legal("a\\x00b\\x0bc")
    'abc'
    """
    return ILLEGAL.sub("", text)


class _Legal:
    """Keeps illegal characters out of every text of a frozen dataclass."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, legal(value))
            elif isinstance(value, tuple) and value and isinstance(value[0], str):
                object.__setattr__(self, field.name, tuple(legal(text) for text in value))


@dataclass(frozen=True)
class Item(_Legal):
    """One thing in a feed. Addresses are absolute, `summary` is plain text.

    `html` is sanitised, and None where the feed is to carry summaries alone.
    `url` is where the item leads: for a featured link, the publisher's page; `page_url` is always here.
    """

    guid: str
    title: str
    url: str
    page_url: str
    summary: str
    html: str | None
    published: datetime
    updated: datetime
    language: str
    authors: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    image: Picture | None = None

    @property
    def outbound(self) -> bool:
        """Whether the item leads to another site."""
        return self.url != self.page_url

    @property
    def categories(self) -> tuple[str, ...]:
        """Category and tags, each once."""
        return tuple(dict.fromkeys(name for name in (self.category, *self.tags) if name))


@dataclass(frozen=True)
class Channel(_Legal):
    """A feed: whose it is, where it lives, and its items, newest first.

    `hub` is the address of the WebSub hub that is told of its changes, empty where none is.
    """

    guid: str
    title: str
    description: str
    home_url: str
    feed_url: str
    language: str
    publisher: str
    updated: datetime
    items: tuple[Item, ...] = ()
    hub: str = ""
