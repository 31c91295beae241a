"""What taking over records and scores from files has in common: the table, whom it names, the report."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from certificates.ratings.formats.checking import World, is_example
from certificates.ratings.queries.named import people_named, stays_of, units_named
from lianbing.kit.spreadsheets import Column, Sheet, SpreadsheetError, Table, find_table, text_safely


def table_of(sheets: Sequence[Sheet], columns: Sequence[Column], sheet: str) -> Table:
    """The rows of a file without the template's examples. Raises SpreadsheetError."""
    table = find_table(sheets, columns, sheet=sheet)
    table.rows = [row for row in table.rows if not is_example(row)]
    if not table.rows:
        raise SpreadsheetError(
            _("The sheet “%(sheet)s” has headings but no records.") % {"sheet": table.sheet}
        )
    return table


def world_of(table: Table, *more: str) -> World:
    """Everybody a table names in its staff numbers and in the columns `more`. Five statements for 500 rows."""
    keys = ("staff_number", *more)
    numbers = {text_safely(row.cells.get(key)) for row in table.rows for key in keys} - {""}
    people = people_named(numbers)
    return World(people, stays_of({one.pk for one in people.values()}), units_named())
