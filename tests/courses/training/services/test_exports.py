"""The activity record and the circular of a unit for a period."""

import datetime
import io
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from courses.training.models import HourEntry, RollEntry, SessionFile
from courses.training.queries.activity_record import lines
from courses.training.services import activity_reports, exports
from lianbing.kit.models import AuditRecord
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people, training

pytestmark = pytest.mark.django_db

JUNE = {"first": datetime.date(2026, 6, 1), "last": datetime.date(2026, 6, 30)}
TENTH = datetime.datetime(2026, 6, 10, 1, 0, tzinfo=datetime.UTC)


@pytest.fixture
def bureau():
    return people.unit("云汐局")


@pytest.fixture
def squad(bureau):
    return people.unit("滨河中队", parent=bureau)


@pytest.fixture
def study_day(squad):
    held = training.session(
        unit=squad,
        starts_at=TENTH,
        minutes=90,
        topic="=占道经营",
        kind="study_day",
        state="closed",
        held_from=TENTH,
        held_to=TENTH + datetime.timedelta(minutes=85),
        recorder={"name": "记录员"},
    )
    for state in ("present", "late", "absent", "leave"):
        RollEntry.objects.create(
            session=held, officer=people.officer(squad), unit=squad, state=state, method="qr"
        )
    return held


def read(filled):
    return load_workbook(io.BytesIO(filled.data)).active


def export(unit, at, **options):
    return exports.activity_record(unit=unit, **JUNE, by=SYSTEM, at=at, **options)


def test_a_line_says_what_the_ledger_asks_for(study_day, squad):
    (line,) = lines(squad, **JUNE)
    assert [line.values[name] for name in ("应到", "实到", "迟到", "缺勤", "请假")] == [4, 2, 1, 1, 1]
    assert [line.values[name] for name in ("计划分钟", "实际分钟", "记录人")] == [90, 85, "记录员"]
    assert line.values["日期"] == datetime.date(2026, 6, 10)
    assert line.values["签到方式"]


def test_hours_are_those_of_the_session_with_corrections_taken_off(study_day, squad, at):
    officer = RollEntry.objects.first().officer
    common = {"officer": officer, "unit": squad, "year": 2026, "earned_on": TENTH.date(), "title": "x"}
    common |= {"counted_as": "in_person", "recorded_at": at, "by": {}}
    entry = HourEntry.objects.create(
        **common, hours=Decimal(2), kind="in_person", source=f"session:{study_day.uid}:{officer.pk}"
    )
    other = {**common, "officer": people.officer(squad)}
    HourEntry.objects.create(**other, hours=Decimal(1), kind="in_person", source=f"session:{study_day.uid}:9")
    HourEntry.objects.create(**common, hours=Decimal(-2), kind="counter", source="counter:1", counters=entry)
    assert lines(squad, **JUNE)[0].values["学时"] == 1


def test_only_one_s_own_people_and_closed_sessions_of_the_period_count(study_day, squad, bureau):
    other = people.unit("古城中队", parent=bureau)
    RollEntry.objects.create(session=study_day, officer=people.officer(other), unit=other, state="present")
    training.session(unit=squad, starts_at=TENTH)
    training.session(unit=squad, starts_at=TENTH + datetime.timedelta(days=40), state="closed")
    assert [line.values["应到"] for line in lines(squad, **JUNE)] == [4]
    assert [line.values["应到"] for line in lines(other, **JUNE)] == [1]
    assert [line.values["应到"] for line in lines(bureau, **JUNE)] == [5]


def test_the_built_in_template_sums_by_formula_and_takes_no_text_for_one(study_day, squad, at):
    filled, rows = export(squad, at)
    sheet = read(filled)
    assert (rows, sheet["A1"].value) == (1, "滨河中队2026年6月教育训练台账")
    assert sheet["G3"].value == "'=占道经营"
    assert sheet["M4"].value == "=SUM(M3:M3)"
    assert "50.0%" in sheet["A5"].value
    assert AuditRecord.objects.filter(action="activity_record_exported").count() == 1


def test_a_template_of_one_s_own_with_other_names_is_filled(study_day, squad, at):
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "{{单位}} {{期间}}"
    sheet["A2"], sheet["B2"], sheet["C2"] = "{{时间}}", "{{专题}}", "{{实到人数}}"
    sheet["C3"] = "=SUM(C2:C2)"
    target = io.BytesIO()
    book.save(target)
    filled = read(export(squad, at, template=target.getvalue())[0])
    assert (filled["A1"].value, filled["C2"].value) == ("滨河中队 2026年6月", 2)


def test_an_empty_period_gives_an_empty_record(squad, at):
    filled, rows = export(squad, at)
    assert (rows, read(filled)["G3"].value) == (0, None)


def test_a_file_that_is_no_template_is_refused(squad, at):
    with pytest.raises(SpreadsheetError):
        export(squad, at, template=b"PK\x03\x04 broken")


def test_statements_do_not_grow_with_the_sessions(study_day, squad, django_assert_num_queries):
    with django_assert_num_queries(6):
        lines(squad, **JUNE)
    for day in (1, 2):
        training.session(unit=squad, starts_at=TENTH + datetime.timedelta(days=day), state="closed")
    with django_assert_num_queries(6):
        assert len(lines(squad, **JUNE)) == 3


def test_removed_evidence_is_not_counted(study_day, squad, at):
    common = {
        "session": study_day,
        "mime": "image/png",
        "data": b"x",
        "bytes": 1,
        "sha256": "",
        "added_at": at,
    }
    SessionFile.objects.create(**common, name="a.png", by={})
    SessionFile.objects.create(**common, name="b.png", by={}, removed_at=at)
    assert lines(squad, **JUNE)[0].values["照片数"] == 1


def test_the_circular_names_units_figures_and_who_is_late(study_day, squad, bureau, at):
    other = people.unit("古城中队", parent=bureau)
    activity_reports.ask(units=[other], **JUNE, due_on=datetime.date(2026, 7, 3), by=_hr(), at=at)
    made = exports.circular(unit=bureau, **JUNE, by=SYSTEM, at=at)
    document = Document(io.BytesIO(made))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "关于2026年6月教育训练情况的通报" in text
    assert "尚未报送：古城中队" in text
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1][:5] == ["滨河中队", "1", "4", "2", "50.0%"]
    assert rows[-1][0] == "合计"


def _hr():
    return people.actor(people.staff(Role.HR))
