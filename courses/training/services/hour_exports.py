"""Handing hours out as a workbook: personal data leaves the system, so it is on record."""

import datetime

from courses.training.queries.desk import Asked
from courses.training.reports.hours import workbook
from courses.training.services.locks import STREAM
from lianbing.kit import audit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


def export(*, asked: Asked, by: Actor, at: datetime.datetime) -> tuple[bytes, int]:
    """The workbook of everybody asked for, and how many people it holds. Who took it and what is recorded."""
    book, rows = workbook(asked, day_of(at))
    audit.record(
        stream=STREAM,
        action="hours_exported",
        by=by,
        at=at,
        rows=rows,
        year=asked.year,
        units=list(asked.paths),
        standing=asked.standing,
    )
    return book, rows
