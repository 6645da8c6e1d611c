"""Frozen dataclasses as JSON and back, by their annotations; strict, so that damage is noticed.

Text, numbers, booleans, decimals, dates and moments, other dataclasses, tuples of one kind, and any of
these or nothing. A field that is missing takes its default; one that is unknown is passed over.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class DamagedError(ValueError):
    """Stored data is not what it was written as; the text says where."""


def encode(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    # Plain types only: no text of an enumeration or of a lazy translation.
    if isinstance(value, Decimal | str):
        return str(value)
    return value


def decode(kind: type[T], data: Any, place: str = "") -> T:
    """Return the value of a type that some JSON holds. Raises `DamagedError`."""
    read: T = _decode(kind, data, place or kind.__name__)
    return read


def _decode(kind: Any, data: Any, place: str) -> Any:
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        return _optional(get_args(kind), data, place)
    if origin is tuple:
        if not isinstance(data, list):
            raise DamagedError(f"{place}: no list")
        item = get_args(kind)[0]
        return tuple(_decode(item, each, f"{place}[{n}]") for n, each in enumerate(data))
    if is_dataclass(kind):
        return _dataclass(kind, data, place)
    if kind in _TEXTUAL:
        return _textual(kind, data, place)
    # In Python a boolean is a number.
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise DamagedError(f"{place}: no {kind.__name__}")
    return data


def _optional(kinds: tuple[Any, ...], data: Any, place: str) -> Any:
    [kind] = [each for each in kinds if each is not type(None)]
    return None if data is None else _decode(kind, data, place)


def _dataclass(kind: Any, data: Any, place: str) -> Any:
    if not isinstance(data, Mapping):
        raise DamagedError(f"{place}: no object")
    found = {}
    for field in fields(kind):
        if field.name in data:
            hint = _hints(kind)[field.name]
            found[field.name] = _decode(hint, data[field.name], f"{place}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise DamagedError(f"{place}.{field.name}: missing")
    return kind(**found)


_TEXTUAL: Mapping[Any, Any] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
}


def _textual(kind: Any, data: Any, place: str) -> Any:
    if not isinstance(data, str):
        raise DamagedError(f"{place}: no text")
    try:
        value = _TEXTUAL[kind](data)
    except (ValueError, InvalidOperation) as error:
        raise DamagedError(f"{place}: {data[:40]!r} is no {kind.__name__}") from error
    if isinstance(value, Decimal) and not value.is_finite():
        raise DamagedError(f"{place}: no finite number")
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
