"""A session without a batch is changed and cancelled before it is closed."""

import pytest

from courses.training.models import AttendanceEvent, LeaveRequest, PeriodLock, RollEntry, Session
from courses.training.services import rolls
from courses.training.services import singles as service
from courses.training.services.locks import PeriodLocked
from courses.training.services.rolls import RollRefused
from lianbing.kit.models import AuditRecord
from tests.factories import people, training
from tests.factories.attendance import expect, open_session
from tests.factories.training import DAY, HOUR, NINE, TODAY

pytestmark = pytest.mark.django_db


def trainer():
    return people.actor(people.staff("trainer"))


def planned(unit, **fields):
    session = training.session(unit=unit, starts_at=NINE + 3 * DAY, **fields)
    rolls.roll_of(session)
    return session


def values(session, **change):
    return {name: getattr(session, name) for name in service.FIELDS} | change


def changed(session, instructors=(), **change):
    return service.change(
        session=session, values=values(session, **change), instructors=instructors, by=trainer(), at=NINE
    )


def refused(call, **kwargs):
    with pytest.raises(RollRefused) as refusal:
        call(**kwargs)
    return refusal.value.code


def test_topic_place_and_instructors_change_and_it_is_on_record():
    unit = people.unit()
    session, teacher = planned(unit), training.instructor(unit)
    people.officer(unit)
    changed(session, [teacher], topic="新行政处罚法", place="三楼")
    session.refresh_from_db()
    assert (session.topic, session.place, list(session.instructors.all())) == (
        "新行政处罚法",
        "三楼",
        [teacher],
    )
    said = AuditRecord.objects.get(action="session_changed").details
    assert (said["before"]["topic"], said["after"]["topic"]) == ("行政处罚程序", "新行政处罚法")


def test_on_another_day_the_list_is_drawn_anew():
    unit = people.unit()
    session = planned(unit)
    there = people.officer(unit, since=TODAY + 4 * DAY)
    changed(session, starts_at=NINE + 5 * DAY, ends_at=NINE + 5 * DAY + HOUR)
    assert RollEntry.objects.get(session=session).officer == there


def test_the_times_of_an_open_session_stand():
    session = open_session(count=1)
    assert refused(changed, session=session, ends_at=session.ends_at + HOUR) == "opened"
    assert changed(session, topic="另一主题").topic == "另一主题"


def test_what_is_closed_or_lies_in_a_closed_period_stays():
    unit = people.unit()
    done = training.session(unit=unit, state="closed")
    assert refused(changed, session=done, topic="改") == "closed"
    session = planned(unit)
    PeriodLock.objects.create(first=TODAY - 30 * DAY, last=TODAY - DAY, locked_at=NINE, by={})
    with pytest.raises(PeriodLocked):
        changed(session, starts_at=NINE - 3 * DAY, ends_at=NINE - 3 * DAY + HOUR)
    assert Session.objects.get(pk=session.pk).starts_at == NINE + 3 * DAY


def test_cancelled_it_keeps_its_reason_and_leave_lapses():
    session = open_session(count=0)
    officer = people.officer(session.unit)
    expect(session, officer)
    leave = LeaveRequest.objects.create(session=session, officer=officer, reason="值勤", asked_at=NINE)
    assert refused(service.cancel, session=session, reason=" ", by=trainer(), at=NINE) == "reason"
    service.cancel(session=session, reason="停电", by=trainer(), at=NINE)
    session.refresh_from_db()
    leave.refresh_from_db()
    assert (session.state, session.state_reason, leave.decision) == ("cancelled", "停电", "withdrawn")
    assert refused(service.cancel, session=session, reason="再次", by=trainer(), at=NINE) == "closed"
    assert not AttendanceEvent.objects.exists()
