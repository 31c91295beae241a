"""Asking the index which rows hold some words: one small language for SQLite and for PostgreSQL.

A question is a tuple of words, all of which must be there; a word is a tuple of variants, any of which will do.
Everything is made from tokens of letters and digits alone, so that no text can be taken for an operator.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from lianbing.kit import bigrams

TABLE = "library_search_index"
Word = tuple[str, ...]
_SQLITE = f"SELECT %s, rowid FROM {TABLE} WHERE {TABLE} MATCH %s"
_POSTGRES = f"SELECT %s, id FROM {TABLE} WHERE words @@ %s::tsquery"


@dataclass(frozen=True)
class Ask:
    """All these words; `heading_only`: in the headings above an article, or in an entry's title."""

    words: tuple[Word, ...]
    heading_only: bool = False


def rows(asked: Sequence[Ask]) -> dict[Ask, list[int]]:
    """The rows that answer each: articles above 0, other entries below. One statement for them all."""
    sqlite = connection.vendor == "sqlite"
    join, one = (_sqlite, _SQLITE) if sqlite else (_postgres, _POSTGRES)
    found: dict[Ask, list[int]] = {ask: [] for ask in asked}
    statements: list[tuple[Ask, str]] = [
        (ask, text) for ask in found if (text := join(ask.words, ask.heading_only))
    ]
    if not statements:
        return found
    values = [value for number, (_ask, text) in enumerate(statements) for value in (number, text)]
    lists = [found[ask] for ask, _text in statements]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(statements)), values)
        for number, row in cursor.fetchall():
            lists[number].append(row)
    return found


def _sqlite(words: Sequence[Word], heading_only: bool) -> str:
    made = []
    for word in words:
        phrases = []
        for variant in word:
            tokens, begins = bigrams.phrase(variant)
            if tokens:
                phrases.append('"' + " ".join(tokens) + '"' + (" *" if begins else ""))
        if not phrases:
            return ""
        made.append(f"({' OR '.join(phrases)})")
    found = " AND ".join(made)
    return f"{{heading}} : ({found})" if heading_only and found else found


def _postgres(words: Sequence[Word], heading_only: bool) -> str:
    weight = "A" if heading_only else ""
    made = []
    for word in words:
        phrases = []
        for variant in word:
            tokens, begins = bigrams.phrase(variant)
            if tokens:
                marks = [weight] * (len(tokens) - 1) + [weight + ("*" if begins else "")]
                parts = [
                    f"'{token}':{mark}" if mark else f"'{token}'"
                    for token, mark in zip(tokens, marks, strict=True)
                ]
                phrases.append(f"({' <-> '.join(parts)})")
        if not phrases:
            return ""
        made.append(f"({' | '.join(phrases)})")
    return " & ".join(made)
