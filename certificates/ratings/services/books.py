"""Handing out the data book and the circular: they leave the system, so that is on record."""

import datetime

from django.utils import timezone

from certificates.ratings.queries.data_book import DataBook, data_book
from certificates.ratings.queries.leading import leading
from certificates.ratings.rendering.data_book import data_book_pdf
from certificates.ratings.reports.bulletin import Circular, document
from certificates.ratings.reports.data_book import data_book_workbook
from lianbing.kit import audit
from lianbing.people.models import Unit
from lianbing.people.rules import Actor

STREAM = "ratings"
CIRCULAR_RISKS = 10


def hand_out(
    *, unit: Unit, year: int, as_pdf: bool, by: Actor, at: datetime.datetime
) -> tuple[bytes, DataBook]:
    """The file, a PDF or a workbook, and the book it holds. Who took which is recorded."""
    book = data_book(unit, year, today=timezone.localtime(at).date())
    made = data_book_pdf(book, by=by.name, at=at) if as_pdf else data_book_workbook(book)
    audit.record(
        stream=STREAM,
        action="data_book_taken",
        by=by,
        at=at,
        subject=unit,
        year=year,
        file="pdf" if as_pdf else "xlsx",
    )
    return made, book


def hand_out_circular(*, unit: Unit, by: Actor, at: datetime.datetime) -> bytes:
    """The circular (通报) of a unit as it stands today, as .docx. Who took it is recorded."""
    day = timezone.localtime(at).date()
    made = document(Circular(leading(unit, day, most_risks=CIRCULAR_RISKS), day))
    audit.record(stream=STREAM, action="circular_taken", by=by, at=at, subject=unit, day=day.isoformat())
    return made
