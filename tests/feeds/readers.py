"""Readers that come back: what they ask, what they keep, and what they take to be new."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import feedparser
from django.test import Client
from django.utils import timezone


@dataclass(frozen=True)
class Read:
    """An item as a reader has it."""

    guid: str
    title: str
    link: str
    published: datetime


def read(content: bytes, path: str) -> list[Read]:
    """Return the items of a feed in its order, whatever its format."""
    if path.endswith("json/"):
        return [_of_json(item) for item in json.loads(content)["items"]]
    feed = feedparser.parse(content)
    assert feed.bozo == 0
    return [
        Read(one.id, one.title, one.link, datetime(*one.published_parsed[:6], tzinfo=UTC))
        for one in feed.entries
    ]


def _of_json(item: dict[str, Any]) -> Read:
    published = datetime.fromisoformat(item["date_published"])
    return Read(item["id"], item["title"], item.get("external_url") or item["url"], published)


@dataclass
class Subscriber:
    """Keeps guids, ETag and Last-Modified, and takes what has a guid that it does not know."""

    client: Client
    address: str
    headers: dict[str, str] = field(default_factory=dict)
    items: list[Read] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)

    def poll(self) -> int:
        """Ask once; return the status."""
        response = self.client.get(self.address, headers=self.headers)
        if response.status_code == 304:
            assert response.content == b""
            return 304
        assert response.status_code == 200
        self.headers = {
            "if-none-match": response["ETag"],
            "if-modified-since": response["Last-Modified"],
        }
        self.items = read(response.content, self.address)
        guids = [item.guid for item in self.items]
        assert len(set(guids)) == len(guids)
        self.arrived += [guid for guid in reversed(guids) if guid not in self.arrived]
        return 200


@dataclass
class Mailer:
    """Knows no guids: takes what is dated after `since`, which the last poll leaves behind."""

    client: Client
    address: str
    leaves: Callable[[list[Read], datetime], datetime]
    since: datetime
    sent: list[str] = field(default_factory=list)

    def poll(self) -> None:
        """Send what is new."""
        items = read(self.client.get(self.address).content, self.address)
        new = [item for item in items if item.published > self.since]
        self.sent += [item.guid for item in sorted(new, key=lambda item: item.published)]
        self.since = self.leaves(items, self.since)


def time_of_the_poll(items: list[Read], since: datetime) -> datetime:
    """As Mailchimp, MailerLite and others do: what is later than the last campaign."""
    return timezone.now()


def newest_item(items: list[Read], since: datetime) -> datetime:
    """What is later than the newest that was there last time."""
    return max([since, *(item.published for item in items)])
