"""Spreadsheets: whatever people upload is read right or refused in plain words."""

import datetime
import io
import time
import zipfile

import openpyxl
import pytest

from lianbing.kit import spreadsheets, unpacking
from lianbing.kit.spreadsheets import CellError, Column, OutSheet, SpreadsheetError, confined, reading

COLUMNS = [
    Column("number", "工号", ("staff number",), required=True),
    Column("name", "姓名", required=True),
    Column("joined", "入职日期"),
]


def xlsx(rows, name="人员", merge=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def table(data, name="a.xlsx", sheet=""):
    return spreadsheets.find_table(spreadsheets.read_workbook(data, name), COLUMNS, sheet=sheet)


def test_text_keeps_its_zeros_and_its_eighteen_digits():
    rows = table(xlsx([["工号", "姓名"], ["007", "110101199003078888"]])).rows
    assert (rows[0].text("number"), rows[0].text("name")) == ("007", "110101199003078888")


def test_a_long_number_stored_as_a_number_is_refused():
    row = table(xlsx([["工号", "姓名"], [110101199003078888, "甲"]])).rows[0]
    with pytest.raises(CellError):
        row.text("number")


def test_whole_numbers_lose_their_point():
    assert table(xlsx([["工号", "姓名"], [7, "甲"]])).rows[0].text("number") == "7"


@pytest.mark.parametrize(
    "headings",
    [
        [" 工 号 ", "姓\n名"],
        ["工号*", "姓名："],
        ["ＳＴＡＦＦ　ｎｕｍｂｅｒ", "姓名（必填）"],
        ["姓名", "工号"],
    ],
)
def test_headings_are_understood(headings):
    assert {"number", "name"} <= set(table(xlsx([headings, ["1", "2"]])).rows[0].cells)


def test_a_title_above_the_headings_does_no_harm():
    found = table(xlsx([["2026年人员名册"], [], ["工号", "姓名"], ["1", "甲"]], merge="A1:B1"))
    assert [row.number for row in found.rows] == [4]
    assert found.errors == []


def test_blank_rows_are_passed_over_and_numbers_stay_true():
    found = table(xlsx([["工号", "姓名"], ["1", "甲"], [None, None], [" ", ""], ["2", "乙"]]))
    assert [row.number for row in found.rows] == [2, 5]


def test_merged_cells_are_named_with_row_and_column():
    found = table(xlsx([["工号", "姓名"], ["1", "甲"], ["2", None]], merge="B2:B3"))
    assert [(e.row, e.column) for e in found.errors] == [(2, "姓名")]


def test_a_formula_without_a_value_is_an_error_not_a_blank():
    found = table(xlsx([["工号", "姓名"], ["1", '="甲"&"乙"']]))
    assert [(e.sheet, e.row, e.column) for e in found.errors] == [("人员", 2, "姓名")]


def test_an_error_cell_is_named():
    found = table(xlsx([["工号", "姓名"], ["1", "#N/A"]]))
    assert [(e.row, e.column) for e in found.errors] == [(2, "姓名")]


def test_the_named_sheet_wins_over_another_that_fits():
    book = openpyxl.load_workbook(io.BytesIO(xlsx([["工号", "姓名", "入职日期"], ["1", "甲", None]], "旧")))
    other = book.create_sheet("名册")
    other.append(["工号", "姓名"])
    other.append(["2", "乙"])
    target = io.BytesIO()
    book.save(target)
    assert table(target.getvalue(), sheet="名册").rows[0].text("number") == "2"


def test_missing_columns_are_named():
    with pytest.raises(SpreadsheetError, match="工号"):
        table(xlsx([["编号", "姓名"], ["1", "甲"]]))


def test_a_workbook_without_the_headings_names_its_sheets():
    with pytest.raises(SpreadsheetError, match="车辆"):
        table(xlsx([["车牌", "颜色"]], name="车辆"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime.date(2024, 1, 2), datetime.date(2024, 1, 2)),
        (datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC), datetime.date(2024, 1, 2)),
        ("2024-01-02", datetime.date(2024, 1, 2)),
        ("2024/1/2", datetime.date(2024, 1, 2)),
        ("2024.1.2", datetime.date(2024, 1, 2)),
        ("２０２４年１月２日", datetime.date(2024, 1, 2)),
        ("20240102", datetime.date(2024, 1, 2)),
        (20240102.0, datetime.date(2024, 1, 2)),
        (45293.0, datetime.date(2024, 1, 2)),
        ("2024-01-02 00:00:00", datetime.date(2024, 1, 2)),
        ("", None),
        (None, None),
    ],
)
def test_dates(value, expected):
    assert spreadsheets.date_of(value) == expected


@pytest.mark.parametrize("value", ["昨天", "2024-13-01", "2024-02-30", "01/02/2024", 5.0, "2024-01", True])
def test_what_is_not_a_date(value):
    with pytest.raises(CellError):
        spreadsheets.date_of(value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("comma", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(encoding, comma):
    text = f"工号{comma}姓名\r\n007{comma}“甲”\r\n"
    assert table(text.encode(encoding), "a.csv").rows[0].text("number") == "007"


BOOK = xlsx([["工号", "姓名"], ["1", "甲"]])


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.xlsx"),
        ("工号,姓名\n1,甲".encode(), "a.xlsx"),
        (b"\x00\x01\x02\xff" * 50, "a.xlsx"),
        (b"\x00\x01\x02\xff" * 50, "a.csv"),
        (b" \r\n ", "a.csv"),
        (BOOK[:500], "a.xlsx"),
        (BOOK[:-200], "a.xlsx"),
        (zipped([("word/document.xml", "<a/>")]), "a.xlsx"),
        (zipped([("xl/workbook.xml", "<a")]), "a.xlsx"),
        (zipped([(f"{n}.xml", "x") for n in range(2001)]), "a.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx"),
        (b"PK\x03\x04" + b"x" * 21 * 1024 * 1024, "a.xlsx"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(data, name):
    with pytest.raises(SpreadsheetError):
        spreadsheets.read_workbook(data, name)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped([("xl/workbook.xml", b"\0" * (201 * 1024 * 1024))])
    assert len(bomb) < 1024 * 1024
    with pytest.raises(SpreadsheetError):
        spreadsheets.read_workbook(bomb, "a.xlsx")


def _with_sheet_xml(xml):
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = xml
    return zipped(members.items())


def test_cells_far_apart_do_not_fill_the_memory():
    data = _with_sheet_xml(
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    with pytest.raises(SpreadsheetError):
        spreadsheets.read_workbook(data, "a.xlsx")


def test_a_lying_directory_unpacks_no_more_than_it_declares():
    content = b"<x>" + b"A" * 5_000_000 + b"</x>"
    data = bytearray(zipped([("xl/workbook.xml", content)]))
    true_size = len(content).to_bytes(4, "little")
    data = bytes(data).replace(true_size, (100).to_bytes(4, "little"))
    with pytest.raises(SpreadsheetError):
        spreadsheets.read_workbook(data, "a.xlsx")


MIDNIGHT = datetime.datetime(2026, 11, 20)  # noqa: DTZ001 -- spreadsheets know no time zone
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_written_is_a_formula(text):
    data = spreadsheets.write_workbook([OutSheet("表", [text], [[text]])])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.value.startswith("'")


def test_numbers_and_dates_are_typed_and_control_characters_dropped():
    day = datetime.date(2026, 11, 20)
    data = spreadsheets.write_workbook([OutSheet("表/一", ["a", "b", "c"], [[3, day, "x\x0by"]])])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [c.value for c in sheet[2]] == [3, MIDNIGHT, "xy"]
    assert sheet.freeze_panes == "A2"


def test_a_template_reads_back_and_explains_its_columns():
    data = spreadsheets.template_workbook([("人员", COLUMNS, [["007", "甲", ""]])])
    sheets = spreadsheets.read_workbook(data, "t.xlsx")
    assert [s.name for s in sheets] == ["人员", "填写说明"]
    assert spreadsheets.find_table(sheets, COLUMNS, sheet="人员").rows[0].text("number") == "007"


def test_ten_thousand_rows_read_quickly():
    data = spreadsheets.write_workbook(
        [OutSheet("人员", ["工号", "姓名"], [[f"{n:06}", "甲"] for n in range(10_000)])]
    )
    assert len(table(data).rows) == 10_000


@pytest.mark.real_input
def test_real_templates_are_read_or_refused_in_words(real_input):
    refused = []
    for path in sorted((real_input / "import_templates").rglob("*.*")):
        if path.suffix.lower() in {".xls", ".xlsx", ".csv"}:
            try:
                table(path.read_bytes(), path.name)
            except SpreadsheetError as error:
                refused.append(str(error))
    assert refused
    assert all(refused)


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c x=">" r="XFD1048576"><v>1</v></c></row>',
        '<row r ="1048576"><c r = "XFD1048576"><v>1</v></c></row>',
        '<row><c r="xfd1048576"><v>1</v></c></row>',
        f'<row><c {" " * 999} r="XFD1048576"><v>1</v></c></row>',
        '<row><c r="XFD1048576">/><v>1</v></c></row>',
    ],
)
def test_a_far_cell_cannot_hide(far):
    with pytest.raises(unpacking.UnpackingError):
        unpacking.check_grid(f"<sheetData>{far}</sheetData>".encode())


def test_an_empty_far_cell_does_no_harm():
    unpacking.check_grid(b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576" s="1"/></row>')


def test_a_sheet_in_utf_16_is_refused():
    with pytest.raises(unpacking.UnpackingError):
        unpacking.check_grid("<sheetData/>".encode("utf-16"))


@pytest.mark.parametrize("piece", ["<c ", '<c r="A1" ', '<c r="A1"><f ', "<row "])
def test_broken_tags_take_no_longer_than_their_length(piece):
    def seconds(times):
        start = time.process_time()
        unpacking.check_grid((piece * times).encode())
        reading._faults((piece * times).encode())
        return time.process_time() - start

    assert seconds(40_000) < 2


FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    b"</sheetData></worksheet>"
)


def test_a_reader_that_takes_all_memory_takes_its_own_process_only():
    with pytest.raises(confined.Refused) as refused:
        confined.read(_with_sheet_xml(FAR), most_cells=10**9)
    assert refused.value.code == "damaged"


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(confined, "SECONDS", 0.001)
    with pytest.raises(confined.Refused) as refused:
        confined.read(BOOK, most_cells=10**6)
    assert refused.value.code == "large"


def test_more_cells_than_agreed_are_refused():
    with pytest.raises(confined.Refused) as refused:
        confined.read(BOOK, most_cells=0)
    assert refused.value.code == "large"
