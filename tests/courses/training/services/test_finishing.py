"""The end of a class (R12): scores, hours, outcome, opening again, R18's impartial marks."""

import datetime
from decimal import Decimal

import pytest

from courses.training.models import Trainee
from courses.training.queries.classes import results_of
from courses.training.rules.conversion import Activity, Form
from courses.training.services import finishing
from courses.training.services.classes import ClassRefused
from courses.training.services.finishing import MarkRefused, enter_scores, finish, reopen
from courses.training.services.hours import counter, grant
from courses.training.services.locks import PeriodLocked, close
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people, training
from tests.factories.training import DAY, NINE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return people.unit()


@pytest.fixture
def over(unit):
    """A class of three batches, one person each, every session closed, that ended ten days ago."""
    made = training.training_class(unit, TODAY - 14 * DAY, TODAY - 10 * DAY, state="running", pass_mark=60)
    for _ in range(3):
        batch = training.batch(made)
        training.trainee(batch)
        training.session(batch, starts_at=NINE - 14 * DAY, state="closed")
    return made


def trainees(made):
    return list(made.trainees.order_by("pk"))


def score(made, *scores, by=SYSTEM):
    pairs = {one.pk: Decimal(s) if s else None for one, s in zip(trainees(made), scores, strict=True)}
    return enter_scores(training_class=made, scores=pairs, by=by, at=NINE)


def test_a_class_with_three_batches_finishes_and_shows_hours(over):
    for one in trainees(over):
        grant(
            officer=one.officer,
            source=f"session:x:{one.officer_id}",
            activity=_activity(),
            title=over.title,
            by=SYSTEM,
            at=NINE,
            group=f"class:{over.uid}",
            hours=Decimal(8),
        )
    score(over, "90", "60", "59.5")
    assert finish(training_class=over, refused={}, by=SYSTEM, at=NINE) == (2, 1)
    rows = results_of(over)
    assert [(row.hours, row.outcome) for row in rows] == [
        (Decimal(8), "finished"),
        (Decimal(8), "finished"),
        (Decimal(8), "failed"),
    ]


def _activity():
    day = TODAY - 14 * DAY
    return Activity(form=Form.IN_PERSON, first=day, last=day, minutes=480)


def test_hours_that_were_countered_are_not_shown(over):
    one = trainees(over)[0]
    (entry,) = grant(
        officer=one.officer,
        source="session:x:1",
        activity=_activity(),
        title=over.title,
        by=SYSTEM,
        at=NINE,
        group=f"class:{over.uid}",
        hours=Decimal(8),
    )
    counter(entry=entry, reason="重复", by=SYSTEM, at=NINE)
    assert results_of(over)[0].hours == 0


def test_everybody_needs_a_score_or_a_reason(over):
    score(over, "90", "", "")
    one, second, third = trainees(over)
    with pytest.raises(MarkRefused) as error:
        finish(training_class=over, refused={second.pk: "请假过半"}, by=SYSTEM, at=NINE)
    assert set(error.value.by_trainee) == {third.pk}
    assert Trainee.objects.get(pk=one.pk).state == "enrolled"


def test_a_reason_outweighs_the_score(over):
    score(over, "90", "90", "90")
    finish(training_class=over, refused={trainees(over)[0].pk: "请假过半"}, by=SYSTEM, at=NINE)
    first = trainees(over)[0]
    assert (first.state, first.reason) == ("failed", "请假过半")


@pytest.mark.parametrize("state", ["planned", "open"])
def test_sessions_that_are_not_closed_keep_the_class_open(over, state):
    training.session(over.batches.first(), starts_at=NINE - 13 * DAY, state=state)
    score(over, "90", "90", "90")
    with pytest.raises(ClassRefused):
        finish(training_class=over, refused={}, by=SYSTEM, at=NINE)


def test_a_class_finishes_once(over):
    score(over, "90", "90", "90")
    finish(training_class=over, refused={}, by=SYSTEM, at=NINE)
    with pytest.raises(ClassRefused):
        finish(training_class=over, refused={}, by=SYSTEM, at=NINE)
    with pytest.raises(ClassRefused):
        score(over, "10", "10", "10")


def test_a_finished_class_opens_again_until_its_period_is_closed(over):
    score(over, "90", "90", "90")
    finish(training_class=over, refused={}, by=SYSTEM, at=NINE)
    reopen(training_class=over, reason="成绩有误", by=SYSTEM, at=NINE)
    over.refresh_from_db()
    assert (over.state, trainees(over)[0].state, trainees(over)[0].score) == ("running", "enrolled", 90)
    finish(training_class=over, refused={}, by=SYSTEM, at=NINE)
    close(unit=None, first=TODAY - datetime.timedelta(days=40), last=TODAY - 2 * DAY, by=SYSTEM, at=NINE)
    with pytest.raises(PeriodLocked):
        reopen(training_class=over, reason="成绩有误", by=SYSTEM, at=NINE)


def test_before_and_after_of_a_score_stand_in_the_audit_trail(over):
    score(over, "50", "60", "70")
    score(over, "55", "60", "70")
    number = trainees(over)[0].officer.staff_number
    record = AuditRecord.objects.filter(action="class_scored").latest("pk")
    assert record.details["scores"] == [[number, "50.00", "55"]]


def test_a_zero_that_is_corrected_stays_in_the_audit_trail(over):
    score(over, "0", "60", "70")
    score(over, "60", "60", "70")
    number = trainees(over)[0].officer.staff_number
    first, second = AuditRecord.objects.filter(action="class_scored").order_by("pk")
    assert [number, "", "0"] in first.details["scores"]
    assert second.details["scores"] == [[number, "0.00", "60"]]


@pytest.mark.parametrize("value", ["-1", "1000.01", "NaN"])
def test_a_score_out_of_range_saves_none(over, value):
    with pytest.raises((MarkRefused, ArithmeticError)):
        score(over, "90", "90", value)
    assert {one.score for one in trainees(over)} == {None}


def test_nobody_enters_their_own_result(over, unit):
    officer = trainees(over)[0].officer
    people.grant(officer.user, Role.TRAINER, unit=unit)
    with pytest.raises(MarkRefused):
        score(over, "100", "60", "60", by=people.actor(officer.user))


@pytest.mark.parametrize(("impartial", "allowed"), [(False, True), (True, False)])
def test_an_instructor_does_not_mark_the_own_unit_where_the_class_says_so(over, unit, impartial, allowed):
    over.impartial = impartial
    over.save()
    teacher = people.officer(unit)
    people.grant(teacher.user, Role.TRAINER, unit=unit)
    over.batches.first().sessions.get().instructors.add(training.instructor(unit, officer=teacher))
    by = people.actor(teacher.user)
    assert finishing.teaches(by, over)
    if allowed:
        assert score(over, "90", "90", "90", by=by) == 3
    else:
        with pytest.raises(MarkRefused):
            score(over, "90", "90", "90", by=by)
