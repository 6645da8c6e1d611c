"""The record of a closed year: what the report showed on the day, as JSON in a field of the page."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from impact.roundups.codec import DamagedError, decode, encode
from impact.roundups.facts import Year

log = logging.getLogger(__name__)

VERSION = 1


@dataclass(frozen=True)
class Closed:
    """A year as it was closed, and when that was."""

    version: int
    closed_at: datetime
    year: Year


def write(year: Year, closed_at: datetime) -> dict[str, Any]:
    """Return the record of a year."""
    record: dict[str, Any] = encode(Closed(VERSION, closed_at, year))
    return record


def read(data: Any) -> Closed | None:
    """Return what a record holds; None where there is none, or none that can be read.

    A report whose record is damaged, or of a later version than this one knows, is shown as an open one.
    """
    if not data:
        return None
    try:
        closed = decode(Closed, data, "snapshot")
        if not 1 <= closed.version <= VERSION:
            raise DamagedError(f"version {closed.version} is not known")
        if closed.closed_at.tzinfo is None:
            raise DamagedError("snapshot.closed_at: no time zone")
    except DamagedError as error:
        log.warning("The record of a closed year can't be read: %s", error)
        return None
    return closed
