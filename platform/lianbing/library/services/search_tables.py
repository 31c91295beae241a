"""The table of the search index: SQLite's own full-text table, or a column of word positions on PostgreSQL.

It belongs to no model: an index has no fields, and Django would not know how to make it. It is made after
every migration, as the guards of official tables are, and can be thrown away and filled again at any time.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from lianbing.kit import bigrams
from lianbing.library.models import SearchedEdition, SearchEntry

TABLE = "library_search_index"
# The last place PostgreSQL keeps, and where the words of a text begin behind those of its headings.
LAST_PLACE, TEXT_FROM = 16383, 400
# A row of the index, the words of its headings (an entry's title), the words of its text.
Row = tuple[int, str, str]

_MAKE = {
    "sqlite": [
        (
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(heading, body, content='', "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
        )
    ],
    "postgresql": [
        f"CREATE TABLE IF NOT EXISTS {TABLE} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS {TABLE}_words ON {TABLE} USING gin (words) WITH (fastupdate = off)",
    ],
}
_EMPTY = {
    "sqlite": f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')",
    "postgresql": f"DELETE FROM {TABLE}",
}
_COUNT = {
    "sqlite": f"SELECT rowid >> 20, count(*) FROM {TABLE} WHERE rowid > 0 GROUP BY 1",
    "postgresql": f"SELECT id >> 20, count(*) FROM {TABLE} WHERE id > 0 GROUP BY 1",
}
_ENTRIES = {
    "sqlite": f"SELECT rowid FROM {TABLE} WHERE rowid < 0",
    "postgresql": f"SELECT id FROM {TABLE} WHERE id < 0",
}


def _connection(using: str = "default") -> BaseDatabaseWrapper:
    return connections[using]


def install(using: str = "default") -> None:
    """Make the table where it is missing; empty it where nothing is said to be in it (a flushed database)."""
    connection = _connection(using)
    present = set(connection.introspection.table_names())
    if not {SearchedEdition._meta.db_table, SearchEntry._meta.db_table} <= present:
        return
    with connection.cursor() as cursor:
        for statement in _MAKE[connection.vendor]:
            cursor.execute(statement)
    if not SearchedEdition.objects.using(using).exists() and not SearchEntry.objects.using(using).exists():
        clear(using)


def install_after_migrate(using: str, **kwargs: object) -> None:
    """Receiver of post_migrate, connected once by the library's AppConfig."""
    del kwargs
    install(using)


def clear(using: str = "default") -> None:
    """Empty the index."""
    connection = _connection(using)
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY[connection.vendor])


def put(rows: Iterable[Row]) -> None:
    """Add rows that are not there yet."""
    connection = _connection()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO {TABLE}(rowid, heading, body) VALUES (%s, %s, %s)",
                [(row, _heading(heading), _joined(text)) for row, heading, text in rows],
            )
        else:
            cursor.executemany(
                f"INSERT INTO {TABLE}(id, words) VALUES (%s, %s::tsvector) "
                "ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words",
                [(row, _vector(heading, text)) for row, heading, text in rows],
            )


def drop(rows: Sequence[Row]) -> None:
    """Take rows away. SQLite has to be told the words that were put there."""
    connection = _connection()
    with connection.cursor() as cursor:
        for row, heading, text in rows:
            if connection.vendor == "sqlite":
                cursor.execute(
                    f"INSERT INTO {TABLE}({TABLE}, rowid, heading, body) VALUES ('delete', %s, %s, %s)",
                    [row, _joined(heading), _joined(text)],
                )
            else:
                cursor.execute(f"DELETE FROM {TABLE} WHERE id = %s", [row])


def counts() -> dict[int, int]:
    """How many articles of each edition stand in the index, by the edition's key."""
    connection = _connection()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT[connection.vendor])
        return dict(cursor.fetchall())


def entries() -> set[int]:
    """The keys of the entries in the index."""
    connection = _connection()
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES[connection.vendor])
        return {-row for (row,) in cursor.fetchall()}


def _joined(text: str) -> str:
    return " ".join(bigrams.tokens(text))


@lru_cache(maxsize=64)
def _heading(text: str) -> str:
    """The words of a heading, which the articles under it share."""
    return _joined(text)


def _vector(heading: str, text: str) -> str:
    """The words with their places as PostgreSQL writes them: its own parser of text has no part in this."""
    words = [f"'{token}':{place}A" for place, token in enumerate(bigrams.tokens(heading)[: TEXT_FROM - 2], 1)]
    words += [
        f"'{token}':{place}B"
        for place, token in enumerate(bigrams.tokens(text)[: LAST_PLACE - TEXT_FROM], TEXT_FROM)
    ]
    return " ".join(words)
