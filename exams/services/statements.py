"""The raw SQL of the save path, for SQLite and PostgreSQL: one read, one insert, one update.

Why raw: a save must cost a small multiple of the bare upsert (see the performance budgets), and the
ORM's compilation alone costs more than that. Every statement runs inside the caller's transaction. The
attempt's row is locked by the read: `FOR UPDATE OF a` on PostgreSQL; on SQLite the transaction itself
began IMMEDIATE and excludes every other writer.
"""

import datetime
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

_READ = """
SELECT a.id, a.uid, a.state, a.lease, a.holder_client, a.started_at, a.deadline, a.answers, a.flags, a.ledger,
       a.answers_sha256, a.receipt_number, a.submitted_at, a.submitted_how,
       a.user_id, u.auth_epoch, u.is_active, s.grace_seconds, s.id, s.marking_rule,
       p.items, p.sections, p.seed, c.name, c.staff_number
FROM exams_attempt a
JOIN people_user u ON u.id = a.user_id
JOIN exams_candidate c ON c.id = a.candidate_id
JOIN exams_sitting s ON s.id = c.sitting_id
JOIN exams_paper p ON p.candidate_id = c.id
WHERE a.uid = %s"""
_INSERT = (
    "INSERT INTO exams_answerevent"
    " (attempt_id, writer, seq, item, value, lease, at_ms, mono_ms, fate) VALUES "
)
_UPDATE = """
UPDATE exams_attempt SET answers = %s, flags = %s, ledger = %s, answers_sha256 = %s, last_saved_at = %s
WHERE id = %s AND state = 'open' AND lease = %s"""


@dataclass(slots=True)
class Row:
    """An attempt as the save path sees it. The three JSON columns are still text."""

    id: int
    uid: uuid.UUID
    state: str
    lease: int
    holder_client: str
    started_at: datetime.datetime
    deadline: datetime.datetime
    answers: str
    flags: str
    ledger: str
    answers_sha256: str
    receipt_number: str | None
    submitted_at: datetime.datetime | None
    submitted_how: str
    user_id: int
    auth_epoch: int
    is_active: bool
    grace_seconds: int
    sitting_id: int
    marking_rule: str
    paper_items: str
    paper_sections: str
    paper_seed: str
    candidate_name: str
    staff_number: str

    @property
    def who(self) -> str:
        """The candidate as the audit trail names them."""
        return f"{self.candidate_name} ({self.staff_number})"


def _moment(raw: datetime.datetime | None) -> Any:
    """SQLite keeps moments in UTC without saying so; PostgreSQL gives them aware."""
    return raw.replace(tzinfo=datetime.UTC) if raw is not None and raw.tzinfo is None else raw


def read(uid: uuid.UUID, *, lock: bool) -> Row | None:
    """The attempt with this uid, locked for writing when asked, or None."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_READ + (" FOR UPDATE OF a" if lock and postgresql else ""), [uid.hex])
        found = cursor.fetchone()
    if found is None:
        return None
    row = Row(*found)
    row.started_at, row.deadline, row.submitted_at = map(
        _moment, (row.started_at, row.deadline, row.submitted_at)
    )
    row.uid = uid
    return row


def insert_events(rows: Sequence[tuple[Any, ...]]) -> None:
    """Append events (attempt, writer, seq, item, value, lease, at_ms, mono_ms, fate); a repeated one is passed over."""
    places = ",".join(["(%s,%s,%s,%s,%s,%s,%s,%s,%s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_INSERT}{places} ON CONFLICT DO NOTHING",
            [value for row in rows for value in row],
        )


def compact(value: Any) -> str:
    """JSON without spaces, readable characters kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def store_projection(
    row: Row, *, answers: str, flags: list[int], ledger: dict[str, Any], digest: str, at: datetime.datetime
) -> bool:
    """Write the projection back if the attempt is still open under the same lease. True when it was."""
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [answers, compact(flags), compact(ledger), digest, moment, row.id, row.lease])
        return cursor.rowcount == 1
