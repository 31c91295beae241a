"""Handing out the data book: it leaves the system, so that is on record."""

import datetime

from django.utils import timezone

from certificates.ratings.queries.data_book import DataBook, data_book
from certificates.ratings.rendering.data_book import data_book_pdf
from certificates.ratings.reports.data_book import data_book_workbook
from lianbing.kit import audit
from lianbing.people.models import Unit
from lianbing.people.rules import Actor

STREAM = "ratings"


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
