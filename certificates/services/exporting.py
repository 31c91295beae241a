"""Handing the overview out as a file: personal data leaves the system, so it is on record."""

import datetime

from django.utils import timezone

from certificates.queries.overview import Filter, people, standing_only
from certificates.reports import certified
from certificates.services.issuing import STREAM
from lianbing.kit import audit
from lianbing.people.rules import Actor


def export(*, asked: Filter, by: Actor, at: datetime.datetime) -> tuple[bytes, int]:
    """The workbook of everybody asked for, and how many rows it holds. Who took it and what is recorded."""
    day = timezone.localtime(at).date()
    book, rows = certified.certified_workbook(standing_only(people(asked, day), asked.standing), day)
    audit.record(
        stream=STREAM,
        action="exported",
        by=by,
        at=at,
        rows=rows,
        units=list(asked.unit_paths),
        standing=asked.standing,
    )
    return book, rows
