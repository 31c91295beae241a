"""The figures of the data book a second time, as plain SQL over the tables: what is printed must equal it.

Written apart from `queries.data_book`, without its code, so that a fault in one is not in the other. Runs on
SQLite and PostgreSQL. Parameters: the path of the unit (with % behind it), the year, its first and last moment
(half-open), the day people are counted on.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from certificates.ratings.queries.data_book import DataBook

_HERE = """
    FROM people_appointment a JOIN people_officer o ON o.id = a.officer_id
    JOIN people_user u ON u.id = o.user_id JOIN people_unit t ON t.id = a.unit_id
    WHERE t.path LIKE %(path)s AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on > %(day)s)
    AND (o.left_on IS NULL OR o.left_on > %(day)s) AND o.merged_into_id IS NULL AND NOT u.is_rehearsal
"""
_EXAMS = """
    FROM exams_candidate c JOIN exams_sitting s ON s.id = c.sitting_id JOIN people_unit t ON t.id = c.unit_id
    JOIN people_officer o ON o.id = c.officer_id JOIN people_user u ON u.id = o.user_id
    LEFT JOIN exams_attempt x ON x.candidate_id = c.id
    LEFT JOIN exams_markrecord m ON m.attempt_id = x.id
      AND m.number = (SELECT MAX(n.number) FROM exams_markrecord n WHERE n.attempt_id = x.id)
    WHERE t.path LIKE %(path)s AND NOT s.is_rehearsal AND NOT u.is_rehearsal
    AND s.released_at >= %(begin)s AND s.released_at < %(end)s
"""
_CLASSES = """
    FROM training_trainingclass k JOIN people_unit t ON t.id = k.unit_id
    WHERE t.path LIKE %(path)s AND k.state NOT IN ('draft', 'cancelled')
    AND k.ends_on >= %(first)s AND k.ends_on <= %(last)s
"""
_TRAINEES = """
    FROM training_trainee r JOIN people_unit t ON t.id = r.unit_id JOIN training_batch b ON b.id = r.batch_id
    JOIN training_trainingclass k ON k.id = r.training_class_id
    WHERE t.path LIKE %(path)s AND k.state NOT IN ('draft', 'cancelled') AND r.state <> 'withdrawn'
    AND b.ends_on >= %(first)s AND b.ends_on <= %(last)s
"""
_ISSUED = """
    FROM certificates_certificateevent e JOIN certificates_certificate c ON c.id = e.certificate_id
    JOIN people_appointment a ON a.officer_id = c.officer_id JOIN people_unit t ON t.id = a.unit_id
    JOIN people_officer o ON o.id = c.officer_id JOIN people_user u ON u.id = o.user_id
    WHERE t.path LIKE %(path)s AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on > %(day)s)
    AND o.merged_into_id IS NULL AND NOT u.is_rehearsal AND e.at >= %(begin)s AND e.at < %(end)s
"""
_MATCHES = """
    FROM contests_matchresult r JOIN contests_match m ON m.id = r.match_id
    JOIN contests_contest k ON k.id = m.contest_id JOIN people_unit t ON t.id = k.unit_id
    WHERE t.path LIKE %(path)s AND NOT k.is_rehearsal AND r.confirmed_at >= %(begin)s AND r.confirmed_at < %(end)s
"""
_HOURS_OF_ONE = """(SELECT COALESCE(SUM(h.hours), 0) FROM training_hourentry h JOIN people_officer w ON w.id = h.officer_id
    WHERE h.year = %(year)s AND (w.id = o.id OR w.merged_into_id = o.id))"""
SQL: dict[str, str] = {
    "officers": f"SELECT COUNT(*) {_HERE} AND o.category = 'officer'",
    "auxiliaries": f"SELECT COUNT(*) {_HERE} AND o.category = 'auxiliary'",
    "civilians": f"SELECT COUNT(*) {_HERE} AND o.category = 'civilian'",
    "trained": f"SELECT COUNT(*) {_HERE} AND {_HOURS_OF_ONE} > 0",
    "hours": """SELECT COALESCE(SUM(h.hours), 0) FROM training_hourentry h JOIN people_unit t ON t.id = h.unit_id
        WHERE t.path LIKE %(path)s AND h.year = %(year)s""",
    "classes": f"SELECT COUNT(*) {_CLASSES}",
    "trainees": f"SELECT COUNT(*) {_TRAINEES}",
    "completed": f"SELECT COUNT(*) {_TRAINEES} AND r.state = 'finished'",
    "sessions": """SELECT COUNT(*) FROM training_session s JOIN people_unit t ON t.id = s.unit_id
        WHERE t.path LIKE %(path)s AND s.state = 'closed' AND s.starts_at >= %(begin)s AND s.starts_at < %(end)s""",
    "presences": """SELECT COUNT(*) FROM training_rollentry e JOIN people_unit t ON t.id = e.unit_id
        JOIN training_session s ON s.id = e.session_id WHERE t.path LIKE %(path)s AND s.state = 'closed'
        AND e.state IN ('present', 'late', 'left_early', 'made_up') AND s.starts_at >= %(begin)s AND s.starts_at < %(end)s""",
    "sittings": """SELECT COUNT(*) FROM exams_sitting s JOIN people_unit t ON t.id = s.unit_id WHERE t.path LIKE %(path)s
        AND NOT s.is_rehearsal AND s.released_at >= %(begin)s AND s.released_at < %(end)s""",
    "invited": f"SELECT COUNT(*) {_EXAMS}",
    "sat": f"SELECT COUNT(*) {_EXAMS} AND m.score IS NOT NULL",
    "passed": f"SELECT COUNT(*) {_EXAMS} AND m.score >= s.pass_mark",
    "issued": f"SELECT COUNT(*) {_ISSUED} AND e.kind = 'issued'",
    "revoked": f"SELECT COUNT(*) {_ISSUED} AND e.kind = 'revoked'",
    "matches": f"SELECT COUNT(DISTINCT r.match_id) {_MATCHES}",
    "players": f"""SELECT COUNT(DISTINCT p.officer_id) FROM contests_player p WHERE p.officer_id IS NOT NULL
        AND p.team_id IN (SELECT r.team_id {_MATCHES})""",
}


@dataclass(frozen=True)
class Checked:
    """One figure of the whole: as the book has it, and as SQL has it."""

    name: str
    book: Decimal
    sql: Decimal

    @property
    def equal(self) -> bool:
        """Whether the two agree, to the second place."""
        return abs(self.book - self.sql) < Decimal("0.005")


def checked(book: DataBook) -> list[Checked]:
    """Every counted figure of the whole of a book beside its SQL. One statement each."""
    row = book.whole
    asked: dict[str, str | int | datetime.date] = {
        "path": f"{row.unit.path}%",
        "year": book.year,
        "first": datetime.date(book.year, 1, 1),
        "last": datetime.date(book.year, 12, 31),
        "begin": _midnight(book.year),
        "end": _midnight(book.year + 1),
        "day": book.day,
    }
    found = []
    with connection.cursor() as cursor:
        for name, sql in SQL.items():
            cursor.execute(sql, asked)
            found.append(Checked(name, row.figures[name] or Decimal(0), Decimal(str(cursor.fetchone()[0]))))
    return found


def _midnight(year: int) -> datetime.datetime:
    """The first moment of a year in the bureau's time, as the database keeps moments."""
    begin = timezone.make_aware(datetime.datetime(year, 1, 1))  # noqa: DTZ001 -- made aware at once
    return (
        begin.astimezone(datetime.UTC)
        if connection.vendor != "sqlite"
        else begin.astimezone(datetime.UTC).replace(tzinfo=None)
    )
