"""Reading a file of cards: three sheets, every error in its place."""

import pytest

from lianbing.kit.spreadsheets import SpreadsheetError, read_workbook
from lianbing.library.formats.card_checking import Checker
from lianbing.library.formats.card_columns import template
from tests.factories import cards as made


def read(*rows, posts=("岗甲",), **further):
    checker = Checker(made.sheets(*rows, **further), posts)
    return checker.entries(), checker


def places(checker):
    return [(one.sheet, one.row, one.column) for one in checker.errors]


GRADE = {"code": "SR-01", "name": "一般", "circumstances": "甲", "penalty": "50-500元"}
STEP = {"code": "SR-01", "name": "立案"}


def test_grades_and_steps_stand_on_sheets_of_their_own():
    steps = [STEP, STEP | {"name": "送达", "what": "交付", "limit": "7个工作日", "since": "立案"}]
    grades = [GRADE, GRADE | {"name": "轻微", "penalty": "不予处罚", "basis": "《行政处罚法》第三十三条"}]
    (entry,), checker = read({"grades": ""}, grades=grades, steps=steps)
    assert checker.errors == []
    assert entry.text.grades == "一般 | 甲 | 50-500元\n轻微 | 甲 | 不予处罚 |  | 《行政处罚法》第三十三条"
    assert entry.text.steps == "立案\n送达 | 交付 | 7个工作日 | 立案"


@pytest.mark.parametrize(
    ("grade", "place"),
    [
        ({"penalty": "50-501元"}, ("裁量等级", 3, "处罚")),
        ({"penalty": "20-500元"}, ("裁量等级", 3, "处罚")),
        ({"penalty": "不予处罚"}, ("裁量等级", 3, "依据")),
        ({"penalty": "很多钱"}, ("裁量等级", 3, "处罚")),
        ({"code": "SR-99"}, ("裁量等级", 3, "事项编码")),
        ({"circumstances": ""}, ("裁量等级", 3, "情形")),
        ({"subject": "车主"}, ("裁量等级", 3, "适用对象")),
    ],
)
def test_a_grade_that_cannot_stand_is_shown_in_its_own_row(grade, place):
    _entries, checker = read({"grades": ""}, grades=[GRADE, GRADE | {"name": "较重"} | grade])
    assert place in places(checker)


@pytest.mark.parametrize(
    ("step", "column"),
    [({"limit": "几天"}, "期限"), ({"since": "没有的"}, "起算步骤"), ({"name": "立案"}, "步骤")],
)
def test_a_step_that_cannot_stand_is_shown_in_its_own_row(step, column):
    _entries, checker = read({}, steps=[STEP, {"code": "SR-01", "name": "送达"} | step])
    assert places(checker) == [("办理步骤", 3, column)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"code": ""}, "事项编码"),
        ({"code": "a b"}, "事项编码"),
        ({"code": "desk"}, "事项编码"),
        ({"name": ""}, "事项名称"),
        ({"violation_basis": ""}, "违法依据"),
        ({"violation_basis": "市容条例"}, "违法依据"),
        ({"penalty_basis": ""}, "处罚依据"),
        ({"bounds": "五十元"}, "法定处罚"),
        ({"steps": "立案 | 甲 | 几天"}, "办理步骤"),
        ({"procedure": "快速"}, "适用程序"),
        ({"posts": "岗乙"}, "岗位"),
        ({"item": "长" * 61}, "一级事项"),
    ],
)
def test_an_error_names_its_column(row, column):
    entries, checker = read(row)
    assert (entries, places(checker)[0]) == ([], ("执法事项", 2, column))


def test_a_code_stands_once_and_grades_in_one_place():
    _entries, checker = read({}, {}, grades=[GRADE])
    assert ("执法事项", 3, "事项编码") in places(checker)
    assert ("执法事项", 2, "裁量等级") in places(checker)


def test_numbers_typed_as_numbers_are_read():
    (entry,), checker = read({"code": 101})
    assert (entry.code, checker.errors) == ("101", [])


def test_the_example_rows_of_the_template_are_no_cards():
    checker = Checker(read_workbook(template(), "模板.xlsx"), ())
    assert (checker.table.rows, checker.errors) == ([], [])


def test_a_workbook_without_the_headings_is_refused():
    with pytest.raises(SpreadsheetError):
        Checker(read_workbook("甲,乙\n1,2\n".encode(), "文.csv"), ())
