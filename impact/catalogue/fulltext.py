"""Full-text search of entries: one table, `catalogue_text`, in the form that each database is best at.

Words are found and folded here, not by the database, so that all databases find the same: accents and
case mean nothing, and a word is a run of letters and digits. Every word of a search must be there, in one
of the forms that it is looked for in; one in the title counts most, one in the summary more than one in the
text, and the form that was asked for more than another. `catalogue_word` holds every word there is.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.db import connection

WORD = re.compile(r"[^\W_]+")
# What a search may hold, and how much of a word counts.
MAX_WORDS = 16
MAX_LENGTH = 100
# What a word is worth in title, summary and text.
TITLE, SUMMARY, TEXT = 10, 4, 1
# Greater than every word that begins with what stands before it.
_LAST = "\U0010ffff"

# Title, summary, everything else.
Texts = tuple[str, str, str]
# Of each word of a search the forms that may stand for it, the one that was asked for first.
Sought = tuple[tuple[str, ...], ...]


class _Dialect(Protocol):
    """How a database stores and finds words: its statements, and their parameters."""

    create: tuple[str, ...]
    write: str
    forget: str
    read: str
    texts: str
    learn: str
    known: str
    titled: str

    def stored(self, parts: list[list[str]]) -> tuple[str, ...]:
        """Return what is stored of the words of title, summary and text."""

    def several(self, values: Collection[Any]) -> Any:
        """Return keys or words as one parameter."""

    def rank(self, sought: Sought) -> tuple[str, list[Any]]:
        """Return a statement that gives keys with what adds up to their ranks, and its parameters."""

    def beginning(self, sought: Sequence[str]) -> str:
        """Return a search for all of some words in titles, the last of them by its beginning."""


class _PostgreSQL:
    """`tsvector`, written as the value itself, so that no text search configuration has a say."""

    create: tuple[str, ...] = (
        (
            "CREATE TABLE catalogue_text "
            "(entry_id bigint PRIMARY KEY, words tsvector NOT NULL, source text NOT NULL)"
        ),
        "CREATE INDEX catalogue_text_words ON catalogue_text USING gin (words)",
        'CREATE TABLE catalogue_word (word text COLLATE "C" PRIMARY KEY)',
    )
    write = (
        "INSERT INTO catalogue_text (entry_id, words, source) VALUES (%s, %s::tsvector, %s) "
        "ON CONFLICT (entry_id) DO UPDATE SET words = EXCLUDED.words, source = EXCLUDED.source"
    )
    forget = "DELETE FROM catalogue_text WHERE entry_id = ANY(%s)"
    read = (
        "SELECT entry_id, array_to_string(tsvector_to_array(words), ' '), source "
        "FROM catalogue_text WHERE entry_id = ANY(%s)"
    )
    texts = "SELECT entry_id, source FROM catalogue_text WHERE entry_id = ANY(%s)"
    learn = (
        "INSERT INTO catalogue_word (word) SELECT unnest(%s::text[]) ON CONFLICT (word) DO NOTHING"
    )
    known = "SELECT word FROM catalogue_word WHERE word = ANY(%s)"
    titled = "SELECT entry_id FROM catalogue_text WHERE words @@ CAST(%s AS tsquery) LIMIT %s"

    def stored(self, parts: list[list[str]]) -> tuple[str, ...]:
        marks = (":1A", ":1B", "")
        words = (f"'{w}'{mark}" for part, mark in zip(parts, marks, strict=True) for w in part)
        return (" ".join(words),)

    def several(self, values: Collection[Any]) -> Any:
        return list(values)

    def rank(self, sought: Sought) -> tuple[str, list[Any]]:
        # The weights stand in PostgreSQL's order: the text (D), none (C), the summary (B), the title (A).
        # None is above 1. Of alternatives `ts_rank` gives the mean of what each is worth, over a constant.
        weights = f"'{{{TEXT / TITLE}, 0, {SUMMARY / TITLE}, 1}}'"
        one = f"ts_rank({weights}, words, CAST(%s AS tsquery)) * %s"
        exact = dict.fromkeys(forms[0] for forms in sought)
        every = dict.fromkeys(form for forms in sought for form in forms)
        asked = [exact] if len(exact) == len(every) else [exact, every]
        params: list[Any] = []
        for words in asked:
            params += [self._any(words), 1000 * len(words)]
        query = " & ".join(f"({self._any(forms)})" for forms in sought)
        rank = f"CAST({' + '.join([one] * len(asked))} AS integer)"
        statement = (
            f"SELECT entry_id, {rank} FROM catalogue_text WHERE words @@ CAST(%s AS tsquery)"  # noqa: S608
        )
        return statement, [*params, query]

    def beginning(self, sought: Sequence[str]) -> str:
        *whole, last = (f"'{word}'" for word in sought)
        return " & ".join([*(f"{word}:A" for word in whole), f"{last}:*A"])

    def _any(self, words: Iterable[str]) -> str:
        return " | ".join(f"'{word}'" for word in words)


class _SQLite:
    """FTS5; the text comes as words with spaces around them, so its simplest tokenizer is right."""

    create: tuple[str, ...] = (
        (
            "CREATE VIRTUAL TABLE catalogue_text "
            "USING fts5 (title, summary, body, source UNINDEXED, tokenize='ascii')"
        ),
        "CREATE TABLE catalogue_word (word text PRIMARY KEY) WITHOUT ROWID",
    )
    write = (
        "REPLACE INTO catalogue_text (rowid, title, summary, body, source) "
        "VALUES (%s, %s, %s, %s, %s)"
    )
    forget = "DELETE FROM catalogue_text WHERE rowid IN (SELECT value FROM json_each(%s))"
    read = (
        "SELECT rowid, title || ' ' || summary || ' ' || body, source "
        "FROM catalogue_text WHERE rowid IN (SELECT value FROM json_each(%s))"
    )
    texts = (
        "SELECT rowid, source FROM catalogue_text WHERE rowid IN (SELECT value FROM json_each(%s))"
    )
    learn = "INSERT OR IGNORE INTO catalogue_word (word) SELECT value FROM json_each(%s)"
    known = "SELECT word FROM catalogue_word WHERE word IN (SELECT value FROM json_each(%s))"
    titled = (
        "SELECT rowid FROM catalogue_text WHERE catalogue_text MATCH %s "
        "ORDER BY rowid DESC LIMIT %s"
    )

    def stored(self, parts: list[list[str]]) -> tuple[str, ...]:
        return tuple(f" {' '.join(part)} " for part in parts)

    def several(self, values: Collection[Any]) -> Any:
        return json.dumps(list(values))

    def rank(self, sought: Sought) -> tuple[str, list[Any]]:
        # Not `bm25`: it weighs how rare a word is and how long a text, so that a title need not come first.
        # Each word is stored in one column, so each part gives other entries, and reads no text.
        part = "SELECT rowid, %s FROM catalogue_text WHERE catalogue_text MATCH %s"
        params: list[Any] = []
        for number, forms in enumerate(sought):
            others = [f" AND ({self._any(some)})" for n, some in enumerate(sought) if n != number]
            for form in forms:
                for column, worth in (("title", TITLE), ("summary", SUMMARY), ("body", TEXT)):
                    params.append(worth * (2 if form == forms[0] else 1))
                    params.append(f'({column} : "{form}"){"".join(others)}')
        return " UNION ALL ".join([part] * (len(params) // 2)), params

    def beginning(self, sought: Sequence[str]) -> str:
        words = " AND ".join(f'"{word}"' for word in sought)
        return f"title : ({words} *)"

    def _any(self, words: Iterable[str]) -> str:
        return " OR ".join(f'"{word}"' for word in words)


def _dialect() -> _Dialect:
    return _PostgreSQL() if connection.vendor == "postgresql" else _SQLite()


def words(text: str) -> list[str]:
    """Return the words of a text, folded, each once.

    >>> words("São Paulo, “São” PAULO & Straße")
    ['sao', 'paulo', 'strasse']
    """
    return list(dict.fromkeys(word[:MAX_LENGTH] for word in WORD.findall(folded(text))))


def folded(text: str) -> str:
    """Return a text without accents and capitals.

    >>> folded("São Straße")
    'sao strasse'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if unicodedata.category(c)[0] != "M").casefold()


def write(texts: Mapping[int, Texts]) -> None:
    """Store the words of entries by their keys, each once, where it counts most; and the text itself."""
    dialect = _dialect()
    stored: list[tuple[Any, ...]] = []
    every: set[str] = set()
    for pk, some in texts.items():
        seen: set[str] = set()
        parts = []
        for text in some:
            parts.append([word for word in words(text) if word not in seen])
            seen.update(parts[-1])
        every |= seen
        stored.append((pk, *dialect.stored(parts), source(some)))
    if stored:
        with connection.cursor() as cursor:
            cursor.executemany(dialect.write, stored)
            cursor.execute(dialect.learn, [dialect.several(sorted(every))])


def source(texts: Texts) -> str:
    """Return what is stored to quote from: the text below title and summary, in one line."""
    return " ".join(texts[2].replace("\x00", "").split())


def forget(pks: Collection[int]) -> None:
    """Take the words of entries away."""
    dialect = _dialect()
    with connection.cursor() as cursor:
        cursor.execute(dialect.forget, [dialect.several(pks)])


def read(pks: Collection[int]) -> dict[int, tuple[frozenset[str], str]]:
    """Return the words that are stored of entries, and their texts, by their keys; one statement."""
    dialect = _dialect()
    with connection.cursor() as cursor:
        cursor.execute(dialect.read, [dialect.several(pks)])
        return {pk: (frozenset(held.split()), text) for pk, held, text in cursor.fetchall()}


def texts(pks: Collection[int]) -> dict[int, str]:
    """Return the texts to quote from of entries, by their keys; one statement."""
    dialect = _dialect()
    return dict(_rows(dialect.texts, [dialect.several(pks)]))


def known(some: Collection[str]) -> set[str]:
    """Return those of some words that any entry has or had; one statement."""
    dialect = _dialect()
    return {word for (word,) in _rows(dialect.known, [dialect.several(some)])}


def alike(word: str) -> list[str]:
    """Return words of about the same length that begin with one of a word's first two letters."""
    starts = list(dict.fromkeys(word[:2]))
    ranges = " OR ".join(["word >= %s AND word < %s"] * len(starts))
    params: list[Any] = [len(word) - 1, len(word) + 1]
    for start in starts:
        params += [start, start + _LAST]
    found = _rows(
        "SELECT word FROM catalogue_word "  # noqa: S608
        f"WHERE length(word) BETWEEN %s AND %s AND ({ranges})",
        params,
    )
    return [one for (one,) in found]


def ranks(sought: Sought) -> dict[int, float]:
    """Return how well each entry matches that holds one form of every word; one statement."""
    found: dict[int, float] = {}
    for pk, worth in _rows(*_dialect().rank(sought)):
        found[pk] = found.get(pk, 0) + worth
    return found


def titled(sought: Sequence[str], limit: int) -> list[int]:
    """Return at most so many entries whose titles hold some words, the last of them by its beginning."""
    dialect = _dialect()
    return [pk for (pk,) in _rows(dialect.titled, [dialect.beginning(sought), limit])]


def _rows(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def statements_of_the_tables() -> tuple[str, ...]:
    """Return what makes the tables, for the migration."""
    return _dialect().create
