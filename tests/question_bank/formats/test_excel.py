"""The product's template: read as it is, read when it is tired, refused with the place."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from question_bank import formats
from question_bank.formats import File, Refusal, excel
from question_bank.services.building import problems_of

HEADINGS = [column.heading for column in excel.COLUMNS]
GOOD = {
    "题型": "单选题",
    "题干": "不得少于（　）。",
    "选项A": "一人",
    "选项B": "二人",
    "答案": "B",
    "知识点": "程序",
}


def workbook(*rows, headings=HEADINGS, merged=(), title="试题"):
    """A spreadsheet of these rows (dictionaries by heading) as bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(headings)
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    for area in merged:
        sheet.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def read(tmp_path):
    def reading(data, name="题库.xlsx"):
        path = Path(tmp_path) / name
        path.write_bytes(data)
        file = File(path)
        return list(formats.choose("auto", file).read(file))

    return reading


def test_the_template_can_be_imported_as_it_is(read):
    rows = read(excel.template())
    kinds = ["single_choice", "multiple_choice", "true_false", "fill_blank", "ordering", "short_answer"]
    assert [row.draft.kind for row in rows] == kinds
    assert [problem.code for row in rows for problem in problems_of(row.draft)] == []
    assert rows[1].draft.right == (0, 1, 2, 3)
    assert rows[2].draft.options == ("正确", "错误")
    assert rows[0].draft.citations == ("《云汐市市容环境管理条例》第三十三条",)


def test_the_template_explains_every_column():
    book = load_workbook(io.BytesIO(excel.template()))
    assert book.sheetnames[0] == "试题"
    guide = [row[1].value for row in book[book.sheetnames[1]].iter_rows(min_row=2)]
    assert guide == HEADINGS


@pytest.mark.parametrize("kind", ["单选题", "单选", " 单项选择题 "])
@pytest.mark.parametrize("key", ["B", "b", "Ｂ", " B\xa0", "B."])
def test_a_good_row(read, kind, key):
    [row] = read(workbook(GOOD | {"题型": kind, "答案": key}))
    assert (row.draft.kind, row.draft.options, row.draft.right) == ("single_choice", ("一人", "二人"), (1,))
    assert row.draft.difficulty == 3


@pytest.mark.parametrize("key", ["ABD", "A,B,D", "A、B、D", "ＡＢＤ", "a b d", "A；B；D"])
def test_answers_of_a_multiple_choice(read, key):
    told = GOOD | {"题型": "多选题", "选项C": "三人", "选项D": "四人", "答案": key}
    [row] = read(workbook(told))
    assert row.draft.right == (0, 1, 3)


@pytest.mark.parametrize(
    ("answer", "right"), [("正确", (0,)), ("√", (0,)), ("错", (1,)), ("×", (1,)), (True, (0,)), (False, (1,))]
)
def test_answers_of_a_true_or_false(read, answer, right):
    [row] = read(workbook({"题型": "判断题", "题干": "题", "答案": answer}))
    assert (row.draft.options, row.draft.right) == (("正确", "错误"), right)


def test_true_or_false_with_its_options_turned_round(read):
    told = {"题型": "判断题", "题干": "题", "选项A": "错误", "选项B": "正确", "答案": "A"}
    [row] = read(workbook(told))
    assert row.draft.right == (1,)


def test_numbers_letters_and_several_citations(read):
    told = GOOD | {
        "选项A": 5,
        "选项B": "B．7.5",
        "难度": 4,
        "依据": "《甲条例》第一条；《乙条例》第二条\n《丙条例》第三条",
    }
    [row] = read(workbook(told))
    assert row.draft.options == ("5", "7.5")
    assert row.draft.difficulty == 4
    assert len(row.draft.citations) == 3


@pytest.mark.parametrize(
    ("change", "column", "word"),
    [
        ({"题型": "案例分析题"}, "题型", ""),
        ({"题型": "连线题"}, "题型", "连线题"),
        ({"题型": None}, "题型", ""),
        ({"答案": "D"}, "答案", "D"),
        ({"答案": "二人"}, "答案", "二人"),
        ({"题型": "判断题", "选项A": None, "选项B": None, "答案": "也许"}, "答案", "也许"),
        ({"题型": "判断题", "答案": "A"}, "选项A", ""),
        ({"题干": 1234567890123456789}, "题干", ""),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(read, change, column, word):
    [good, bad] = read(workbook(GOOD, GOOD | change))
    assert not isinstance(good, Refusal)
    assert isinstance(bad, Refusal)
    assert bad.where.startswith("题库.xlsx")
    assert "试题" in bad.where
    assert "3" in bad.where
    assert bad.where.endswith(column)
    assert word in bad.reason


def test_points_merged_over_rows_mean_all_of_them(read):
    rows = read(workbook(GOOD, GOOD | {"知识点": None}, GOOD | {"知识点": None}, merged=["M2:M4"]))
    assert [row.draft.point for row in rows] == ["程序"] * 3


def test_merged_stems_are_refused_for_every_row(read):
    rows = read(workbook(GOOD, GOOD, GOOD, merged=["B3:B4"]))
    assert [isinstance(row, Refusal) for row in rows] == [False, True, True]
    assert rows[1].where.endswith("题干")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_of_the_same_columns(read, encoding):
    text = '题型,题干,选项A,选项B,答案\n单选题,"含逗号,的题干",一人,二人,B\n'
    [row] = read(text.encode(encoding), "题库.csv")
    assert (row.draft.stem, row.draft.right) == ("含逗号,的题干", (1,))


def test_a_title_above_and_other_names_of_the_columns(read):
    headings = ["试题类型", "题目", "A", "B", "正确答案"]
    book = Workbook()
    book.active.append(["2026年题库"])
    book.active.append(headings)
    book.active.append(["单选", "题", "甲", "乙", "A"])
    target = io.BytesIO()
    book.save(target)
    [row] = read(target.getvalue())
    assert row.draft.options == ("甲", "乙")


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "题库.xlsx", "题库.xlsx"),
        ("只是一段话".encode(), "题库.xlsx", "题库.xlsx"),
        (b"PK\x03\x04 broken", "题库.xlsx", "题库.xlsx"),
        (b"\x00\xff\xfe\x80", "题库.csv", "题库.csv"),
        (b"a,b,c\n1,2,3\n", "题库.csv", "题库.csv"),
        (b'{"a": 1}', "题库.json", "JSON"),
        (b"[1, 2", "题库.json", "JSON"),
        (b"[" * 100_000, "题库.json", "JSON"),
    ],
)
def test_files_that_hold_nothing_usable(read, data, name, word):
    with pytest.raises(formats.BadFile, match=word):
        read(data, name)


def test_a_wrong_sheet_is_named(read):
    with pytest.raises(formats.BadFile, match="人员"):
        read(workbook({"姓名": "张三"}, headings=["姓名", "工号"], title="人员"))


def test_a_sheet_without_stems_names_the_missing_column(read):
    with pytest.raises(formats.BadFile, match="题干"):
        read(workbook({"题型": "单选题"}, headings=["题型", "答案"]))


def test_an_unknown_difficulty_is_noted(read):
    [row] = read(workbook(GOOD | {"难度": "超难"}))
    assert row.draft.difficulty == 3
    assert "超难" in row.notes[0]
