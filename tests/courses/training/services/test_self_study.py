"""R85: self-study that people record themselves counts once a trainer has confirmed it, and never twice."""

from types import SimpleNamespace

import pytest

from courses.training.models import HourEntry, RollEntry, Session
from courses.training.queries.attended import attended
from courses.training.queries.calendar import sessions_of
from courses.training.queries.rolls import runnable, sessions_to_sign_in
from courses.training.services import closing
from courses.training.services import self_study as service
from courses.training.services.locks import PeriodLocked
from courses.training.services.locks import close as lock
from courses.training.services.rolls import RollRefused
from courses.training.services.self_study import Studied, StudyRefused
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people, training
from tests.factories.attendance import expect, open_session, tap
from tests.factories.training import DAY, HOUR, MINUTE, NINE, TODAY

AFTER = NINE + 8 * HOUR


@pytest.fixture
def squad(db):
    unit = people.unit("直属一大队")
    officer = people.officer(unit, name="王小明")
    trainer = people.staff(Role.TRAINER, unit=unit)
    return SimpleNamespace(
        unit=unit,
        officer=officer,
        me=people.actor(officer.user),
        trainer=people.actor(trainer),
    )


def studied(starts_at=NINE, minutes=60, **fields):
    return Studied("行政处罚法第五十四条", training.category(), starts_at, minutes, **fields)


def recorded(squad, at=AFTER, **fields):
    return service.record(studied=studied(**fields), by=squad.me, at=at)


def code(call, **kwargs):
    with pytest.raises(StudyRefused) as refusal:
        call(**kwargs)
    return refusal.value.code


def test_it_counts_once_a_trainer_has_confirmed_it(squad):
    session = recorded(squad)
    assert attended(None, TODAY, TODAY) == []
    service.confirm(session=session, by=squad.trainer, at=AFTER)
    row = attended(None, TODAY, TODAY)[0]
    assert (row.officer, row.kind, row.minutes, row.on) == (squad.officer.pk, "self_study", 60, TODAY)
    entry = HourEntry.objects.get()
    assert (entry.kind, entry.minutes) == (HourEntry.Kind.SELF_STUDY, 60)
    session.refresh_from_db()
    signed = (session.recorder["staff_number"], session.checker["staff_number"])
    assert signed == (squad.me.staff_number, squad.trainer.staff_number)


def test_nobody_confirms_their_own(squad):
    session = recorded(squad)
    people.grant(squad.officer.user, Role.TRAINER, unit=squad.unit)
    mine = people.actor(squad.officer.user)
    assert code(service.confirm, session=session, by=mine, at=AFTER) == "right"
    assert code(service.refuse, session=session, reason="无依据", by=mine, at=AFTER) == "right"


def test_a_trainer_of_another_unit_does_not_decide(squad):
    stranger = people.actor(people.staff(Role.TRAINER, unit=people.unit("西城中队")))
    assert code(service.confirm, session=recorded(squad), by=stranger, at=AFTER) == "right"


def test_refused_it_stays_with_the_reason_and_counts_nothing(squad):
    session = recorded(squad)
    assert code(service.refuse, session=session, reason=" ", by=squad.trainer, at=AFTER) == "reason"
    service.refuse(session=session, reason="没有学习笔记", by=squad.trainer, at=AFTER)
    session.refresh_from_db()
    assert (session.state, session.state_reason) == ("cancelled", "没有学习笔记")
    assert code(service.confirm, session=session, by=squad.trainer, at=AFTER) == "settled"
    assert not HourEntry.objects.exists()


def test_the_same_minutes_are_not_recorded_twice(squad):
    recorded(squad)
    assert code(recorded, squad=squad, starts_at=NINE + 59 * MINUTE) == "twice"
    recorded(squad, starts_at=NINE + 60 * MINUTE)
    assert Session.objects.count() == 2


def test_minutes_of_a_session_one_was_at_are_not_self_study(squad):
    meeting = open_session(squad.unit, count=0)
    expect(meeting, squad.officer)
    assert code(recorded, squad=squad, starts_at=NINE + 30 * MINUTE) == "twice"
    RollEntry.objects.filter(session=meeting).update(state="leave")
    assert recorded(squad, starts_at=NINE + 30 * MINUTE).state == "open"


def test_minutes_counted_elsewhere_meanwhile_are_not_confirmed(squad):
    session = recorded(squad)
    meeting = open_session(squad.unit, count=0)
    expect(meeting, squad.officer)
    tap(meeting, squad.officer, NINE)
    times = {"held_from": meeting.starts_at, "held_to": meeting.ends_at, "rest_absent": True}
    closing.close_session(session=meeting, **times, by=squad.trainer, at=AFTER)
    assert code(service.confirm, session=session, by=squad.trainer, at=AFTER) == "twice"
    assert HourEntry.objects.count() == 1


def test_a_session_over_confirmed_self_study_is_not_closed_before_that_is_settled(squad):
    session = recorded(squad)
    service.confirm(session=session, by=squad.trainer, at=AFTER)
    meeting = open_session(squad.unit, count=0)
    expect(meeting, squad.officer)
    tap(meeting, squad.officer, NINE)
    times = {"held_from": meeting.starts_at, "held_to": meeting.ends_at, "rest_absent": True}
    with pytest.raises(RollRefused) as refused:
        closing.close_session(session=meeting, **times, by=squad.trainer, at=AFTER)
    assert (refused.value.code, refused.value.details["names"]) == ("double", ["王小明"])
    closing.reopen(session=session, reason="与集中学习重复", by=squad.trainer, at=AFTER)
    assert closing.close_session(session=meeting, **times, by=squad.trainer, at=AFTER) == 1


def test_what_was_opened_again_can_be_confirmed_or_refused_anew(squad):
    session = recorded(squad)
    service.confirm(session=session, by=squad.trainer, at=AFTER)
    closing.reopen(session=session, reason="时间有误", by=squad.trainer, at=AFTER)
    assert attended(None, TODAY, TODAY) == []
    service.confirm(session=session, by=squad.trainer, at=AFTER)
    assert sum(entry.minutes for entry in HourEntry.objects.all()) == 60


@pytest.mark.parametrize(
    ("starts_at", "minutes"),
    [(AFTER, 60), (NINE, 0), (NINE, 601), (NINE - 367 * DAY, 60), (NINE + 14 * HOUR, 90)],
)
def test_a_time_that_cannot_be_is_refused(squad, starts_at, minutes):
    at = NINE + 20 * HOUR if starts_at == NINE + 14 * HOUR else AFTER
    assert code(recorded, squad=squad, at=at, starts_at=starts_at, minutes=minutes) == "time"


def test_a_closed_period_takes_nothing_more(squad):
    lock(unit=None, first=TODAY - 30 * DAY, last=TODAY - DAY, by=SYSTEM, at=AFTER)
    with pytest.raises(PeriodLocked):
        recorded(squad, starts_at=NINE - 2 * DAY)


def test_one_takes_back_ones_own_alone_and_only_before_a_decision(squad):
    session = recorded(squad)
    other = people.actor(people.officer(squad.unit).user)
    assert code(service.take_back, session=session, by=other, at=AFTER) == "right"
    service.take_back(session=session, by=squad.me, at=AFTER)
    assert code(service.take_back, session=session, by=squad.me, at=AFTER) == "settled"


def test_what_waits_is_no_session_to_sign_in_at(squad):
    session = recorded(squad)
    assert sessions_to_sign_in(squad.officer.pk, AFTER) == []
    assert not sessions_of([squad.officer.pk]).exists()
    assert not runnable(squad.trainer, NINE - DAY, NINE + DAY).exists()
    service.confirm(session=session, by=squad.trainer, at=AFTER)
    assert sessions_of([squad.officer.pk]).exists()
