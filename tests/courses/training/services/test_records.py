"""Past records become classes, rolls and hours: once, whole, and with every fault named by row."""

import datetime
from decimal import Decimal

import pytest

from courses.training.models import (
    HourEntry,
    PeriodLock,
    RollEntry,
    Session,
    TakenOver,
    Trainee,
    TrainingClass,
)
from courses.training.queries.attended import attended
from courses.training.queries.file import personal_file
from courses.training.services.hours import counter
from courses.training.services.records import import_training
from lianbing.kit.models import AuditRecord
from lianbing.kit.spreadsheets import Sheet, SpreadsheetError
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people, training

pytestmark = pytest.mark.django_db

HEADINGS = [
    "工号",
    "姓名",
    "名称",
    "类型",
    "内容类别",
    "开始日期",
    "结束日期",
    "期次",
    "学时",
    "分钟",
    "成绩",
    "结果",
]
SPRING = ["春季集中培训", "培训班", "执法业务", "2025-03-10", "2025-03-12", "1", "18", "", "86", "合格"]
EXAM = ["年度学法考试", "考试", "执法业务", "2025-11-20", "", "", "", "", "92", "合格"]


@pytest.fixture
def squad():
    training.category()
    training.category("professional", "业务学习")
    return people.unit()


@pytest.fixture
def officer(squad):
    return people.officer(squad)


def take_over(at, *rows, **options):
    sheet = Sheet("培训记录", [HEADINGS, *[list(row) for row in rows]])
    return import_training(sheets=[sheet], by=SYSTEM, at=at, file="旧台账.xlsx", **options)


def row(officer, cells, **changed):
    """A row of the sheet for an officer, with some columns changed by heading."""
    values = dict(zip(HEADINGS, [officer.staff_number, officer.name, *cells], strict=True)) | changed
    return [values[heading] for heading in HEADINGS]


def test_a_class_becomes_a_finished_class_with_roll_and_hours(officer, at):
    report = take_over(at, row(officer, SPRING))
    assert (report.rows, report.created, report.errors) == (1, 1, [])
    made = TrainingClass.objects.get()
    assert (made.title, made.state, made.starts_on) == (
        "春季集中培训",
        "finished",
        datetime.date(2025, 3, 10),
    )
    assert Trainee.objects.get().score == Decimal(86)
    entry = HourEntry.objects.get()
    assert (entry.hours, entry.kind, entry.earned_on.year) == (Decimal(18), "imported", 2025)
    assert entry.title == "春季集中培训"


def test_what_was_taken_over_counts_as_attended(officer, at):
    take_over(at, row(officer, SPRING))
    (found,) = attended([officer.pk], datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert (found.minutes, found.category) == (18 * 45, "practice")


def test_a_second_run_changes_nothing(officer, at):
    take_over(at, row(officer, SPRING), row(officer, EXAM))
    report = take_over(at, row(officer, SPRING, 学时="18.00"), row(officer, EXAM))
    assert (report.created, report.unchanged, report.errors) == (0, 2, [])
    assert HourEntry.objects.count() == TrainingClass.objects.count() == 1


def test_another_figure_for_the_same_row_is_refused(officer, at):
    take_over(at, row(officer, SPRING))
    report = take_over(at, row(officer, SPRING, 学时="80"))
    (error,) = report.errors
    assert (error.row, report.created) == (2, 0)
    assert HourEntry.objects.get().hours == 18


def test_colleagues_share_class_batch_and_session_also_from_a_later_file(squad, officer, at):
    other, third = people.officer(squad), people.officer(squad)
    take_over(at, row(officer, SPRING), row(other, SPRING))
    take_over(
        at,
        row(third, SPRING),
        row(people.officer(squad), SPRING, 期次="2", 开始日期="2025-04-01", 结束日期="2025-04-03"),
    )
    made = TrainingClass.objects.get()
    assert [batch.taken for batch in made.batches.order_by("number")] == [3, 1]
    assert made.ends_on == datetime.date(2025, 4, 3)
    assert Session.objects.count() == 2


def test_an_exam_gives_no_hours_and_is_on_record(officer, at):
    take_over(at, row(officer, EXAM))
    kept = TakenOver.objects.get()
    assert (kept.sort, kept.said["score"], kept.session) == ("exam", "92", None)
    assert not HourEntry.objects.exists()
    assert not Session.objects.exists()


def test_a_study_day_is_a_session_without_a_class(officer, at):
    take_over(at, row(officer, ["四月集体学习", "集体学习", "", "2025-04-11", "", "", "", "90", "", ""]))
    assert (Session.objects.get().kind, RollEntry.objects.get().minutes) == ("study_day", 90)
    assert HourEntry.objects.get().hours == 2
    assert not TrainingClass.objects.exists()


def test_who_was_absent_stands_on_the_roll_without_hours(officer, at):
    take_over(at, row(officer, SPRING, 学时="", 成绩="", 结果="缺勤"))
    assert (RollEntry.objects.get().state, Trainee.objects.get().state) == ("absent", "failed")
    assert not HourEntry.objects.exists()


def test_one_bad_row_saves_nothing(squad, officer, at):
    report = take_over(at, row(officer, SPRING), row(people.officer(squad), SPRING, 开始日期="2025-13-40"))
    assert report.created == 0
    assert [(error.row, error.column) for error in report.errors] == [(3, "开始日期")]
    assert not TakenOver.objects.exists()


def test_the_good_rows_alone_when_asked(squad, officer, at):
    report = take_over(at, row(officer, SPRING), row(officer, SPRING, 工号="9999"), skip_bad_rows=True)
    assert (report.created, len(report.errors)) == (1, 1)
    assert TakenOver.objects.get().officer == officer


def test_a_dry_run_reports_the_same_and_saves_nothing(officer, at):
    report = take_over(at, row(officer, SPRING), dry_run=True)
    assert report.created == 1
    assert not TakenOver.objects.exists()
    assert not AuditRecord.objects.filter(action="records_taken_over").exists()


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"工号": "9999"}, "工号"),
        ({"姓名": "别的人"}, "姓名"),
        ({"名称": ""}, "名称"),
        ({"名称": "长" * 101}, "名称"),
        ({"类型": "茶话会"}, "类型"),
        ({"内容类别": "烹饪"}, "内容类别"),
        ({"开始日期": "明天"}, "开始日期"),
        ({"开始日期": "2027-01-01"}, "开始日期"),
        ({"结束日期": "2025-03-09"}, "结束日期"),
        ({"学时": "很多"}, "学时"),
        ({"学时": "-1"}, "学时"),
        ({"学时": "NaN"}, "学时"),
        ({"学时": "1e9"}, "学时"),
        ({"学时": ""}, "学时"),
        ({"分钟": "1.5"}, "分钟"),
        ({"成绩": "一百"}, "成绩"),
        ({"结果": "大概吧"}, "结果"),
        ({"结果": "缺勤"}, "学时"),
        ({"类型": "考试", "成绩": "", "结果": ""}, "成绩"),
    ],
)
def test_each_fault_names_its_row_and_column(officer, at, changed, column):
    report = take_over(at, row(officer, SPRING, **changed))
    assert (2, column) in [(error.row, error.column) for error in report.errors]
    assert report.created == 0


def test_a_figure_that_cannot_be_read_is_named_once(officer, at):
    report = take_over(at, row(officer, SPRING, 学时="十八"))
    assert [error.column for error in report.errors] == ["学时"]


def test_a_row_twice_in_the_file_is_named(officer, at):
    report = take_over(at, row(officer, SPRING), row(officer, SPRING))
    assert [(error.row, error.column) for error in report.errors] == [(3, "名称")]


def test_one_person_in_two_batches_of_a_class_is_refused_in_one_file_and_in_two(officer, at):
    second = row(officer, SPRING, 期次="2", 开始日期="2025-04-01", 结束日期="2025-04-03")
    assert [error.row for error in take_over(at, row(officer, SPRING), second).errors] == [3]
    take_over(at, row(officer, SPRING))
    assert [(error.row, error.column) for error in take_over(at, second).errors] == [(2, "期次")]


def test_a_closed_period_takes_nothing_more(officer, at):
    PeriodLock.objects.create(
        first=datetime.date(2025, 1, 1), last=datetime.date(2025, 12, 31), locked_at=at, by={}
    )
    assert [error.column for error in take_over(at, row(officer, SPRING)).errors] == ["结束日期"]
    assert take_over(at, row(officer, EXAM)).created == 1


def test_records_of_a_merged_number_go_to_the_record_in_use(squad, officer, at):
    old = people.officer(squad, merged_into=officer)
    take_over(at, row(old, SPRING, 姓名=""))
    assert TakenOver.objects.get().officer == officer


def test_a_file_without_the_columns_is_refused_whole(at):
    with pytest.raises(SpreadsheetError):
        import_training(sheets=[Sheet("x", [["甲", "乙"], ["1", "2"]])], by=SYSTEM, at=at)


def test_a_thousand_rows_take_a_bounded_number_of_statements(squad, at, django_assert_max_num_queries):
    rows = [row(people.officer(squad), SPRING) for _ in range(300)]
    with django_assert_max_num_queries(60):
        assert take_over(at, *rows).created == 300


def test_the_personal_file_lists_three_classes_and_two_exams_with_their_figures(officer, at):
    """R01: import three classes and two exams; the file of one person lists all five with date, hours, score."""
    take_over(
        at,
        row(officer, SPRING),
        row(
            officer,
            SPRING,
            名称="渣土专题",
            类型="专题培训",
            开始日期="2025-05-06",
            结束日期="2025-05-06",
            学时="8",
        ),
        row(
            officer,
            SPRING,
            名称="脱产轮训",
            类型="脱产培训",
            开始日期="2025-09-01",
            结束日期="2025-09-05",
            学时="40",
        ),
        row(officer, EXAM),
        row(officer, EXAM, 名称="上半年测试", 开始日期="2025-06-20", 成绩="75.5"),
    )
    told = personal_file(officer)
    shown = [(one.on.isoformat(), one.kind, one.title, one.hours, one.score) for one in told.entries]
    assert shown[1:] == [
        ("2025-03-10", "class", "春季集中培训", 18, "86"),
        ("2025-05-06", "class", "渣土专题", 8, "86"),
        ("2025-06-20", "exam", "上半年测试", None, "75.5"),
        ("2025-09-01", "class", "脱产轮训", 40, "86"),
        ("2025-11-20", "exam", "年度学法考试", None, "92"),
    ]
    assert told.hours == 66


def test_a_correction_leaves_before_and_after_in_file_and_trail(officer, at):
    take_over(at, row(officer, SPRING))
    hr = people.actor(people.staff(Role.HR))
    counter(entry=HourEntry.objects.get(), hours=Decimal(16), reason="半天未到", by=hr, at=at)
    (told,) = [one for one in personal_file(officer).entries if one.kind == "correction"]
    assert "18" in told.note
    assert "16" in told.note
    trail = AuditRecord.objects.get(action="hours_countered")
    assert (trail.details["hours"], trail.details["instead"], trail.reason) == ("18.00", "16", "半天未到")
