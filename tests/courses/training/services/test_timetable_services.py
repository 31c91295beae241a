"""Planning sessions: clashes of rooms, instructors and people, copying, postponing, cancelling."""

import pytest

from courses.training.models import Session, TrainingClass
from courses.training.services.classes import (
    ClassRefused,
    TimetableClash,
    announce,
    cancel,
    postpone,
    save_batch,
    start_due,
)
from courses.training.services.locks import PeriodLocked, close
from courses.training.services.timetable import cancel_lesson, copy_day, copy_timetable, save_lesson
from lianbing.people.rules import SYSTEM
from tests.factories import people, training
from tests.factories.training import DAY, HOUR, NINE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return people.unit()


def class_on(unit, first=0, days=5, **fields):
    return training.training_class(unit, TODAY + first * DAY, TODAY + (first + days - 1) * DAY, **fields)


def plan(batch, at=NINE, hours=1, instructors=(), session=None, **values):
    values = {
        "kind": "lecture",
        "category": training.category(),
        "topic": "行政处罚程序",
        "material": "",
        "room": None,
        "place": "",
        "starts_at": at,
        "ends_at": at + hours * HOUR,
        **values,
    }
    return save_lesson(
        batch=batch, values=values, instructors=list(instructors), by=SYSTEM, at=NINE, session=session
    )


def kinds(error):
    return [clash.kind for clash in error.value.clashes]


def test_a_room_is_not_given_twice_even_to_another_class(unit):
    room = training.room(unit)
    plan(training.batch(class_on(unit)), room=room)
    with pytest.raises(TimetableClash) as error:
        plan(training.batch(class_on(unit)), room=room)
    assert kinds(error) == ["room"]
    assert Session.objects.count() == 1


def test_an_instructor_does_not_teach_twice_at_once(unit):
    teacher = training.instructor(unit)
    plan(training.batch(class_on(unit)), instructors=[teacher])
    with pytest.raises(TimetableClash) as error:
        plan(training.batch(class_on(unit)), instructors=[teacher])
    assert kinds(error) == ["instructor"]


def test_trainees_of_two_classes_are_not_taught_at_once(unit):
    officer = people.officer(unit)
    one, other = training.batch(class_on(unit)), training.batch(class_on(unit))
    plan(one)
    plan(other, at=NINE + 3 * HOUR)
    for batch in (one, other):
        training.trainee(batch, officer)
    with pytest.raises(TimetableClash) as error:
        plan(other)
    assert kinds(error) == ["person"]


def test_a_batch_with_people_has_one_session_at_a_time(unit):
    batch = training.batch(class_on(unit))
    training.trainee(batch)
    plan(batch)
    with pytest.raises(TimetableClash):
        plan(batch, at=NINE + HOUR / 2)
    plan(batch, at=NINE + HOUR)
    assert batch.sessions.count() == 2


def test_a_session_may_be_moved_within_its_own_time(unit):
    batch = training.batch(class_on(unit))
    training.trainee(batch)
    room = training.room(unit)
    session = plan(batch, room=room)
    moved = plan(batch, at=NINE + HOUR / 2, room=room, session=session)
    assert (moved.pk, moved.starts_at) == (session.pk, NINE + HOUR / 2)


@pytest.mark.parametrize("state", ["open", "closed", "cancelled"])
def test_what_has_begun_stays_as_it_is(unit, state):
    batch = training.batch(class_on(unit))
    session = training.session(batch, state=state)
    with pytest.raises(ClassRefused):
        plan(batch, session=session)
    with pytest.raises(ClassRefused):
        cancel_lesson(session=session, reason="停课", by=SYSTEM, at=NINE)


@pytest.mark.parametrize("days", [-1, 5])
def test_a_session_lies_within_the_days_of_its_batch(unit, days):
    with pytest.raises(ClassRefused):
        plan(training.batch(class_on(unit)), at=NINE + days * DAY)


def test_a_session_of_a_closed_period_is_not_planned_afterwards(unit):
    batch = training.batch(class_on(unit, first=-30))
    close(unit=unit, first=TODAY - 60 * DAY, last=TODAY - 10 * DAY, by=SYSTEM, at=NINE)
    with pytest.raises(PeriodLocked):
        plan(batch, at=NINE - 30 * DAY)


def test_a_day_is_copied_with_rooms_and_instructors(unit):
    batch = training.batch(class_on(unit))
    room, teacher = training.room(unit), training.instructor(unit)
    plan(batch, room=room, instructors=[teacher])
    plan(batch, at=NINE + 2 * HOUR)
    made = copy_day(batch=batch, source=TODAY, target=TODAY + 2 * DAY, by=SYSTEM, at=NINE)
    assert [one.starts_at for one in made] == [NINE + 2 * DAY, NINE + 2 * DAY + 2 * HOUR]
    assert (made[0].room, list(made[0].instructors.all())) == (room, [teacher])


def test_copying_where_somebody_is_taken_saves_nothing(unit):
    made = class_on(unit, days=10)
    first = training.batch(made, ends_on=TODAY + 4 * DAY)
    second = training.batch(made, starts_on=TODAY + 5 * DAY)
    teacher = training.instructor(unit)
    plan(first, instructors=[teacher])
    plan(first, at=NINE + DAY)
    training.session(unit=unit, starts_at=NINE + 5 * DAY, instructors=[teacher], topic="固定学习日")
    with pytest.raises(TimetableClash) as error:
        copy_timetable(source=first, target=second, by=SYSTEM, at=NINE)
    assert "固定学习日" in error.value.clashes[0].other.label
    assert not second.sessions.exists()


def test_a_cancelled_session_is_not_copied_and_nothing_is_refused(unit):
    batch = training.batch(class_on(unit))
    training.session(batch, state="cancelled")
    with pytest.raises(ClassRefused):
        copy_day(batch=batch, source=TODAY, target=TODAY + DAY, by=SYSTEM, at=NINE)


def test_cancelling_takes_off_a_draft_and_keeps_what_was_announced(unit):
    draft, open_one = (training.batch(class_on(unit, state=state)) for state in ("draft", "open"))
    assert cancel_lesson(session=training.session(draft), reason="停课", by=SYSTEM, at=NINE)
    session = training.session(open_one)
    assert not cancel_lesson(session=session, reason="停课", by=SYSTEM, at=NINE)
    session.refresh_from_db()
    assert (session.state, session.state_reason) == ("cancelled", "停课")


def test_a_class_moves_with_its_batches_and_sessions(unit):
    made = class_on(unit, first=7)
    batch = training.batch(made)
    session = training.session(batch, starts_at=NINE + 7 * DAY)
    postpone(training_class=made, days=7, reason="防汛", by=SYSTEM, at=NINE)
    for one in (made, batch, session):
        one.refresh_from_db()
    assert (made.starts_on, batch.ends_on, session.starts_at) == (
        TODAY + 14 * DAY,
        TODAY + 18 * DAY,
        NINE + 14 * DAY,
    )
    assert made.state_reason == "防汛"


def test_a_class_does_not_move_onto_people_who_are_taken(unit):
    officer = people.officer(unit)
    made, there = class_on(unit, first=7), class_on(unit, first=14)
    for one in (made, there):
        training.trainee(training.batch(one), officer)
    with pytest.raises(TimetableClash):
        postpone(training_class=made, days=7, reason="防汛", by=SYSTEM, at=NINE)
    made.refresh_from_db()
    assert made.starts_on == TODAY + 7 * DAY


def test_a_class_that_has_begun_does_not_move(unit):
    made = class_on(unit)
    training.session(training.batch(made), state="closed")
    with pytest.raises(ClassRefused):
        postpone(training_class=made, days=7, reason="防汛", by=SYSTEM, at=NINE)


def test_a_class_without_a_batch_is_not_announced(unit):
    with pytest.raises(ClassRefused):
        announce(training_class=class_on(unit, state="draft"), by=SYSTEM, at=NINE)


def test_cancelling_a_class_cancels_what_has_not_begun(unit):
    made = class_on(unit)
    batch = training.batch(made)
    held = training.session(batch, state="closed")
    coming = training.session(batch, starts_at=NINE + DAY)
    cancel(training_class=made, reason="防汛", by=SYSTEM, at=NINE)
    for one in (made, held, coming):
        one.refresh_from_db()
    assert (made.state, held.state, coming.state) == ("cancelled", "closed", "cancelled")
    with pytest.raises(ClassRefused):
        announce(training_class=made, by=SYSTEM, at=NINE)


def test_an_announced_class_runs_from_its_first_day(unit):
    today, tomorrow, draft = class_on(unit), class_on(unit, first=1), class_on(unit, state="draft")
    assert start_due(at=NINE) == 1
    states = [TrainingClass.objects.get(pk=one.pk).state for one in (today, tomorrow, draft)]
    assert states == ["running", "open", "draft"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"capacity": 1}, "capacity"),
        ({"number": 2}, "number"),
        ({"starts_on": TODAY + DAY}, "starts_on"),
    ],
)
def test_a_batch_that_does_not_fit_is_refused(unit, values, field):
    made = class_on(unit)
    batch, _other = training.batch(made), training.batch(made)
    for _ in range(2):
        training.trainee(batch)
    training.session(batch)
    before = {"number": 1, "starts_on": batch.starts_on, "ends_on": batch.ends_on, "capacity": 0}
    with pytest.raises(ClassRefused) as error:
        save_batch(training_class=made, values=before | values, by=SYSTEM, at=NINE, batch=batch)
    assert error.value.field == field
