"""A bureau's own workbook is filled: values in, formulas kept and moved with the rows."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from lianbing.kit.spreadsheets import SpreadsheetError, read_workbook
from lianbing.kit.spreadsheets.filling import fill_template

NAMES = ["日期", "主题", "人数"]
ROWS = [
    {"日期": datetime.date(2026, 6, day), "主题": f"第{day}课", "人数": day, "学时": Decimal("1.5")}
    for day in (1, 2, 3)
]


def book(**cells):
    made = Workbook()
    sheet = made.active
    sheet.title = "台账"
    sheet["A1"] = "{{单位}}{{期间}}学习台账"
    for column, text in zip("ABCD", ["{{日期}}", "{{主题}}", "{{人数}}", "=C3*2"], strict=True):
        sheet[f"{column}3"] = text
    sheet["A4"], sheet["C4"], sheet["D4"] = "合计", "=SUM(C3:C3)", "=SUM(D3:D3)"
    sheet["C5"] = "=C4/C2"
    for place, value in cells.items():
        sheet[place] = value
    return made


def saved(made):
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def filled(made, rows=ROWS):
    data = fill_template(
        saved(made), single={"单位": "云汐局", "期间": "2026年6月"}, rows=rows, row_names=NAMES
    )
    return load_workbook(io.BytesIO(data.data))["台账"], data


def test_values_are_typed_and_texts_are_put_together():
    sheet, _ = filled(book())
    assert sheet["A1"].value == "云汐局2026年6月学习台账"
    assert [sheet.cell(row, 1).value.day for row in (3, 4, 5)] == [1, 2, 3]
    assert [sheet.cell(row, 3).value for row in (3, 4, 5)] == [1, 2, 3]


def test_formulas_move_and_grow_with_the_rows():
    sheet, _ = filled(book())
    assert [sheet.cell(row, 4).value for row in (3, 4, 5)] == ["=C3*2", "=C4*2", "=C5*2"]
    assert (sheet["C6"].value, sheet["D6"].value) == ("=SUM(C3:C5)", "=SUM(D3:D5)")
    assert sheet["C7"].value == "=C6/C2"


def test_formulas_of_other_sheets_follow_too():
    made = book()
    other = made.create_sheet("汇总")
    other["A1"], other["A2"], other["A3"] = "=台账!C4", "=SUM('台账'!C$3:C$3)", "=C4"
    _, data = filled(made)
    sheet = load_workbook(io.BytesIO(data.data))["汇总"]
    assert [sheet[f"A{n}"].value for n in (1, 2, 3)] == ["=台账!C6", "=SUM('台账'!C$3:C$5)", "=C4"]


def test_look_merged_cells_and_heights_are_kept():
    made = book()
    sheet = made.active
    sheet["B3"].font = Font(bold=True)
    sheet.merge_cells("A5:B5")
    sheet.merge_cells("E3:F3")
    sheet.row_dimensions[4].height = 40
    sheet, _ = filled(made)
    assert all(sheet.cell(row, 2).font.bold for row in (3, 4, 5))
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A7:B7", "E3:F3", "E4:F4", "E5:F5"}
    assert sheet.row_dimensions[6].height == 40


def test_absolute_references_of_the_repeated_row_stay():
    sheet, _ = filled(book(E3="=C3/$C$4+$B$1", F3="=SUM($C$3:C3)"))
    assert [sheet.cell(row, 5).value for row in (3, 4, 5)] == [
        "=C3/$C$6+$B$1",
        "=C4/$C$6+$B$1",
        "=C5/$C$6+$B$1",
    ]
    assert sheet["F5"].value == "=SUM($C$3:C5)"


@pytest.mark.parametrize("count", [0, 1])
def test_one_row_and_none(count):
    sheet, _ = filled(book(), ROWS[:count])
    assert sheet["C4"].value == "=SUM(C3:C3)"
    assert sheet["B3"].value == ("第1课" if count else None)


def test_no_text_becomes_a_formula():
    sheet, data = filled(book(), [{"日期": None, "主题": '=HYPERLINK("x")', "人数": 1}])
    assert sheet["B3"].data_type == "s"
    assert sheet["B3"].value == '\'=HYPERLINK("x")'
    assert read_workbook(data.data, "x.xlsx")[0].rows[2][1] == '\'=HYPERLINK("x")'


def test_a_placeholder_nobody_knows_is_named_and_stays():
    sheet, data = filled(book(G1="{{天气}}"))
    assert data.unknown == ("台账!G1 天气",)
    assert sheet["G1"].value == "{{天气}}"


def test_no_repeated_row_two_of_them_and_no_workbook_are_refused():
    with pytest.raises(SpreadsheetError):
        filled(book(A3="x", B3="x", C3="x"))
    with pytest.raises(SpreadsheetError, match="台账"):
        filled(book(B6="{{主题}}"))
    for data in (b"", b"PK\x03\x04rubbish", b"a,b\n"):
        with pytest.raises(SpreadsheetError):
            fill_template(data, single={}, rows=[], row_names=NAMES)


def test_a_bomb_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    with pytest.raises(SpreadsheetError):
        fill_template(target.getvalue(), single={}, rows=[], row_names=NAMES)


def test_conditional_formats_lists_names_and_the_filter_follow_the_rows():
    made = book()
    sheet = made["台账"]
    below = made.create_sheet("汇总")
    below["A1"] = "=合计"
    made.defined_names["合计"] = DefinedName("合计", attr_text="'台账'!$C$4")
    rule = FormulaRule(formula=["$C3>$C$4"], font=Font(bold=True))
    sheet.conditional_formatting.add("C3:D3", rule)
    sheet.conditional_formatting.add("C4", CellIsRule(operator="lessThan", formula=["5"]))
    sheet.conditional_formatting.add("A1:A2", CellIsRule(operator="lessThan", formula=["5"]))
    check = DataValidation(type="list", formula1="$F$4:$F$6")
    check.add("B3")
    sheet.add_data_validation(check)
    sheet.auto_filter.ref = "A2:D3"
    filled = fill_template(saved(made), single={}, rows=ROWS, row_names=NAMES)
    read = load_workbook(io.BytesIO(filled.data))
    sheet = read["台账"]
    formats = {str(one.sqref): one.rules[0].formula for one in sheet.conditional_formatting}
    assert formats == {"C3:D5": ["$C3>$C$6"], "C6": ["5"], "A1:A2": ["5"]}
    [check] = sheet.data_validations.dataValidation
    assert (str(check.sqref), check.formula1) == ("B3:B5", "$F$6:$F$8")
    assert sheet.auto_filter.ref == "A2:D5"
    assert read.defined_names["合计"].attr_text == "'台账'!$C$6"
