"""The record of a closed year outside of a database: a data file, with what each of its keys stands for.

The file holds the record as the database does, with numbers of its own in place of keys, and lists of
names: entries by their identifiers, communities by their pages, the others by their slugs. A number without
a name is of something that stays behind; it is still counted.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from impact.metrics.figures import Figure
from impact.metrics.models import Direction, Precision, Unit, currency_fault
from impact.pages.quantities import Quantity
from impact.portability.values import storable
from impact.roundups.codec import DamagedError, decode, encode
from impact.roundups.facts import CATEGORY, OTHERS, TAG, Community, Entry, Named, Year
from impact.roundups.snapshot import VERSION, Closed
from impact.roundups.years import FIRST_YEAR, LAST_YEAR

# In the data of a Hugo site, which Hugo never publishes: a report may know of drafts.
FOLDER = "data/roundups"
# What stands for the picture that an entry has anyway.
LEAD = "@lead"

FORMAT = 1
_MOST_BYTES = 20_000_000
# More digits than any value or sum has.
_LARGEST = 24
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FILE = re.compile(r"[^/\\:]{1,255}")


@dataclass(frozen=True)
class Name:
    """What a number stands for."""

    key: int
    name: str


@dataclass(frozen=True)
class Carried:
    """A record on its way from one site to another."""

    format: int
    closed: Closed
    entries: tuple[Name, ...] = ()
    communities: tuple[Name, ...] = ()
    categories: tuple[Name, ...] = ()
    tags: tuple[Name, ...] = ()
    metrics: tuple[Name, ...] = ()
    authors: tuple[Name, ...] = ()
    pictures: tuple[Name, ...] = ()
    # Sections of the body, counted from 1.
    sections: tuple[Name, ...] = ()


def as_file(carried: Carried) -> str:
    """Return the text of the file."""
    return json.dumps(encode(carried), ensure_ascii=False, indent=1) + "\n"


def file_of(year: int) -> str:
    """Return where the record of a year stands in a site."""
    return f"{FOLDER}/{year}.json"


def read_file(path: Path, year: int) -> Carried:
    """Return the record of a year. Raises `DamagedError` for all that a report could not be shown with."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DamagedError("is too large")
        data = json.loads(path.read_text(encoding="utf-8"))
        carried = decode(Carried, data, "record")
        for reason in _faults(carried, year):
            raise DamagedError(reason)
    except DamagedError:
        raise
    except (ValueError, OSError, RecursionError) as error:
        raise DamagedError(f"can't be read: {error}") from error
    return carried


def _faults(carried: Carried, year: int) -> Iterator[str]:
    """Yield what is wrong with a record that has the right form."""
    closed = carried.closed
    if carried.format != FORMAT or closed.version != VERSION:
        yield f"format {carried.format} with version {closed.version} is not known"
    if closed.closed_at.tzinfo is None:
        yield "closed_at: no time zone"
    if closed.year.year != year:
        yield f"is of {closed.year.year}, the report of {year}"
    for picture in carried.pictures:
        if not _FILE.fullmatch(picture.name):
            yield f"{picture.name[:40]} is no file beside the page"
    for part in _parts(carried):
        if isinstance(part, str) and storable(part) != part:
            yield f"{part[:40]!r} can't be stored"
        elif isinstance(part, Quantity):
            yield from _faults_of_quantity(part)
        elif isinstance(part, Figure):
            yield from _faults_of_figure(part)
        elif isinstance(part, Named | Entry | Community):
            yield from _faults_of_name(part)
    yield from _faults_of_year(closed.year)


def _parts(value: Any) -> Iterator[Any]:
    """Yield a value with everything in it."""
    yield value
    inside: Iterable[Any] = ()
    if is_dataclass(value):
        inside = (getattr(value, field.name) for field in fields(value))
    elif isinstance(value, tuple):
        inside = value
    for part in inside:
        yield from _parts(part)


def _faults_of_quantity(quantity: Quantity) -> Iterator[str]:
    _sign, digits, exponent = quantity.value.as_tuple()
    if len(digits) > _LARGEST or not -_LARGEST < int(exponent) < _LARGEST:
        yield "a value is larger or finer than any"
    if quantity.precision not in Precision.values or quantity.unit not in Unit.values:
        yield f"{quantity.precision} {quantity.unit} is no kind of value"
    if currency_fault(quantity.unit, quantity.currency):
        yield f"{quantity.currency or quantity.unit} is no currency"


def _faults_of_figure(figure: Figure) -> Iterator[str]:
    if figure.direction not in Direction.values:
        yield f"{figure.direction} is no direction"
    if figure.source_url and not figure.source_url.startswith(("http://", "https://")):
        yield f"{figure.source_url[:40]} is no address"


def _faults_of_name(part: Named | Entry | Community) -> Iterator[str]:
    if isinstance(part, Named) and part.colour and not _COLOUR.fullmatch(part.colour):
        yield f"{part.colour[:40]} is no colour"
    if isinstance(part, Entry) and part.kind not in ("story", "link"):
        yield f"{part.kind} is no kind of entry"
    if isinstance(part, Community) and part.count < 0:
        yield "counts less than nothing"


def _faults_of_year(year: Year) -> Iterator[str]:
    if [month.number for month in year.months] not in ([], list(range(1, 13))):
        yield "the months are not those of a year"
    for section in year.sections:
        if section.kind not in (CATEGORY, TAG, OTHERS):
            yield f"{section.kind} is no kind of section"
        if section.kind == OTHERS and section.about:
            yield "what is left over is about something"
    counts = [section.count for section in year.sections] + [month.count for month in year.months]
    if min(counts, default=0) < 0:
        yield "counts less than nothing"
    for history in year.histories:
        years = [value.year for value in history.values]
        if years != sorted(set(years)) or not set(years) <= set(range(FIRST_YEAR, LAST_YEAR + 1)):
            yield "a history is not in order"
    if len(year.entry) < len(year.entries):
        yield "an entry stands twice in it"
