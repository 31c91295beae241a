"""A rehearsal's exam is tagged, and taken away whole; a real exam cannot be."""

import datetime

import pytest

from exams.models import Attempt, Paper, Sitting
from exams.services import rehearsal
from lianbing.kit import append_only
from lianbing.kit.models import AuditRecord
from lianbing.people.models import Officer, Unit, User
from lianbing.people.rules import SYSTEM
from question_bank.models import QuestionBank, QuestionVersion
from tests.factories import exams

pytestmark = pytest.mark.django_db
GONE = [Attempt, Paper, Sitting, Officer, Unit, User, QuestionBank, QuestionVersion]


@pytest.fixture
def stage():
    return rehearsal.prepare(candidates=3, items=7, by=SYSTEM, at=exams.NOON)


def test_everybody_invited_has_a_paper(stage):
    assert len(stage.people) == 3
    assert {len(paper.items) for paper in Paper.objects.all()} == {7}
    assert Sitting.objects.get().is_rehearsal
    assert not User.objects.filter(is_rehearsal=False).exists()


def test_its_people_can_sign_in_without_changing_a_password(stage):
    number, password = stage.people[0]
    user = User.objects.get(staff_number=number)
    assert user.check_password(password)
    assert not user.must_change_password


def test_purging_leaves_nothing_but_the_audit_trail(stage):
    exams.attempt(stage.sitting.candidates.first())
    rehearsal.purge(sitting=stage.sitting, by=SYSTEM, at=exams.NOON)
    assert [model.objects.count() for model in GONE] == [0] * len(GONE)
    assert AuditRecord.objects.filter(action="rehearsal_purged").exists()
    assert append_only.missing() == []


def test_a_real_exam_is_never_purged():
    sitting = exams.sitting()
    with pytest.raises(ValueError, match="rehearsal"):
        rehearsal.purge(sitting=sitting, by=SYSTEM, at=exams.NOON)
    assert Sitting.objects.count() == 1


def test_what_a_broken_rehearsal_left_goes_at_the_next(stage):
    assert rehearsal.purge_left_overs(by=SYSTEM, at=exams.NOON) == 0
    assert rehearsal.purge_left_overs(by=SYSTEM, at=exams.NOON + datetime.timedelta(hours=4)) == 1
    assert not Sitting.objects.exists()
