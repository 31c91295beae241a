"""The raw SQL of what pads send, for SQLite and PostgreSQL. The ORM's compilation alone costs more than the budget."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

MOST_IN_INSERT = 400
_THROUGH = """
SELECT (SELECT COUNT(*) FROM contests_padanswer WHERE match_id = %s AND turn = %s AND party >= 'a' AND party < 'b')
    >= (SELECT COUNT(*) FROM contests_seat
        WHERE match_id = %s AND role = 'audience' AND code = '' AND withdrawn_at IS NULL)"""


@lru_cache(maxsize=8)
def _columns(model: type[Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


def insert_new(rows: Sequence[Model]) -> int:
    """Insert rows of one model; those whose unique key is taken are passed over. Returns how many were new."""
    if not rows:
        return 0
    model = type(rows[0])
    fields = _columns(model)
    names = ",".join(connection.ops.quote_name(field.column) for field in fields)
    place = f"({','.join(['%s'] * len(fields))})"
    table, stored = connection.ops.quote_name(model._meta.db_table), 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), MOST_IN_INSERT):
            part = rows[start : start + MOST_IN_INSERT]
            values = [
                field.get_db_prep_save(getattr(row, field.attname), connection)
                for row in part
                for field in fields
            ]
            cursor.execute(
                f"INSERT INTO {table} ({names}) VALUES {','.join([place] * len(part))} ON CONFLICT DO NOTHING",
                values,
            )
            stored += cursor.rowcount
    return stored


def crowd_is_through(match: int, turn: int) -> bool:
    """Whether as many of the audience have answered a turn as pads are there. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_THROUGH, [match, turn, match])
        (done,) = cursor.fetchone()
    return bool(done)
