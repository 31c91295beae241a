"""Plans, classes and timetables once a period is closed: what is dated inside stays as it is."""

import datetime

import pytest

from courses.training.models import PeriodLock, PlanLine, TrainingPlan
from courses.training.services import plans as service
from courses.training.services.classes import postpone, save_batch
from courses.training.services.locks import PeriodLocked
from courses.training.services.plans import PlanRefused
from courses.training.services.timetable import save_lesson
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people, plans, training
from tests.factories.training import DAY, HOUR, NINE, TODAY

pytestmark = pytest.mark.django_db
CLOSED_DAY = datetime.date(2026, 10, 20)


@pytest.fixture
def unit():
    return people.unit("滨河中队", people.unit("云汐市城管局"))


@pytest.fixture
def trainer(unit):
    return people.actor(people.staff(Role.TRAINER, unit=unit))


@pytest.fixture
def october():
    """October is closed for the whole bureau."""
    first, last = datetime.date(2026, 10, 1), datetime.date(2026, 10, 31)
    return PeriodLock.objects.create(first=first, last=last, locked_at=NINE, by={})


@pytest.mark.parametrize(("was", "becomes"), [(CLOSED_DAY, plans.DUE), (plans.DUE, CLOSED_DAY)])
def test_a_line_moves_neither_into_nor_out_of_a_closed_period(unit, trainer, october, was, becomes):
    line = plans.line(plans.plan(unit), due_on=was)
    line.due_on = becomes
    with pytest.raises(PlanRefused, match="2026-10"):
        service.save_line(line=line, by=trainer, at=NINE)
    assert PlanLine.objects.get().due_on == was


def test_a_line_of_a_closed_period_is_neither_added_nor_taken_out(unit, trainer, october):
    plan = plans.plan(unit)
    line = plans.line(plan, due_on=CLOSED_DAY)
    with pytest.raises(PlanRefused, match="2026-10"):
        service.remove_line(line=line, by=trainer, at=NINE)
    late = PlanLine(plan=plan, title="补报", due_on=CLOSED_DAY)
    with pytest.raises(PlanRefused, match="2026-10"):
        service.save_line(line=late, by=trainer, at=NINE)
    assert PlanLine.objects.get() == line


def test_a_change_made_before_the_period_was_closed_does_not_come_into_force_after(unit, trainer):
    plan = plans.plan(unit, state="approved")
    kept = plans.line(plan, due_on=CLOSED_DAY)
    amendment = service.amend(plan=plan, reason="指标调整", by=trainer, at=NINE)
    line = amendment.lines.get(key=kept.key)
    line.target = 9
    service.save_line(line=line, by=trainer, at=NINE)
    PeriodLock.objects.create(first=CLOSED_DAY, last=CLOSED_DAY, locked_at=NINE, by={})
    with pytest.raises(PlanRefused, match="2026-10-20"):
        service.submit(plan=amendment, by=trainer, at=NINE)
    TrainingPlan.objects.filter(pk=amendment.pk).update(state="submitted")
    chief = people.actor(people.staff(Role.LEADER))
    with pytest.raises(PlanRefused, match="2026-10-20"):
        service.approve(plan=amendment, remark="", by=chief, at=NINE)


def test_an_amendment_of_open_days_passes_with_the_closed_lines_as_they_are(unit, trainer, october):
    plan = plans.plan(unit, state="approved")
    plans.line(plan, due_on=CLOSED_DAY)
    amendment = service.amend(plan=plan, reason="增加一次", by=trainer, at=NINE)
    plans.line(amendment, due_on=plans.DUE)
    service.submit(plan=amendment, by=trainer, at=NINE)
    amendment.refresh_from_db()
    assert amendment.state == "submitted"


def test_a_class_of_a_closed_period_does_not_move_out_of_it(unit, october):
    held = training.training_class(unit, CLOSED_DAY, CLOSED_DAY + DAY)
    batch = training.batch(held)
    with pytest.raises(PeriodLocked, match="2026-10"):
        postpone(training_class=held, days=60, reason="改期", by=SYSTEM, at=NINE)
    values = {"number": 1, "starts_on": TODAY, "ends_on": TODAY, "capacity": 0}
    with pytest.raises(PeriodLocked, match="2026-10"):
        save_batch(training_class=held, values=values, by=SYSTEM, at=NINE, batch=batch)


def test_a_session_of_a_closed_period_does_not_move_out_of_it(unit, october):
    batch = training.batch(training.training_class(unit, CLOSED_DAY, TODAY))
    session = training.session(batch, starts_at=NINE - 31 * DAY)
    values = {"kind": "lecture", "category": session.category, "topic": "改期", "material": "", "room": None}
    values |= {"place": "", "starts_at": NINE, "ends_at": NINE + HOUR}
    with pytest.raises(PeriodLocked, match="2026-10"):
        save_lesson(batch=batch, values=values, instructors=[], by=SYSTEM, at=NINE, session=session)
