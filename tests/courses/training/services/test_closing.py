"""Closing, reopening, leave and make-up: minutes reach the ledger once."""

import datetime
from decimal import Decimal

import pytest

from courses.training.models import AttendanceEvent, HourEntry, PeriodLock, RollEntry
from courses.training.queries.attended import attended
from courses.training.rules.attendance import State
from courses.training.services import attendance, closing, leaves, make_ups, rolls
from courses.training.services.locks import PeriodLocked
from courses.training.services.rolls import RollRefused
from tests.factories import people, training
from tests.factories.attendance import closed, open_session, tap

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
TODAY = training.TODAY


def trainer():
    return people.actor(people.staff("trainer"))


def close(session, at, by=None, **more):
    said = {
        "held_from": session.starts_at,
        "held_to": session.ends_at,
        "rest_absent": True,
        "by": by or trainer(),
        "at": at + 120 * MINUTE,
    }
    return closing.close_session(session=session, **(said | more))


def officers(session):
    return [entry.officer for entry in RollEntry.objects.filter(session=session).order_by("pk")]


def total(officer):
    return sum((entry.hours for entry in HourEntry.objects.filter(officer=officer)), Decimal(0))


def entry_of(session, officer):
    return RollEntry.objects.get(session=session, officer=officer)


def test_closing_grants_the_minutes_of_who_was_there(at):
    session = open_session(count=3)
    one, late, _absent = officers(session)
    tap(session, one, at)
    tap(session, late, at + 6 * MINUTE)
    assert close(session, at) == 2
    states = {entry.officer: (entry.state, entry.minutes) for entry in RollEntry.objects.all()}
    assert states == {one: ("present", 90), late: ("late", 84), _absent: ("absent", 0)}
    assert {entry.officer: entry.minutes for entry in HourEntry.objects.all()} == {one: 90, late: 84}
    assert [(row.officer, row.minutes) for row in attended(None, TODAY, TODAY)] == [
        (one.pk, 90),
        (late.pk, 84),
    ]


def test_who_is_unresolved_is_named_and_nothing_is_closed(at):
    session = open_session(count=2)
    with pytest.raises(RollRefused) as refused:
        close(session, at, rest_absent=False)
    assert refused.value.details["names"] == [officer.name for officer in officers(session)]
    assert closed(session).state == "open"


def test_the_times_it_was_really_held_decide(at):
    session = open_session(count=1)
    officer = officers(session)[0]
    tap(session, officer, at + 20 * MINUTE)
    close(session, at, held_from=at + 20 * MINUTE)
    entry = entry_of(session, officer)
    assert (entry.state, entry.minutes) == ("present", 70)


@pytest.mark.parametrize(("begin", "end"), [(0, 0), (30, 10), (0, 500), (-1440, 60)])
def test_impossible_times_are_refused(at, begin, end):
    session = open_session(count=1)
    with pytest.raises(RollRefused, match="future"):
        close(session, at, held_from=at + begin * MINUTE, held_to=at + end * MINUTE)


def test_a_second_person_checks_where_it_is_set(at):
    session = open_session(count=1, rules={"checked_by_second": True})
    recorder, checker = trainer(), trainer()
    for by in (recorder, checker):
        with pytest.raises(RollRefused, match="second"):
            close(session, at, by=by)
    closing.hand_over(session=session, by=recorder, at=at + 100 * MINUTE)
    with pytest.raises(RollRefused, match="second"):
        close(session, at, by=recorder)
    close(session, at, by=checker)
    done = closed(session)
    assert (done.recorder["name"], done.checker["name"]) == (recorder.name, checker.name)


def test_reopening_counters_and_closing_again_grants_anew(at):
    session = open_session(count=2)
    one, two = officers(session)
    tap(session, one, at)
    close(session, at)
    before = total(one)
    closing.reopen(session=closed(session), reason="漏登一人", by=trainer(), at=at + 130 * MINUTE)
    assert (total(one), closed(session).state) == (0, "open")
    attendance.set_state(
        session=session, officer_id=two.pk, state=State.PRESENT, by=trainer(), at=at + 131 * MINUTE
    )
    close(closed(session), at + 20 * MINUTE)
    assert total(one) == total(two) == before > 0


def test_nothing_changes_once_the_period_is_locked(at):
    session = open_session(count=1)
    officer = officers(session)[0]
    tap(session, officer, at)
    close(session, at)
    PeriodLock.objects.create(first=TODAY, last=TODAY, locked_at=at, by={})
    for act in (
        lambda: closing.reopen(session=closed(session), reason="x", by=trainer(), at=at + DAY),
        lambda: make_ups.by_study(
            session=session, officer_id=officer.pk, minutes=9, on=TODAY, note="x", by=trainer(), at=at + DAY
        ),
    ):
        with pytest.raises(PeriodLocked):
            act()


def test_an_open_session_of_a_locked_period_stays_as_it_is(at):
    session = open_session(count=1)
    PeriodLock.objects.create(first=TODAY, last=TODAY, locked_at=at, by={})
    officer = officers(session)[0]
    with pytest.raises(PeriodLocked):
        attendance.set_state(
            session=session, officer_id=officer.pk, state=State.LATE, by=trainer(), at=at + DAY
        )
    with pytest.raises(PeriodLocked):
        close(session, at + DAY)


def test_what_is_made_up_elsewhere_counts_there_and_shows_in_both(at):
    missed, instead = open_session(count=1), open_session(count=1, starts_at=at + DAY)
    officer = officers(missed)[0]
    close(missed, at)
    make_ups.assign(
        session=missed, officer_id=officer.pk, instead=instead, by=trainer(), at=at + 121 * MINUTE
    )
    tap(instead, officer, at + DAY)
    close(instead, at + DAY)
    entry = entry_of(missed, officer)
    assert (entry.state, entry.made_up_on, entry.made_up_in, entry.minutes) == (
        "made_up",
        TODAY + DAY,
        instead,
        0,
    )
    rows = attended([officer.pk], TODAY, TODAY + DAY)
    assert [(row.session, row.minutes, row.on) for row in rows] == [(instead.pk, 90, TODAY + DAY)]
    closing.reopen(session=closed(instead), reason="误关", by=trainer(), at=at + DAY + 130 * MINUTE)
    assert entry_of(missed, officer).state == "absent"


def test_a_make_up_that_was_missed_too_leaves_the_absence(at):
    missed, instead = open_session(count=1), open_session(count=1, starts_at=at + DAY)
    officer = officers(missed)[0]
    close(missed, at)
    make_ups.assign(
        session=missed, officer_id=officer.pk, instead=instead, by=trainer(), at=at + 121 * MINUTE
    )
    close(instead, at + DAY)
    assert entry_of(missed, officer).state == "absent"


def test_a_make_up_by_study_counts_once_on_its_day(at):
    session = open_session(count=1)
    officer = officers(session)[0]
    close(session, at)
    said = {
        "session": session,
        "officer_id": officer.pk,
        "by": trainer(),
        "at": at + 2 * DAY,
        "note": "自学讲义",
    }
    make_ups.by_study(minutes=60, on=TODAY + DAY, **said)
    assert [(row.minutes, row.on, row.state) for row in attended(None, TODAY, TODAY + DAY)] == [
        (60, TODAY + DAY, "made_up")
    ]
    assert HourEntry.objects.get().kind == "self_study"
    with pytest.raises(RollRefused, match="settled"):
        make_ups.by_study(minutes=30, on=TODAY + DAY, **said)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"minutes": 91}, "minutes"),
        ({"on": TODAY - DAY}, "future"),
        ({"on": TODAY + 9 * DAY}, "future"),
        ({"note": " "}, "reason"),
    ],
)
def test_an_impossible_make_up_is_refused(at, more, code):
    session = open_session(count=1)
    close(session, at)
    said = {"minutes": 60, "on": TODAY, "note": "自学", "by": trainer(), "at": at + 2 * DAY}
    with pytest.raises(RollRefused, match=code):
        make_ups.by_study(session=session, officer_id=officers(session)[0].pk, **(said | more))


def test_leave_is_asked_for_and_granted_by_another(at):
    session = open_session(count=1)
    officer = officers(session)[0]
    by = people.actor(officer.user)
    request = leaves.ask(session=session, reason="出庭应诉", by=by, at=at - DAY)
    with pytest.raises(RollRefused, match="waiting"):
        leaves.ask(session=session, reason="再请", by=by, at=at - DAY)
    with pytest.raises(RollRefused, match="second"):
        leaves.decide(request=request, grant=True, answer="", by=by, at=at)
    leaves.decide(request=request, grant=True, answer="", by=trainer(), at=at)
    with pytest.raises(RollRefused, match="settled"):
        leaves.decide(request=request, grant=False, answer="晚了", by=trainer(), at=at)
    close(session, at)
    assert entry_of(session, officer).state == "leave"


def test_an_open_request_for_leave_keeps_the_session_open(at):
    session = open_session(count=1)
    leaves.ask(session=session, reason="出庭", by=people.actor(officers(session)[0].user), at=at)
    with pytest.raises(RollRefused, match="waiting"):
        close(session, at)


def test_the_trainers_hand_can_be_undone_until_something_follows(at):
    session = open_session(count=1)
    officer = officers(session)[0]
    by = trainer()
    tap(session, officer, at)
    event = attendance.strike(session=session, officer_id=officer.pk, reason="代签", by=by, at=at + MINUTE)
    assert entry_of(session, officer).state == "absent"
    with pytest.raises(Exception, match="struck"):
        tap(session, officer, at + 2 * MINUTE)
    attendance.undo(session=session, event=event, by=by, at=at + 3 * MINUTE)
    assert entry_of(session, officer).signed_in_at == at
    with pytest.raises(RollRefused, match="changed"):
        attendance.undo(session=session, event=event, by=by, at=at + 4 * MINUTE)


def test_a_guest_is_admitted_from_when_they_stood_at_the_door(at):
    session = open_session(count=0)
    guest = people.officer(people.unit("别的队"))
    with pytest.raises(Exception, match="not_on_roll"):
        tap(session, guest, at)
    attendance.admit(session=session, officer=guest, by=trainer(), at=at + 20 * MINUTE)
    entry = entry_of(session, guest)
    assert (entry.signed_in_at, entry.state, entry.expected, entry.unit.name) == (
        at,
        "present",
        False,
        "别的队",
    )


def test_a_roll_is_drawn_from_the_batch_as_people_stand_that_day(at):
    batch = training.batch()
    stays, goes = training.trainee(batch), training.trainee(batch)
    session = training.session(in_batch=batch)
    by = trainer()
    assert rolls.draw(session=session, by=by, at=at) == 2
    goes.state = "withdrawn"
    goes.save()
    rolls.open_session(session=session, by=by, at=at)
    assert [entry.officer for entry in RollEntry.objects.all()] == [stays.officer]
    with pytest.raises(RollRefused, match="not_planned"):
        rolls.open_session(session=session, by=by, at=at)


def test_every_act_is_an_event_that_stays(at):
    session = open_session(count=1)
    officer = officers(session)[0]
    tap(session, officer, at)
    attendance.set_state(
        session=session, officer_id=officer.pk, state=State.LATE, by=trainer(), at=at + MINUTE
    )
    kinds = list(AttendanceEvent.objects.order_by("pk").values_list("kind", "method"))
    assert kinds == [("in", "code"), ("set", "list")]
