"""Drills hear which exam lies ahead and, once results are out, what was not known."""

from decimal import Decimal

import pytest

from courses.drills.models import Goal, Mistake
from exams.services import drilling, papers, setting
from exams.services.results import release_results
from lianbing.kit import outbox
from lianbing.people.rules import SYSTEM
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db
BEFORE = NOON - 60 * MINUTE
END = NOON + 120 * MINUTE


@pytest.fixture
def point():
    return exams.point("听证")


def _ahead(point, **fields):
    lines = [(point, "single_choice", 2, "3"), (None, "single_choice", 1, "2")]
    return exams.sitting(blueprint=exams.blueprint(*lines), frozen=False, **fields)


def test_a_sitting_ahead_is_a_goal_for_whom_it_would_invite(point):
    sitting = _ahead(point)
    officer = people.officer(sitting.unit)
    drilling.tell_goal(sitting, at=BEFORE)
    goal = Goal.objects.get()
    assert (goal.exam, goal.on, goal.weights) == (str(sitting.uid), NOON.date(), {str(point.pk): 6.0})
    assert [one.pk for one in goal.officers.all()] == [officer.pk]


def test_a_line_that_takes_any_point_weighs_each_by_what_it_may_draw(point):
    other = exams.point("取证")
    for about in (point, point, point, other):
        exams.question(about=about)
    exams.question(about=other, kind="true_false")
    lines = [(None, "single_choice", 2, "4"), (other, "true_false", 1, "1")]
    sitting = exams.sitting(blueprint=exams.blueprint(*lines), frozen=False)
    drilling.tell_goal(sitting, at=BEFORE)
    assert Goal.objects.get().weights == {str(point.pk): 6.0, str(other.pk): 3.0}


def test_a_qualification_exam_is_no_goal_for_an_auxiliary(point):
    sitting = _ahead(point, is_qualification=True)
    officer = people.officer(sitting.unit)
    people.officer(sitting.unit, category="auxiliary")
    drilling.tell_goal(sitting, at=BEFORE)
    assert [one.pk for one in Goal.objects.get().officers.all()] == [officer.pk]


def test_freezing_papers_tells_whom_it_did_invite(point):
    sitting = _ahead(point, pass_mark=Decimal(1))
    for _ in range(4):
        exams.question(about=point)
    officer = people.officer(sitting.unit)
    papers.freeze_papers(sitting=sitting, by=SYSTEM, at=BEFORE)
    assert [one.pk for one in Goal.objects.get().officers.all()] == [officer.pk]


def test_moving_a_sitting_moves_the_goal(point):
    sitting = _ahead(point)
    values = {"opens_at": NOON + 24 * 60 * MINUTE, "closes_at": END + 24 * 60 * MINUTE}
    setting.save_sitting(values=values, units=[sitting.unit], posts=[], by=SYSTEM, at=BEFORE, sitting=sitting)
    assert Goal.objects.get().on.isoformat() == "2026-11-21"


def test_neither_a_rehearsal_nor_a_past_exam_is_a_goal(point):
    drilling.tell_goal(_ahead(point, is_rehearsal=True), at=BEFORE)
    drilling.tell_goal(_ahead(point), at=END)
    assert not Goal.objects.exists()


def test_released_results_bring_what_was_wrong_into_the_book():
    attempt = exams.attempt()
    sitting = attempt.candidate.sitting
    release_results(sitting=sitting, by=SYSTEM, at=END + MINUTE)
    assert not Mistake.objects.exists()
    outbox.deliver(at=END + 2 * MINUTE)
    books = Mistake.objects.filter(officer=attempt.candidate.officer, origin="exam")
    assert (books.count(), books.first().put_in_at) == (10, END + MINUTE)
    sitting.refresh_from_db()
    assert drilling.tell_mistakes(sitting) == 0
