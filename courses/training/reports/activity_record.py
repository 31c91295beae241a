"""The activity record as a workbook: the bureau's own template filled in, else the built-in one."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from courses.training.queries.activity_record import Line, totals
from courses.training.rules.activity_record import ALSO, BOTH, COLUMNS, SUMMED, rate, words
from lianbing.kit.spreadsheets.filling import Filled, fill_template
from lianbing.people.models import Unit

_WIDTHS = {
    "主题": 26,
    "组织单位": 16,
    "材料": 18,
    "备注": 18,
    "内容类别": 12,
    "日期": 12,
    "授课人": 12,
    "地点": 12,
}
_LINE = Side(style="thin", color="808080")


def built_in_template() -> bytes:
    """The built-in template: title, headings, the repeated row, sums, names to sign. A bureau may start from it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    last = get_column_letter(len(COLUMNS))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"] = "{{单位}}{{期间}}教育训练台账"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for place, name in enumerate(COLUMNS, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 8)
        for row, value in ((2, name), (3, f"{{{{{name}}}}}"), (4, f"=SUM({letter}3:{letter}3)")):
            cell = sheet.cell(row, place, value if row < 4 or name in SUMMED else None)
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.font = Font(bold=row != 3)
    sheet["A4"] = "合计"
    sheet["A5"] = "场次：{{场次}}　应到：{{总应到}}　实到：{{总实到}}　出勤率：{{出勤率}}　学时：{{总学时}}"
    sheet["A6"] = "填报日期：{{填报日期}}　　填报人：　　　　　　审核人："
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def workbook(
    *,
    unit: Unit,
    first: datetime.date,
    last: datetime.date,
    found: Sequence[Line],
    on: datetime.date,
    template: bytes | None = None,
) -> Filled:
    """The record of a unit for a period as .xlsx; `on` is the day it is made. Raises SpreadsheetError."""
    sums = totals(found)
    single: dict[str, Any] = {
        **sums,
        "单位": unit.name,
        "期间": words(first, last),
        "开始日期": first,
        "结束日期": last,
        "填报日期": on,
        "出勤率": rate(sums["总实到"], sums["总应到"]),
    }
    single |= {"unit": unit.name, "period": single["期间"], "hours": sums["总学时"]}
    single |= {"expected": sums["总应到"], "present": sums["总实到"]}
    return fill_template(
        template or built_in_template(),
        single=single,
        rows=[_named(line) for line in found],
        row_names=[*COLUMNS, *(name for name in ALSO if name not in BOTH)],
    )


def _named(line: Line) -> dict[str, Any]:
    """A line under every name a template may use."""
    return line.values | {other: line.values[name] for other, name in ALSO.items()}
