"""Files of records and scores: what is taken over, what is refused with its row, what a second file changes."""

import datetime

import pytest

from certificates.ratings.formats.columns import (
    RECORD_COLUMNS,
    SCORE_COLUMNS,
    record_template,
    score_template,
)
from certificates.ratings.models import ImportedScore, Record, ScoreSource
from certificates.ratings.services.record_files import import_records
from certificates.ratings.services.records import RecordRefused
from certificates.ratings.services.scores import import_scores, withdraw_score
from lianbing.kit.spreadsheets import OutSheet, SpreadsheetError, read_workbook, write_workbook
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def squad():
    return people.unit("东城中队", people.unit("执法局"))


@pytest.fixture
def officer(squad):
    return people.officer(squad, name="王小明")


def book(columns, *rows):
    """The sheets of a file with these rows, given by heading."""
    headings = [column.heading for column in columns]
    cells = [[row.get(heading, "") for heading in headings] for row in rows]
    data = write_workbook([OutSheet("表", headings, cells)])
    return read_workbook(data, "f.xlsx")


def award(officer, **said):
    row = {
        "工号": officer.staff_number,
        "类型": "荣誉",
        "种类": "先进个人",
        "名称": "先进",
        "日期": "2026-03-01",
    }
    return row | said


def records(at, *rows, **fields):
    return import_records(sheets=book(RECORD_COLUMNS, *rows), by=SYSTEM, at=at, file="f.xlsx", **fields)


def satisfaction(officer, **said):
    row = {"工号": officer.staff_number, "指标代码": "satisfaction", "项目": "满意度"}
    return row | {"日期": "2026年3月1日", "分值": 92.5} | said


def scores(at, *rows, source=ScoreSource.EXTERNAL, **fields):
    sheets = book(SCORE_COLUMNS, *rows)
    return import_scores(sheets=sheets, source=source, by=SYSTEM, at=at, file="f.xlsx", **fields)


def places(report):
    return [(error.row, error.column) for error in report.errors]


def test_records_come_in_with_where_they_stood_and_a_second_time_unchanged(officer, at):
    row = award(officer, 类型="惩戒", 种类="警告", 名称="迟到早退", 计入单位="是")
    assert records(at, row).created == 1
    made = Record.objects.get()
    assert (made.kind, made.sort, made.for_unit, made.row, made.file) == (
        "sanction",
        "warning",
        True,
        2,
        "f.xlsx",
    )
    assert made.expires_on == datetime.date(2026, 8, 31)
    again = records(at, row)
    assert (again.created, again.unchanged, Record.objects.count()) == (0, 1, 1)


def test_a_record_of_a_unit_names_the_unit_by_its_path(squad, officer, at):
    assert records(at, award(officer, 工号="", 单位="执法局／东城中队", 种类="先进集体")).errors == []
    assert (Record.objects.get().officer, Record.objects.get().unit) == (None, squad)


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"工号": "没有这个人"}, "工号"),
        ({"工号": ""}, "工号"),
        ({"工号": "", "单位": "不存在"}, "单位"),
        ({"姓名": "别人"}, "姓名"),
        ({"类型": "罚款"}, "类型"),
        ({"种类": "警告"}, "种类"),
        ({"名称": ""}, "名称"),
        ({"名称": "长" * 121}, "名称"),
        ({"日期": "昨天"}, "日期"),
        ({"日期": "2027-01-01"}, "日期"),
        ({"日期": "2001-01-01"}, "工号"),
        ({"有效期至": "2026-02-01"}, "有效期至"),
        ({"分值": -3}, "分值"),
        ({"分值": 1001}, "分值"),
        ({"级别": "宇宙级"}, "级别"),
        ({"计入单位": "也许"}, "计入单位"),
        ({"类型": "措施", "种类": "黄牌"}, "有效期至"),
        ({"连带责任人工号": "没有"}, "连带责任人工号"),
    ],
)
def test_a_bad_row_is_named_by_row_and_column_and_nothing_is_saved(officer, at, said, column):
    report = records(at, award(officer), award(officer, **({"名称": "另一项"} | said)))
    assert places(report) == [(3, column)]
    assert Record.objects.count() == 0


def test_the_good_rows_come_in_alone_when_asked_for(officer, at):
    report = records(at, award(officer), award(officer, 工号="没有"), skip_bad_rows=True)
    assert (report.rows, report.created, Record.objects.count()) == (2, 1, 1)


def test_the_same_twice_in_a_file_is_an_error(officer, at):
    assert places(records(at, award(officer), award(officer))) == [(3, "名称")]


def test_a_dry_run_saves_nothing(officer, at):
    assert records(at, award(officer), dry_run=True).created == 1
    assert Record.objects.count() == 0


def test_whoever_brings_a_file_in_does_not_stand_in_it(officer, at):
    by = people.actor(people.grant(officer.user, Role.HR))
    report = import_records(sheets=book(RECORD_COLUMNS, award(officer)), by=by, at=at)
    assert (places(report), Record.objects.count()) == ([(2, "工号")], 0)


def test_a_score_keeps_the_row_it_came_from_and_a_later_file_corrects_it(officer, at):
    scores(at, satisfaction(officer))
    report = scores(at, satisfaction(officer, 分值="95"))
    assert (report.created, report.updated) == (0, 1)
    first, second = ImportedScore.objects.order_by("number")
    assert (first.said["分值"], first.row, first.officer) == ("92.5", 2, officer)
    assert (second.number, second.value, second.reason != "") == (2, 95, True)
    assert scores(at, satisfaction(officer, 分值="95")).unchanged == 1


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"项目": "罚 没 收 入"}, "项目"),
        ({"指标代码": "fine_income"}, "指标代码"),
        ({"分值": "很好"}, "分值"),
        ({"分值": "1.234"}, "分值"),
        ({"分值": ""}, "分值"),
        ({"指标代码": "a b"}, "指标代码"),
        ({"日期": ""}, "日期"),
    ],
)
def test_a_bad_score_is_refused_and_fine_income_with_the_law(officer, at, said, column):
    report = scores(at, satisfaction(officer, **said))
    assert places(report) == [(2, column)]
    assert ("第七十四条" in report.errors[0].message) == ("fine" in str(said) or "罚" in str(said))


def test_a_score_is_taken_back_once_and_stays_readable(officer, at):
    scores(at, satisfaction(officer))
    hr, score = people.actor(people.staff(Role.HR)), ImportedScore.objects.get()
    made = withdraw_score(score=score, reason="评价作废了", by=hr, at=at)
    assert (made.number, made.gone, made.value) == (2, True, score.value)
    with pytest.raises(RecordRefused):
        withdraw_score(score=score, reason="评价作废了", by=hr, at=at)


@pytest.mark.parametrize(
    ("template", "run"),
    [
        (record_template, import_records),
        (score_template, lambda **given: import_scores(source=ScoreSource.IMPORTED, **given)),
    ],
)
def test_the_template_s_own_examples_are_never_imported(at, template, run):
    with pytest.raises(SpreadsheetError):
        run(sheets=read_workbook(template(), "t.xlsx"), by=SYSTEM, at=at)


def test_a_long_file_takes_few_statements(squad, at, django_assert_max_num_queries):
    rows = [award(people.officer(squad)) for _ in range(40)]
    with django_assert_max_num_queries(14):
        assert records(at, *rows).created == 40
