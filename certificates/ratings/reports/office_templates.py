"""Filling the workbook of another office: its formulas, columns and looks stay."""

import datetime

from certificates.ratings.queries.office_rows import person_rows, unit_rows
from certificates.ratings.rules.office_templates import ROW_NAMES, RowKind
from lianbing.kit.spreadsheets.filling import Filled, Value, fill_template
from lianbing.people.models import Unit


def filled(
    data: bytes, kind: RowKind, *, unit: Unit, today: datetime.date, by: str, trial: bool = False
) -> Filled:
    """The workbook with the figures of today. `trial`: without rows, to see whether it is a template at all.

    Raises SpreadsheetError.
    """
    rows = [] if trial else unit_rows(unit, today) if kind is RowKind.UNIT else person_rows(unit, today)
    single: dict[str, Value] = {"填报单位": unit.name, "年度": today.year, "填报日期": today, "填报人": by}
    return fill_template(data, single=single, rows=rows, row_names=ROW_NAMES[kind])
