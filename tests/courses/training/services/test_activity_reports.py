"""A unit's record is asked for, handed in as it stands, received or sent back; late is late."""

import datetime

import pytest

from courses.training.models import ActivityReport, RecordTemplate
from courses.training.queries.bulletin import handed_in
from courses.training.reports.activity_record import built_in_template
from courses.training.services import activity_reports as services
from courses.training.services import exports
from courses.training.services.activity_reports import ReportRefused
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.rules import Role
from tests.factories import people, training

pytestmark = pytest.mark.django_db

JUNE = {"first": datetime.date(2026, 6, 1), "last": datetime.date(2026, 6, 30)}
DUE = datetime.date(2026, 7, 3)


@pytest.fixture
def squad():
    return people.unit("滨河中队", parent=people.unit("云汐局"))


@pytest.fixture
def superior(squad):
    return people.actor(people.staff(Role.HR))


@pytest.fixture
def trainer(squad):
    return people.actor(people.staff(Role.TRAINER, unit=squad))


@pytest.fixture
def report(squad, superior, at):
    services.ask(units=[squad], **JUNE, due_on=DUE, by=superior, at=at)
    return ActivityReport.objects.get()


def test_asking_twice_asks_once(report, squad, superior, at):
    assert services.ask(units=[squad], **JUNE, due_on=DUE, by=superior, at=at) == 0
    assert ActivityReport.objects.count() == 1


def test_what_is_handed_in_stays_as_it_was(report, squad, trainer, at):
    moment = datetime.datetime(2026, 6, 10, 1, 0, tzinfo=datetime.UTC)
    training.session(unit=squad, starts_at=moment, state="closed", topic="当时的主题")
    services.hand_in(report=report, by=trainer, at=at)
    training.session(unit=squad, starts_at=moment, state="closed")
    report.refresh_from_db()
    assert [line["主题"] for line in report.lines] == ["当时的主题"]
    assert exports.handed_in_record(report=report, by=trainer, at=at).data[:2] == b"PK"


def test_late_is_after_the_day_and_missing_is_overdue(report, squad, trainer, at):
    root = squad.get_parent()
    assert handed_in(root, **JUNE, today=DUE) == ([], [])
    assert handed_in(root, **JUNE, today=DUE + datetime.timedelta(days=1)) == ([], ["滨河中队"])
    services.hand_in(report=report, by=trainer, at=at)
    assert handed_in(root, **JUNE, today=at.date()) == (["滨河中队"], [])


def test_handed_in_once_received_once_and_by_another(report, superior, trainer, at):
    services.hand_in(report=report, by=trainer, at=at)
    report.refresh_from_db()
    with pytest.raises(ReportRefused):
        services.hand_in(report=report, by=trainer, at=at)
    with pytest.raises(ReportRefused):
        services.receive(report=report, by=trainer, at=at)
    services.receive(report=report, by=superior, at=at)
    with pytest.raises(ReportRefused):
        services.send_back(report=report, reason="少一次", by=superior, at=at)


def test_sent_back_it_is_handed_in_again(report, superior, trainer, at):
    services.hand_in(report=report, by=trainer, at=at)
    report.refresh_from_db()
    with pytest.raises(ReportRefused):
        services.send_back(report=report, reason=" ", by=superior, at=at)
    services.send_back(report=report, reason="少一次", by=superior, at=at)
    report.refresh_from_db()
    assert (report.submitted_at, report.sent_back) == (None, "少一次")
    services.hand_in(report=report, by=trainer, at=at)


def test_not_before_the_period_is_over(report, trainer):
    early = datetime.datetime(2026, 6, 30, 1, 0, tzinfo=datetime.UTC)
    with pytest.raises(ReportRefused):
        services.hand_in(report=report, by=trainer, at=early)


@pytest.mark.parametrize("due", [datetime.date(2026, 6, 30), datetime.date(2026, 6, 1)])
def test_it_is_due_after_its_period(squad, superior, at, due):
    with pytest.raises(ReportRefused):
        services.ask(units=[squad], **JUNE, due_on=due, by=superior, at=at)


def test_nobody_asks_units_they_do_not_look_after(squad, trainer, at):
    with pytest.raises(ReportRefused):
        services.ask(units=[squad.get_parent()], **JUNE, due_on=DUE, by=trainer, at=at)


def test_the_bureau_s_template_replaces_the_last_and_is_retired(squad, superior, at):
    for name in ("一.xlsx", "二.xlsx"):
        made, unknown = services.add_template(
            name=name, data=built_in_template(), unit=squad, by=superior, at=at
        )
        assert unknown == ()
    assert RecordTemplate.objects.filter(retired_at=None).count() == 1
    assert services.current_template() == made
    services.retire_template(template=made, by=superior, at=at)
    assert services.current_template() is None


def test_a_workbook_without_a_placeholder_is_no_template(squad, superior, at):
    with pytest.raises(SpreadsheetError):
        services.add_template(name="x.xlsx", data=b"PK\x03\x04", unit=squad, by=superior, at=at)
    assert not RecordTemplate.objects.exists()
