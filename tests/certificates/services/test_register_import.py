"""An older register becomes a history: whole, once, and with every fault named by sheet, row and column."""

import datetime

import pytest

from certificates.formats.columns import (
    CARD_COLUMNS,
    CARD_SHEET,
    CHANGE_COLUMNS,
    CHANGE_SHEET,
    QUALIFICATION_COLUMNS,
    QUALIFICATION_SHEET,
    REVIEW_COLUMNS,
    REVIEW_SHEET,
    template,
)
from certificates.models import (
    EnforcementCertificate,
    EnforcementEvent,
    EnforcementRefusal,
    Qualification,
)
from certificates.queries.duty import standings
from certificates.services.register_import import import_certificates
from certificates.state.enforcement import State
from lianbing.kit.models import AuditRecord, OutboxMessage
from lianbing.kit.spreadsheets import Sheet, SpreadsheetError, read_workbook
from lianbing.people.models import Officer
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people

pytestmark = pytest.mark.django_db
SHEETS = {
    CARD_SHEET: CARD_COLUMNS,
    REVIEW_SHEET: REVIEW_COLUMNS,
    CHANGE_SHEET: CHANGE_COLUMNS,
    QUALIFICATION_SHEET: QUALIFICATION_COLUMNS,
}


@pytest.fixture
def squad():
    return people.unit()


@pytest.fixture
def officer(squad):
    return people.officer(squad, name="王小明")


def sheet(name, *rows):
    """A sheet of the template with rows given as {key: value}."""
    keys = [column.key for column in SHEETS[name]]
    cells = [[row.get(key) for key in keys] for row in rows]
    return Sheet(name, [[column.heading for column in SHEETS[name]], *cells])


def card(officer, number="A001", **said):
    given = {"valid_from": "2024-03-01", "valid_until": "2029-02-28", **said}
    return {"staff_number": officer.staff_number, "certificate_no": number, **given}


def review(officer, year, result="合格", **said):
    on = said.pop("on", f"{year}-12-10")
    return {"staff_number": officer.staff_number, "year": str(year), "on": on, "result": result, **said}


def changed(officer, on, kind, **said):
    return {"staff_number": officer.staff_number, "on": on, "kind": kind, **said}


def take_over(at, *sheets, by=SYSTEM, **options):
    return import_certificates(sheets=list(sheets), by=by, at=at, file="旧台账.xlsx", **options)


def counts(report):
    return report.rows, report.created, report.updated, report.unchanged, len(report.errors)


def said(report):
    return [(error.sheet, error.row, error.column) for error in report.errors]


def test_a_card_with_past_reviews_is_not_red_on_the_first_day(officer, at):
    reviews = [review(officer, year) for year in (2024, 2025)]
    report = take_over(at, sheet(CARD_SHEET, card(officer)), sheet(REVIEW_SHEET, *reviews))
    assert counts(report) == (3, 3, 0, 0, 0)
    held = EnforcementCertificate.objects.get()
    assert (held.state, held.review_base_on) == ("active", datetime.date(2025, 12, 10))
    assert [event.kind for event in held.events.all()] == ["entered", "reviewed", "reviewed"]
    assert all(event.taken_over for event in held.events.all())
    assert standings([officer.pk], at)[officer.pk].on_duty


def test_renewals_keep_the_first_issue_and_the_chain(officer, at):
    row = card(officer, "B002", first_issued_on="2014-05-01")
    renewal = changed(officer, "2024-03-01", "换证", old_number="B001", old_until="2024-02-29")
    report = take_over(at, sheet(CARD_SHEET, row), sheet(CHANGE_SHEET, renewal))
    assert counts(report) == (2, 2, 0, 0, 0)
    held = EnforcementCertificate.objects.get()
    assert (held.certificate_no, held.first_issued_on) == ("B002", datetime.date(2014, 5, 1))
    first, second = held.events.all()
    assert (first.data["certificate_no"], second.data["certificate_no"]) == ("B001", "B002")


def test_a_suspended_card_is_not_on_duty_and_says_since_when(officer, at):
    row = card(officer, state="暂扣", state_on="2026-09-01", document_no="云城执〔2026〕9号")
    assert counts(take_over(at, sheet(CARD_SHEET, row))) == (1, 1, 0, 0, 0)
    duty = standings([officer.pk], at)[officer.pk]
    assert (duty.state, duty.on_duty, duty.since) == (State.SUSPENDED, False, datetime.date(2026, 9, 1))


def test_the_same_file_again_changes_nothing(officer, at):
    book = [
        sheet(CARD_SHEET, card(officer)),
        sheet(REVIEW_SHEET, review(officer, 2025)),
        sheet(CHANGE_SHEET, changed(officer, "2026-05-01", "遗失"), changed(officer, "2026-06-01", "补办")),
    ]
    assert counts(take_over(at, *book)) == (4, 4, 0, 0, 0)
    assert counts(take_over(at, *book)) == (4, 0, 0, 4, 0)
    assert EnforcementEvent.objects.count() == 4


def test_what_a_later_file_adds_is_appended(officer, at):
    take_over(at, sheet(CARD_SHEET, card(officer)))
    assert counts(take_over(at, sheet(REVIEW_SHEET, review(officer, 2025)))) == (1, 0, 1, 0, 0)
    assert EnforcementCertificate.objects.get().event_count == 2


def test_the_same_person_with_another_card_is_an_error_not_an_overwriting(officer, at):
    take_over(at, sheet(CARD_SHEET, card(officer)))
    report = take_over(at, sheet(CARD_SHEET, card(officer, "Z999")))
    assert said(report) == [(CARD_SHEET, 2, "证号")]
    report = take_over(at, sheet(CARD_SHEET, card(officer, valid_until="2030-01-01")))
    assert said(report) == [(CARD_SHEET, 2, "有效期止")]
    assert EnforcementCertificate.objects.get().certificate_no == "A001"


@pytest.mark.parametrize("category", ["auxiliary", "civilian"])
def test_auxiliaries_and_civilians_are_refused_and_it_is_on_record(squad, officer, at, category):
    other = people.officer(squad, category=category)
    book = sheet(CARD_SHEET, card(officer), card(other, "A002"))
    assert take_over(at, book, dry_run=True).refused == 1
    assert not EnforcementRefusal.objects.exists()
    report = take_over(at, book)
    assert (report.created, said(report)) == (0, [(CARD_SHEET, 3, "工号")])
    assert "第四十二条" in report.errors[0].message
    assert EnforcementRefusal.objects.get().officer == other
    report = take_over(at, book, skip_bad_rows=True)
    assert (report.created, len(report.errors)) == (1, 1)
    assert EnforcementCertificate.objects.get().officer == officer


def test_a_number_belongs_to_one_person(squad, officer, at):
    twin, third = people.officer(squad), people.officer(squad)
    report = take_over(at, sheet(CARD_SHEET, card(officer), card(twin)), skip_bad_rows=True)
    assert (report.created, said(report)) == (1, [(CARD_SHEET, 3, "证号")])
    report = take_over(at, sheet(CARD_SHEET, card(third)))
    assert said(report) == [(CARD_SHEET, 2, "证号")]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"valid_until": "2023-01-01"}, "有效期止"),
        ({"valid_from": "1900-01-01"}, "有效期起"),
        ({"valid_from": 0}, "有效期起"),
        ({"valid_until": "2029年2月30日"}, "有效期止"),
        ({"first_issued_on": "2025-01-01"}, "首次发证日期"),
        ({"certificate_no": None}, "证号"),
        ({"certificate_no": 4.4e17}, "证号"),
        ({"state": "不知道"}, "状态"),
        ({"state": "暂扣"}, "状态起日"),
        ({"staff_number": "9999"}, "工号"),
        ({"name": "张三丰"}, "姓名"),
    ],
)
def test_every_fault_is_named_by_row_and_column(officer, at, changes, column):
    report = take_over(at, sheet(CARD_SHEET, {**card(officer), **changes}))
    assert said(report) == [(CARD_SHEET, 2, column)]
    assert counts(report)[1:4] == (0, 0, 0)
    assert not EnforcementCertificate.objects.exists()


def test_dates_and_numbers_are_read_as_people_write_them(officer, at):
    row = card(officer, 20240001.0, valid_from="2022年11月1日", valid_until=datetime.datetime(2027, 10, 31))  # noqa: DTZ001 -- as a cell comes
    assert not take_over(at, sheet(CARD_SHEET, row)).errors
    held = EnforcementCertificate.objects.get()
    assert (held.certificate_no, held.valid_from) == ("20240001", datetime.date(2022, 11, 1))


def test_half_a_history_is_not_taken_over(squad, officer, at):
    other = people.officer(squad)
    book = [
        sheet(CARD_SHEET, card(officer), card(other, "A002")),
        sheet(REVIEW_SHEET, review(officer, 2025, result="也许")),
    ]
    report = take_over(at, *book, skip_bad_rows=True)
    assert report.created == 1
    assert said(report) == [(CARD_SHEET, 2, "工号"), (REVIEW_SHEET, 2, "结果")]
    assert EnforcementCertificate.objects.get().officer == other


def test_a_state_that_the_history_contradicts_is_refused(officer, at):
    change = changed(officer, "2026-05-01", "遗失")
    report = take_over(at, sheet(CARD_SHEET, card(officer, state="有效")), sheet(CHANGE_SHEET, change))
    assert said(report) == [(CARD_SHEET, 2, "状态")]


def test_a_change_that_does_not_fit_is_named_at_its_own_row(officer, at):
    change = changed(officer, "2026-05-01", "恢复")
    report = take_over(at, sheet(CARD_SHEET, card(officer)), sheet(CHANGE_SHEET, change))
    assert said(report) == [(CHANGE_SHEET, 2, "变更")]


def test_reviews_of_somebody_without_a_certificate_are_refused(officer, at):
    report = take_over(at, sheet(REVIEW_SHEET, review(officer, 2025)))
    assert said(report) == [(REVIEW_SHEET, 2, "工号")]


def test_nobody_takes_their_own_certificate_over(squad, officer, at):
    people.grant(officer.user, Role.HR)
    report = take_over(at, sheet(CARD_SHEET, card(officer)), by=people.actor(officer.user))
    assert said(report) == [(CARD_SHEET, 2, "工号")]


def test_qualifications_come_in_once_and_belong_to_one_person(squad, officer, at):
    row = {
        "staff_number": officer.staff_number,
        "kind": "法律职业资格",
        "number": "A2019 001",
        "obtained_on": "2019-03-01",
    }
    assert counts(take_over(at, sheet(QUALIFICATION_SHEET, row))) == (1, 1, 0, 0, 0)
    assert Qualification.objects.get().number == "A2019001"
    assert counts(take_over(at, sheet(QUALIFICATION_SHEET, row))) == (1, 0, 0, 1, 0)
    other = people.officer(squad)
    report = take_over(at, sheet(QUALIFICATION_SHEET, {**row, "staff_number": other.staff_number}))
    assert said(report) == [(QUALIFICATION_SHEET, 2, "资格证号")]


def test_a_merged_record_is_taken_over_for_the_one_that_was_kept(squad, officer, at):
    double = people.officer(squad)
    Officer.objects.filter(pk=double.pk).update(merged_into=officer)
    take_over(at, sheet(CARD_SHEET, card(double)))
    assert EnforcementCertificate.objects.get().officer == officer


def test_the_import_is_on_record_and_others_hear_of_it(officer, at):
    take_over(at, sheet(CARD_SHEET, card(officer)))
    assert AuditRecord.objects.get(action="register_taken_over").details["created"] == 1
    assert OutboxMessage.objects.get(topic="enforcement_changed").payload["state"] == "active"


def test_one_sheet_of_any_name_is_one_of_certificates(officer, at):
    book = Sheet("Sheet1", sheet(CARD_SHEET, card(officer)).rows)
    assert take_over(at, book).created == 1


def test_a_file_of_something_else_is_refused_as_a_whole(at):
    with pytest.raises(SpreadsheetError):
        take_over(at, Sheet("Sheet1", [["甲", "乙"], ["1", "2"]]))


def test_the_template_is_read_and_holds_examples_alone(at):
    with pytest.raises(SpreadsheetError):
        take_over(at, *read_workbook(template(), "模板.xlsx"))


def test_a_card_good_from_a_later_day_counts_from_that_day(officer, at):
    take_over(at, sheet(CARD_SHEET, card(officer, valid_from="2026-12-01", valid_until="2031-11-30")))
    assert EnforcementEvent.objects.get().on == at.date()
    assert not standings([officer.pk], at)[officer.pk].on_duty
    assert standings([officer.pk], at + datetime.timedelta(days=12))[officer.pk].on_duty


def test_six_hundred_people_take_no_statement_each_to_check(squad, at, django_assert_max_num_queries):
    officers = [people.officer(squad) for _ in range(12)]
    book = sheet(CARD_SHEET, *[card(one, f"N{one.pk}") for one in officers])
    with django_assert_max_num_queries(14):
        assert take_over(at, book, dry_run=True).created == 12
