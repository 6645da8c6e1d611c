"""The comparator of the index: all facet counts in one SQL statement, from flat tables of its own.

PostgreSQL: a narrow row an entry with `int[]` under GIN. SQLite, which has no arrays: a narrow covering
table of values beside the row. Both have the covering indexes that suit the filter that is measured.
"""

from django.db import connection

Counts = dict[str, dict[str, int]]

SINGLE = ("year", "category", "kind")
MULTIPLE = ("community", "tag", "author")

_POSTGRESQL = """
    DROP TABLE IF EXISTS bench_flat;
    CREATE TABLE bench_flat AS
        SELECT entry_id, (filing->'year'->>0)::int AS year, (filing->'category'->>0)::int AS category, kind,
            ARRAY(SELECT jsonb_array_elements_text(filing->'community')::int) AS community,
            ARRAY(SELECT jsonb_array_elements_text(filing->'tag')::int) AS tag,
            ARRAY(SELECT jsonb_array_elements_text(filing->'author')::int) AS author
        FROM catalogue_entryrow WHERE public ORDER BY date DESC;
    CREATE INDEX ON bench_flat (category, year);
    CREATE INDEX ON bench_flat (year, category);
    CREATE INDEX ON bench_flat USING gin (community, tag, author)
"""
_POSTGRESQL_COUNTS = " UNION ALL ".join(
    [
        """WITH chosen AS MATERIALIZED (
            SELECT kind, community, tag, author FROM bench_flat
            WHERE year = %(year)s AND category = %(category)s)
        SELECT 'year', year::text, count(*) FROM bench_flat
            WHERE category = %(category)s GROUP BY year""",
        """SELECT 'category', category::text, count(*) FROM bench_flat
            WHERE year = %(year)s GROUP BY category""",
        "SELECT 'kind', kind, count(*) FROM chosen GROUP BY kind",
        *(
            f"SELECT '{facet}', value::text, count(*) FROM chosen, unnest({facet}) value GROUP BY value"  # noqa: S608
            for facet in MULTIPLE
        ),
    ]
)
_SQLITE = """
    DROP TABLE IF EXISTS bench_flat;
    CREATE TABLE bench_flat (entry_id INTEGER PRIMARY KEY, year INTEGER, category INTEGER, kind TEXT);
    INSERT INTO bench_flat SELECT entry_id, filing->>'$.year[0]', filing->>'$.category[0]', kind
        FROM catalogue_entryrow WHERE public;
    CREATE INDEX bench_flat_category ON bench_flat (category, year, kind);
    CREATE INDEX bench_flat_year ON bench_flat (year, category, kind);
    DROP TABLE IF EXISTS bench_filing;
    CREATE TABLE bench_filing (entry_id INTEGER, facet TEXT, value INTEGER,
        PRIMARY KEY (entry_id, facet, value)) WITHOUT ROWID;
    INSERT INTO bench_filing SELECT entry_id, facet.key, one.value
        FROM catalogue_entryrow, json_each(filing) facet, json_each(facet.value) one
        WHERE public AND facet.key IN ('community', 'tag', 'author');
    ANALYZE bench_flat;
    ANALYZE bench_filing
"""
_SQLITE_COUNTS = """
    SELECT 'year', year, count(*) FROM bench_flat WHERE category = %(category)s GROUP BY year
    UNION ALL
    SELECT 'category', category, count(*) FROM bench_flat WHERE year = %(year)s GROUP BY category
    UNION ALL
    SELECT 'kind', kind, count(*) FROM bench_flat
        WHERE year = %(year)s AND category = %(category)s GROUP BY kind
    UNION ALL
    SELECT facet, value, count(*) FROM bench_flat CROSS JOIN bench_filing USING (entry_id)
        WHERE year = %(year)s AND category = %(category)s GROUP BY facet, value
"""


def build() -> None:
    """Make the tables anew from the rows of the read model."""
    script = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for statement in script.split(";"):
            cursor.execute(statement)
        # As a table is that has stood for a while; inside a transaction there is no tidying up.
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            cursor.execute("VACUUM ANALYZE bench_flat")


def counts(year: int, category: int) -> Counts:
    """Return how many entries there are with each value: a facet's counts ignore its own choice."""
    statement = _POSTGRESQL_COUNTS if connection.vendor == "postgresql" else _SQLITE_COUNTS
    found: Counts = {facet: {} for facet in (*SINGLE, *MULTIPLE)}
    with connection.cursor() as cursor:
        cursor.execute(statement, {"year": year, "category": category})
        for facet, value, number in cursor.fetchall():
            found[facet][str(value)] = number
    return found
