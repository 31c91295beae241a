"""Filling the bureau's own workbook: placeholders become values, formulas stay and follow the rows.

A template holds `{{name}}` wherever a value belongs. One row of a sheet may hold names of the repeated row: it
is repeated for each row of data, with its look, its formulas and its merged cells; what stands below moves down, and
formulas over the row grow with it (=SUM(H5:H5) becomes =SUM(H5:H34)).
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lianbing.kit import confined
from lianbing.kit.spreadsheets.cells import SpreadsheetError
from lianbing.kit.spreadsheets.reading import read_workbook
from lianbing.kit.spreadsheets.writing import safe_text

MEMORY, SECONDS = 1024 * 1024**2, 60
MOST_ROWS = 5_000
PROGRAM = Path(__file__).resolve().with_name("fill_program.py")
Value = str | int | float | Decimal | datetime.date | None


@dataclass(frozen=True)
class Filled:
    """A filled workbook. `unknown`: the cells and names of placeholders that stand for nothing here."""

    data: bytes
    unknown: tuple[str, ...] = ()


def fill_template(
    template: bytes,
    *,
    single: Mapping[str, Value],
    rows: Sequence[Mapping[str, Value]],
    row_names: Sequence[str],
) -> Filled:
    """Fill an .xlsx. `row_names`: the names of the repeated row; `rows` gives a value for each of them.

    Without rows the repeated row stays, empty. Raises SpreadsheetError for what is no such template.
    """
    if len(rows) > MOST_ROWS:
        raise SpreadsheetError(
            _("A template takes at most %(most)d rows. Choose a shorter period.") % {"most": MOST_ROWS}
        )
    if template[:4] != b"PK\x03\x04":
        raise SpreadsheetError(_("A template is an .xlsx file. Save it as .xlsx in Excel or WPS."))
    read_workbook(template, "template.xlsx")
    asked = {
        "single": _plain(single),
        "rows": [_plain(row) for row in rows],
        "row_names": list(row_names),
    }
    words = json.dumps(asked, ensure_ascii=False).encode()
    try:
        refusal, found = confined.call(
            PROGRAM, len(words).to_bytes(8, "big") + words + template, memory=MEMORY, seconds=SECONDS
        )
    except confined.Ended as ended:
        raise SpreadsheetError(_("The template is too large or damaged and cannot be filled.")) from ended
    if refusal:
        raise SpreadsheetError(_refused(*refusal, row_names=row_names))
    return Filled(found["data"], tuple(found["unknown"]))


def _plain(values: Mapping[str, Value]) -> dict[str, Any]:
    """What goes to the other process: no text that a spreadsheet takes for a formula."""
    plain: dict[str, Any] = {}
    for name, value in values.items():
        if value is None:
            plain[name] = ""
        elif isinstance(value, datetime.date):
            plain[name] = {"date": value.isoformat()[:10]}
        elif isinstance(value, Decimal):
            plain[name] = int(value) if value == value.to_integral_value() else float(value)
        else:
            plain[name] = safe_text(value)[:32_000] if isinstance(value, str) else value
    return plain


def _refused(code: str, detail: str, *, row_names: Sequence[str]) -> str:
    if code == "no_row":
        return _("No row of the template holds a placeholder for what is repeated, such as {{%(name)s}}.") % {
            "name": row_names[0]
        }
    if code == "two_rows":
        sheet, first, second = detail.rsplit(" ", 2)
        return _(
            "Only one row of a sheet is repeated; on “%(sheet)s” the rows %(first)s and %(second)s both hold its placeholders."
        ) % {"sheet": sheet, "first": first, "second": second}
    return _("The template is too large or damaged and cannot be filled.")
