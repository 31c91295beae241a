"""R12 and overlaps: one batch a class, nobody in two places, the last place once."""

import datetime

import pytest

from courses.training.models import RollEntry, Trainee
from courses.training.services import trainees
from courses.training.services.locks import PeriodLocked, close
from courses.training.services.trainees import EnrolRefused, enrol, move, substitute, withdraw
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people, training
from tests.factories.training import DAY, HOUR, NINE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return people.unit()


@pytest.fixture
def trainer(unit):
    return people.actor(people.staff(Role.TRAINER, unit=unit))


def put(batch, *officers, by, **options):
    options.setdefault("source", "hand")
    return enrol(batch=batch, officers=list(officers), by=by, at=NINE, **options)


def class_on(unit, first=3, days=5, title="春季集中培训", **fields):
    """A class that begins so many days from today."""
    return training.training_class(
        unit, TODAY + first * DAY, TODAY + (first + days - 1) * DAY, title=title, **fields
    )


def test_a_person_in_two_batches_of_a_class_is_refused(unit, trainer):
    made = class_on(unit)
    batches = [training.batch(made) for _ in range(3)]
    officer = people.officer(unit, name="张三")
    put(batches[0], officer, by=trainer)
    with pytest.raises(EnrolRefused, match=r"张三.*1"):
        put(batches[1], officer, by=trainer)
    assert Trainee.objects.count() == 1


def test_two_classes_on_the_same_days_are_refused_and_both_named(unit, trainer):
    officer = people.officer(unit, name="张三")
    put(training.batch(class_on(unit, title="甲班")), officer, by=trainer)
    with pytest.raises(EnrolRefused) as refused:
        put(training.batch(class_on(unit, first=5, title="乙班")), officer, by=trainer)
    assert all(name in refused.value.texts[0] for name in ("张三", "甲班", "乙班"))


@pytest.mark.parametrize(("hour", "allowed"), [(0, False), (1, False), (2, True), (-2, True)])
def test_sessions_decide_where_both_batches_have_a_timetable(unit, trainer, hour, allowed):
    officer = people.officer(unit)
    first, second = (training.batch(class_on(unit, title=title)) for title in ("甲班", "乙班"))
    training.session(first, starts_at=NINE + 3 * DAY, minutes=120)
    training.session(second, starts_at=NINE + 3 * DAY + hour * HOUR, minutes=120)
    put(first, officer, by=trainer)
    if allowed:
        assert put(second, officer, by=trainer).trainees
    else:
        with pytest.raises(EnrolRefused):
            put(second, officer, by=trainer)


def test_full_time_training_takes_the_whole_days(unit, trainer):
    officer = people.officer(unit)
    away = training.batch(class_on(unit, kind="full_time"))
    training.session(away, starts_at=NINE + 3 * DAY)
    evening = training.batch(class_on(unit, title="夜校"))
    training.session(evening, starts_at=NINE + 3 * DAY + 10 * HOUR)
    put(away, officer, by=trainer)
    with pytest.raises(EnrolRefused):
        put(evening, officer, by=trainer)


def test_a_session_without_a_batch_stands_in_the_way_too(unit, trainer):
    officer = people.officer(unit)
    day = training.session(unit=unit, starts_at=NINE + 3 * DAY, topic="固定学习日")
    RollEntry.objects.create(session=day, officer=officer, unit=unit)
    batch = training.batch(class_on(unit))
    training.session(batch, starts_at=NINE + 3 * DAY)
    with pytest.raises(EnrolRefused, match="固定学习日"):
        put(batch, officer, by=trainer)


def test_whoever_teaches_then_cannot_be_a_trainee(unit, trainer):
    officer = people.officer(unit)
    teacher = training.instructor(unit, officer=officer)
    training.session(unit=unit, starts_at=NINE + 3 * DAY, instructors=[teacher])
    batch = training.batch(class_on(unit))
    training.session(batch, starts_at=NINE + 3 * DAY)
    with pytest.raises(EnrolRefused):
        put(batch, officer, by=trainer)


def test_a_cancelled_class_stands_in_nobodys_way(unit, trainer):
    officer = people.officer(unit)
    training.trainee(training.batch(class_on(unit, state="cancelled")), officer)
    assert put(training.batch(class_on(unit)), officer, by=trainer).trainees


def test_all_or_none_but_drawing_takes_whom_it_can(unit, trainer):
    free, busy = people.officer(unit), people.officer(unit)
    put(training.batch(class_on(unit)), busy, by=trainer)
    batch = training.batch(class_on(unit))
    with pytest.raises(EnrolRefused):
        put(batch, free, busy, by=trainer)
    assert not batch.trainees.exists()
    done = put(batch, free, busy, by=trainer, skip=True)
    assert [one.officer for one in done.trainees] == [free]
    assert set(done.left_out) == {busy.pk}


def test_places_run_out(unit, trainer):
    batch = training.batch(class_on(unit), capacity=2)
    some = [people.officer(unit) for _ in range(3)]
    with pytest.raises(EnrolRefused):
        put(batch, *some, by=trainer)
    done = put(batch, *some, by=trainer, skip=True)
    assert (len(done.trainees), len(done.left_out)) == (2, 1)
    batch.refresh_from_db()
    assert batch.taken == 2


def test_withdrawing_gives_the_place_back_and_keeps_the_reason(unit, trainer):
    batch = training.batch(class_on(unit), capacity=1)
    officer = people.officer(unit)
    put(batch, officer, by=trainer)
    withdraw(trainee=Trainee.objects.get(), reason="住院", by=trainer, at=NINE)
    again = put(batch, officer, by=trainer)
    assert [one.state for one in Trainee.objects.order_by("pk")] == ["withdrawn", "enrolled"]
    assert Trainee.objects.first().reason == "住院"
    assert AuditRecord.objects.filter(action="trainee_withdrawn", reason="住院").exists()
    assert again.trainees


def test_withdrawing_twice_counts_once(unit, trainer):
    batch = training.batch(class_on(unit))
    trainee = training.trainee(batch)
    withdraw(trainee=trainee, reason="住院", by=trainer, at=NINE)
    with pytest.raises(EnrolRefused):
        withdraw(trainee=trainee, reason="住院", by=trainer, at=NINE)
    batch.refresh_from_db()
    assert batch.taken == 0


def test_a_substitute_takes_the_place_or_nothing_happens(unit, trainer):
    batch = training.batch(class_on(unit), capacity=1)
    trainee, other = training.trainee(batch), people.officer(unit)
    made = substitute(trainee=trainee, officer=other, reason="出差", by=trainer, at=NINE)
    assert (made.replaces, made.source) == (trainee, "substitute")
    with pytest.raises(EnrolRefused):
        substitute(trainee=made, officer=people.officer(), reason="出差", by=trainer, at=NINE)
    made.refresh_from_db()
    assert made.state == "enrolled"


def test_whoever_serves_nowhere_cannot_come(unit, trainer):
    with pytest.raises(EnrolRefused):
        put(training.batch(class_on(unit)), people.officer(unit, left_on=TODAY - DAY), by=trainer)


@pytest.mark.parametrize("state", ["finished", "cancelled"])
def test_a_class_that_is_over_takes_nobody(unit, trainer, state):
    with pytest.raises(EnrolRefused):
        put(training.batch(class_on(unit, state=state)), people.officer(unit), by=trainer)


def test_the_past_of_a_closed_period_stays(unit, trainer):
    batch = training.batch(class_on(unit, first=-40))
    last = TODAY - 20 * DAY
    close(unit=None, first=last - datetime.timedelta(days=60), last=last, by=SYSTEM, at=NINE)
    with pytest.raises(PeriodLocked):
        put(batch, people.officer(unit), by=trainer)


def test_the_unit_is_that_of_the_day(unit, trainer):
    below = people.unit("中队", unit)
    put(training.batch(class_on(unit)), people.officer(below), by=trainer)
    assert Trainee.objects.get().unit == below


def test_the_last_place_is_given_once(unit, trainer, monkeypatch):
    """Two who both saw the place free: the conditional update decides."""
    batch = training.batch(class_on(unit), capacity=1)
    monkeypatch.setattr(trainees, "_free", lambda _batch: None)
    put(batch, people.officer(unit), by=trainer)
    with pytest.raises(EnrolRefused):
        put(batch, people.officer(unit), by=trainer)
    batch.refresh_from_db()
    assert (Trainee.objects.count(), batch.taken) == (1, 1)


def test_the_same_person_is_enrolled_once(unit, trainer, monkeypatch):
    """Two trainers who both saw nobody there: the constraint decides, and no place is lost."""
    made, officer = class_on(unit), people.officer(unit)
    first, second = training.batch(made), training.batch(made)
    monkeypatch.setattr(trainees, "_reasons", lambda *_args: {})
    put(first, officer, by=trainer)
    with pytest.raises(EnrolRefused):
        put(second, officer, by=trainer)
    second.refresh_from_db()
    assert (Trainee.objects.count(), second.taken) == (1, 0)


def test_somebody_is_moved_to_another_batch_in_one_step(unit, trainer):
    made = class_on(unit, days=10)
    first, second = training.batch(made), training.batch(made, capacity=1)
    row = put(first, people.officer(unit), by=trainer).trainees[0]
    moved = move(trainee=row, batch=second, by=trainer, at=NINE)
    row.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (row.state, moved.state, moved.batch, moved.source) == ("withdrawn", "enrolled", second, "hand")
    assert (first.taken, second.taken) == (0, 1)


def test_a_move_into_a_full_batch_changes_nothing(unit, trainer):
    made = class_on(unit)
    first, full = training.batch(made), training.batch(made, capacity=1)
    training.trainee(full)
    row = put(first, people.officer(unit), by=trainer).trainees[0]
    with pytest.raises(EnrolRefused):
        move(trainee=row, batch=full, by=trainer, at=NINE)
    row.refresh_from_db()
    assert (row.state, Trainee.objects.filter(officer=row.officer).count()) == ("enrolled", 1)


def test_a_move_into_other_days_that_are_taken_is_refused_and_the_class_named(unit, trainer):
    officer, made = people.officer(unit), class_on(unit, days=3)
    row = put(training.batch(made), officer, by=trainer).trainees[0]
    put(training.batch(class_on(unit, first=10, title="乙班")), officer, by=trainer)
    days = {"starts_on": TODAY + 10 * DAY, "ends_on": TODAY + 12 * DAY}
    with pytest.raises(EnrolRefused, match="乙班"):
        move(trainee=row, batch=training.batch(made, **days), by=trainer, at=NINE)
    row.refresh_from_db()
    assert row.state == "enrolled"


def test_nobody_is_moved_into_another_class(unit, trainer):
    row = put(training.batch(class_on(unit)), people.officer(unit), by=trainer).trainees[0]
    with pytest.raises(EnrolRefused):
        move(trainee=row, batch=training.batch(class_on(unit, first=20)), by=trainer, at=NINE)
