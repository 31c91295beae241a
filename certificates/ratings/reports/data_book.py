"""The annual data book as a workbook: one sheet of figures, the years, and how each figure is counted."""

from django.utils.translation import gettext as _

from certificates.ratings.queries.data_book import DataBook
from certificates.ratings.rendering.data_book import FIGURES, SECTION_NAMES
from certificates.ratings.rules.data_book import SECTIONS
from lianbing.kit.spreadsheets.writing import OutSheet, write_workbook

ALL = [name for names in SECTIONS.values() for name in names]


def data_book_workbook(book: DataBook) -> bytes:
    """Figures as numbers; an empty cell where there is nothing to divide by."""
    headings = [str(FIGURES[name][0]) for name in ALL]
    units = [[row.unit.name, *(row.figures[name] for name in ALL)] for row in (book.whole, *book.branches)]
    years = [[row.year, *(row.figures[name] for name in ALL)] for row in book.trend]
    how = [
        [str(SECTION_NAMES[section]), str(FIGURES[name][0]), str(FIGURES[name][1])]
        for section, names in SECTIONS.items()
        for name in names
    ]
    return write_workbook(
        [
            OutSheet(_("Figures of %(year)s") % {"year": book.year}, [_("Unit"), *headings], units),
            OutSheet(_("Over the years"), [_("Year"), *headings], years),
            OutSheet(_("How it is counted"), [_("Section"), _("Figure"), _("How it is counted")], how),
        ]
    )
