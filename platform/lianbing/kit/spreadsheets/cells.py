"""One cell: its errors, its text, its date."""

import datetime
import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00)?)?$")
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_EXCEL_EPOCH = datetime.date(1899, 12, 30)


class SpreadsheetError(Exception):
    """The file cannot be used at all. The text is for the user."""


class CellError(Exception):
    """One cell cannot be read as what its column asks for. The text is for the user."""


def plain(text: str) -> str:
    """A text as headings are compared: half-width, lower case, no spaces, no marks of obligation."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"[\s*:_]", "", folded)


def text_of(value: Any) -> str:
    """A cell as trimmed text; 7.0 is "7". Raises CellError for a number of more than fifteen digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if abs(value) >= 1e15:
            raise CellError(
                _("A long number was stored as a number and has lost digits. Format the column as text.")
            )
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return _INVISIBLE.sub("", str(value)).replace("\xa0", " ").strip()


def date_of(value: Any) -> datetime.date | None:
    """A cell as a date: a date cell, 2026-01-31, 2026/1/31, 2026.1.31, 2026年1月31日 or 20260131."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 18_000 <= value < 80_000:
        return _EXCEL_EPOCH + datetime.timedelta(days=int(value))
    text = unicodedata.normalize("NFKC", text_of(value))
    if not text:
        return None
    match = _DATE.match(text) or _COMPACT_DATE.match(text)
    try:
        if match:
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise CellError(_("“%(text)s” is not a date. Write it like 2026-01-31.") % {"text": text[:30]})


def text_safely(value: Any) -> str:
    """The cell as text, whatever it is: for asking whether it is blank and for quoting it."""
    try:
        return text_of(value)
    except CellError:
        return str(value)
