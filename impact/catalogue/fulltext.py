"""Full-text search of entries: one table, `catalogue_text`, in the form that each database is best at.

Words are found and folded here, not by the database, so that all databases find the same: accents and
case mean nothing, and a word is a run of letters and digits. Every word of a search must be there; one in
the title counts most, one in the summary more than one in the text.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from django.db import connection

WORD = re.compile(r"[^\W_]+")
# What a search may hold, and how much of a word counts.
MAX_WORDS = 16
MAX_LENGTH = 100

# Title, summary, everything else.
Texts = tuple[str, str, str]


class _Dialect(Protocol):
    """How a database stores and finds words: its statements, and their parameters."""

    create: tuple[str, ...]
    write: str
    forget: str
    read: str
    rank: str

    def stored(self, parts: list[list[str]]) -> tuple[str, ...]:
        """Return what is stored of the words of title, summary and text."""

    def keys(self, pks: Collection[int]) -> Any:
        """Return keys as one parameter."""

    def query(self, wanted: Iterable[str]) -> str:
        """Return a search for all of some words."""


class _PostgreSQL:
    """`tsvector`, written as the value itself, so that no text search configuration has a say."""

    create: tuple[str, ...] = (
        "CREATE TABLE catalogue_text (entry_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX catalogue_text_words ON catalogue_text USING gin (words)",
    )
    write = (
        "INSERT INTO catalogue_text (entry_id, words) VALUES (%s, %s::tsvector) "
        "ON CONFLICT (entry_id) DO UPDATE SET words = EXCLUDED.words"
    )
    forget = "DELETE FROM catalogue_text WHERE entry_id = ANY(%s)"
    read = (
        "SELECT entry_id, array_to_string(tsvector_to_array(words), ' ') "
        "FROM catalogue_text WHERE entry_id = ANY(%s)"
    )
    # The weights stand in PostgreSQL's order: the text (D), none (C), the summary (B), the title (A).
    rank = (
        "SELECT entry_id, ts_rank('{0.1, 0, 0.4, 1}', words, query) "
        "FROM catalogue_text, CAST(%s AS tsquery) query WHERE words @@ query"
    )

    def stored(self, parts: list[list[str]]) -> tuple[str, ...]:
        marks = (":1A", ":1B", "")
        words = (f"'{w}'{mark}" for part, mark in zip(parts, marks, strict=True) for w in part)
        return (" ".join(words),)

    def keys(self, pks: Collection[int]) -> Any:
        return list(pks)

    def query(self, wanted: Iterable[str]) -> str:
        return " & ".join(f"'{word}'" for word in wanted)


class _SQLite:
    """FTS5; the text comes as words with spaces between them, so its simplest tokenizer is right."""

    create: tuple[str, ...] = (
        "CREATE VIRTUAL TABLE catalogue_text USING fts5 (title, summary, body, tokenize='ascii')",
    )
    write = "REPLACE INTO catalogue_text (rowid, title, summary, body) VALUES (%s, %s, %s, %s)"
    forget = "DELETE FROM catalogue_text WHERE rowid IN (SELECT value FROM json_each(%s))"
    read = (
        "SELECT rowid, title || ' ' || summary || ' ' || body "
        "FROM catalogue_text WHERE rowid IN (SELECT value FROM json_each(%s))"
    )
    rank = (
        "SELECT rowid, -bm25(catalogue_text, 10.0, 4.0, 1.0) "
        "FROM catalogue_text WHERE catalogue_text MATCH %s"
    )

    def stored(self, parts: list[list[str]]) -> tuple[str, ...]:
        return tuple(" ".join(part) for part in parts)

    def keys(self, pks: Collection[int]) -> Any:
        return json.dumps(list(pks))

    def query(self, wanted: Iterable[str]) -> str:
        return " ".join(f'"{word}"' for word in wanted)


def _dialect() -> _Dialect:
    return _PostgreSQL() if connection.vendor == "postgresql" else _SQLite()


def words(text: str) -> list[str]:
    """Return the words of a text, folded, each once.

    >>> words("São Paulo, “São” PAULO & Straße")
    ['sao', 'paulo', 'strasse']
    """
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if unicodedata.category(c)[0] != "M").casefold()
    return list(dict.fromkeys(word[:MAX_LENGTH] for word in WORD.findall(bare)))


def write(texts: Mapping[int, Texts]) -> None:
    """Store the words of entries by their keys, each once, where it counts most."""
    dialect = _dialect()
    stored: list[tuple[Any, ...]] = []
    for pk, some in texts.items():
        seen: set[str] = set()
        parts = []
        for text in some:
            parts.append([word for word in words(text) if word not in seen])
            seen.update(parts[-1])
        stored.append((pk, *dialect.stored(parts)))
    if stored:
        with connection.cursor() as cursor:
            cursor.executemany(dialect.write, stored)


def forget(pks: Collection[int]) -> None:
    """Take the words of entries away."""
    dialect = _dialect()
    with connection.cursor() as cursor:
        cursor.execute(dialect.forget, [dialect.keys(pks)])


def read(pks: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the words that are stored of entries, by their keys."""
    dialect = _dialect()
    with connection.cursor() as cursor:
        cursor.execute(dialect.read, [dialect.keys(pks)])
        return {pk: frozenset(text.split()) for pk, text in cursor.fetchall()}


def ranks(wanted: Iterable[str]) -> dict[int, float]:
    """Return how well each entry matches that holds all of some words; one statement."""
    dialect = _dialect()
    with connection.cursor() as cursor:
        cursor.execute(dialect.rank, [dialect.query(wanted)])
        return dict(cursor.fetchall())


def statements_of_the_table() -> tuple[str, ...]:
    """Return what makes the table, for the migration."""
    return _dialect().create
