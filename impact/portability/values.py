"""Values of front matter, whichever way they were written."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})"
    r"(?:[Tt ]\s*(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?"
    r"\s*(?P<zone>[Zz]|UTC|[+-]\d{2}:?\d{2})?)?"
)
_WRITTEN = ("%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%a, %d %b %Y")
_NOT_STORABLE = {0: " ", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
# Letters that Unicode doesn't take apart into a plain one and an accent.
_BARE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_SEPARATORS = re.compile(r"\s*(?:,|;|\s&\s|\sand\s|\s\+\s)\s*")


def read_moment(value: Any) -> datetime | None:
    """Return the moment that a date means, in the zone it was written in (else UTC); None for none.

    Raises `ValueError` for what is no date.

    >>> read_moment("2024-11-18T12:55:20-0800").date().isoformat()
    '2024-11-18'
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    elif isinstance(value, date):
        moment = datetime.combine(value, time(), UTC)
    elif isinstance(value, str):
        moment = _read_text(value.strip())
    else:
        # Not shown: a few lines of YAML can mean a list of millions.
        raise ValueError(f"a {type(value).__name__} is no date")
    if not date.min.year < moment.year < date.max.year:
        # Another time zone's calendar would not reach that far.
        raise ValueError(f"the year {moment.year} is no date")
    return moment


def _read_text(text: str) -> datetime:
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match["day"].split("-"))
        hour, minute, second = _clock(match["time"])
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match["zone"]))
    for pattern in _WRITTEN:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise ValueError(f"{text[:40]!r} is no date")


def _clock(text: str | None) -> tuple[int, int, int]:
    parts = [int(part) for part in text.split(":")] if text else []
    hour, minute, second = (*parts, 0, 0, 0)[:3]
    return hour, minute, second


def _zone(text: str | None) -> timezone:
    if not text or text in {"Z", "z", "UTC"}:
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def read_list(value: Any) -> list[str]:
    """Return the strings of a list, or of one string; empty ones are left out, each stands once."""
    items: Iterable[Any] = value if isinstance(value, (list, tuple)) else [value]
    texts = [read_text(item) for item in items]
    return list(dict.fromkeys(text for text in texts if text))


def read_text(value: Any) -> str:
    """Return a scalar as text in one line; nothing for lists and the like."""
    if value is None or isinstance(value, (list, dict)):
        return ""
    return " ".join(storable(str(value)).split())


def storable(text: str) -> str:
    """Return text without what no database keeps: NUL, and halves of characters (surrogates)."""
    return text.translate(_NOT_STORABLE)


def read_flag(value: Any) -> bool:
    """Return whether a value says yes."""
    return value is True or (isinstance(value, str) and value.strip().lower() in {"true", "yes"})


def read_names(value: Any) -> list[str]:
    """Return the people of a list, or of one value, each a text or a mapping that has a name.

    >>> read_names([{"name": "Ada Bee", "email": "ada@bee.example"}, "Cy Dee"])
    ['Ada Bee', 'Cy Dee']
    """
    items = value if isinstance(value, (list, tuple)) else [value]
    return read_list([_named(item) for item in items])


def _named(value: Any) -> str:
    if not isinstance(value, dict):
        return read_text(value)
    parts = {str(key).casefold(): read_text(part) for key, part in value.items()}
    whole = parts.get("name") or parts.get("title") or parts.get("author")
    if whole:
        return whole
    first = parts.get("given") or parts.get("first") or parts.get("first_name", "")
    last = parts.get("family") or parts.get("last") or parts.get("last_name", "")
    return f"{first} {last}".strip()


def read_language(text: str) -> str:
    """Return a language code in the usual case; empty for an empty text.

    Raises `ValueError` for what is no code.

    >>> read_language("pt_br")
    'pt-BR'
    """
    code = text.strip().replace("_", "-")
    if not code:
        return ""
    if not _LANGUAGE.fullmatch(code) or len(code) > 35:
        raise ValueError(f"“{text[:40]}” is no language code")
    first, *rest = code.lower().split("-")
    return "-".join([first, *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    """A script has four letters, a region two: `zh-Hant-TW`."""
    return part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part


def split_names(text: str) -> list[str]:
    """Return the people named in one string: `"Ada Bee, Cy Dee and Eve"`."""
    return [name for name in _SEPARATORS.split(text.strip()) if name]


def name_key(name: str) -> str:
    """Return what all spellings of a name share: no case, no accents, no order of its words."""
    decomposed = unicodedata.normalize("NFKD", name.replace(",", " "))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join(sorted(re.findall(r"\w+", bare.translate(_BARE))))


def differ_by_a_letter(one: str, other: str) -> bool:
    """Return whether two texts are one insertion, deletion or replacement apart."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    start = next((n for n, c in enumerate(one) if c != other[n]), len(one))
    same_length = len(one) == len(other)
    return one[start + same_length :] == other[start + 1 :]


def humanise(text: str) -> str:
    """Return a file's or term's name as words: `"community-impact"` → `"community impact"`."""
    return " ".join(re.sub(r"[-_]+", " ", text).split())
