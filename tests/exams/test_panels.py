"""What the front pages say about exams."""

import pytest

from exams import panels
from lianbing.people.rules import Role
from tests.factories import exams, marking, people
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return people.unit()


def test_an_officer_sees_what_is_open_and_what_comes(unit):
    officer = people.officer(unit)
    actor = people.actor(officer.user)
    assert panels.due_exams(actor, NOON) is None
    exams.candidate(exams.sitting(unit), officer)
    exams.candidate(exams.sitting(unit, opens_at=NOON + MINUTE), officer)
    shown = panels.due_exams(actor, NOON)
    assert (len(shown.context["due"]), len(shown.context["coming"]), shown.urgent) == (1, 1, True)


def test_an_administrator_sees_what_to_freeze_and_what_to_release(unit):
    actor = people.actor(people.staff(Role.EXAM_ADMINISTRATOR, unit=unit))
    draft = exams.sitting(unit, frozen=False)
    over = exams.sitting(unit, opens_at=NOON - 99 * MINUTE, closes_at=NOON - MINUTE)
    exams.sitting(people.unit("别局"), frozen=False)
    shown = panels.to_set(actor, NOON).context
    assert (shown["to_freeze"], shown["to_release"]) == ([draft], [over])


def test_an_invigilator_sees_what_is_running(unit):
    actor = people.actor(people.staff(Role.INVIGILATOR, unit=unit))
    assert panels.running_now(actor, NOON) is None
    exams.attempt(exams.candidate(exams.sitting(unit)))
    [row] = panels.running_now(actor, NOON).context["rows"]
    assert (row.invited, row.writing, row.submitted) == (1, 1, 0)


def test_a_marker_sees_how_many_answers_wait(unit):
    actor = marking.marker(unit)[1]
    assert panels.to_mark(actor, marking.END).context["rows"] == []
    marking.waiting(2, unit)
    marking.waiting(1, people.unit("别局"))
    shown = panels.to_mark(actor, marking.END)
    assert ([one.waiting for one in shown.context["rows"]], shown.urgent) == ([2], True)
    assert panels.to_mark(actor, NOON).context["rows"] == []
