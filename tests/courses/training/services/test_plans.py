"""Writing, handing in, deciding and amending plans (R06, R07)."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils import translation

from courses.training.models import PlanLine, TrainingPlan
from courses.training.queries import plans as reading
from courses.training.rules.plans import Lack
from courses.training.services import plans as service
from courses.training.services.plans import PlanRefused
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import people, plans


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def bureau(db):
    root = people.unit("云汐市城管局")
    brigade = people.unit("一大队", root)
    squad = people.unit("滨河中队", brigade)
    return SimpleNamespace(
        root=root,
        brigade=brigade,
        squad=squad,
        trainer=people.actor(people.staff(Role.TRAINER, unit=squad)),
        brigade_trainer=people.actor(people.staff(Role.TRAINER, unit=brigade)),
        squad_leader=people.actor(people.staff(Role.LEADER, unit=squad)),
        brigade_leader=people.actor(people.staff(Role.LEADER, unit=brigade)),
        chief=people.actor(people.staff(Role.LEADER)),
    )


def submitted(bureau, at, **line):
    plan = service.start(unit=bureau.squad, year=2026, copy=False, by=bureau.trainer, at=at)
    plans.line(plan, **line)
    service.submit(plan=plan, by=bureau.trainer, at=at)
    plan.refresh_from_db()
    return plan


def in_force(bureau, at):
    plan = submitted(bureau, at)
    service.approve(plan=plan, remark="", by=bureau.brigade_leader, at=at)
    plan.refresh_from_db()
    return plan


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({"measure": ""}, Lack.MEASURE),
        ({"target": None}, Lack.TARGET),
        ({"due_on": None}, Lack.DATE),
    ],
)
def test_a_line_without_measure_target_or_date_cannot_be_handed_in_or_approved(bureau, at, change, lack):
    """R07: a line without a measure cannot be approved."""
    plan = plans.plan(bureau.squad)
    plans.line(plan)
    line = plans.line(plan, **change)
    with pytest.raises(PlanRefused) as refusal:
        service.submit(plan=plan, by=bureau.trainer, at=at)
    assert [(one.number, one.line, one.lacks) for one in refusal.value.lacks] == [(2, line, [lack])]
    TrainingPlan.objects.filter(pk=plan.pk).update(state="submitted")
    with pytest.raises(PlanRefused) as refusal:
        service.approve(plan=plan, remark="", by=bureau.brigade_leader, at=at)
    assert refusal.value.lacks[0].lacks == [lack]


def test_a_line_nobody_answers_for_is_named(bureau, at):
    plan = plans.plan(bureau.squad)
    plans.line(plan, owner=people.officer(bureau.brigade))
    PlanLine.objects.create(plan=plan, title="x", measure="classes", target=1, due_on=plans.DUE)
    lacks = [one.lacks for one in reading.lacking(plan, at.date())]
    assert lacks == [[Lack.OWNER_GONE], [Lack.OWNER]]


def test_an_empty_plan_is_not_handed_in(bureau, at):
    with pytest.raises(PlanRefused, match="no line"):
        service.submit(plan=plans.plan(bureau.squad), by=bureau.trainer, at=at)


def test_a_leader_above_approves_and_the_lines_are_frozen(bureau, at):
    plan = in_force(bureau, at)
    assert plan.state == "approved"
    assert AuditRecord.objects.filter(action="plan_approved", subject_id=str(plan.pk)).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanLine.objects.filter(plan=plan).update(target=1)


@pytest.mark.parametrize("who", ["squad_leader", "trainer", "brigade_trainer"])
def test_nobody_of_the_unit_itself_and_no_trainer_approves(bureau, at, who):
    plan = submitted(bureau, at)
    with pytest.raises(PlanRefused):
        service.approve(plan=plan, remark="", by=getattr(bureau, who), at=at)


def test_the_author_never_approves_even_as_a_leader_above(bureau, at):
    both = people.staff(Role.TRAINER, Role.LEADER)
    plan = service.start(unit=bureau.squad, year=2026, copy=False, by=people.actor(both), at=at)
    plans.line(plan)
    service.submit(plan=plan, by=bureau.trainer, at=at)
    plan.refresh_from_db()
    with pytest.raises(PlanRefused):
        service.approve(plan=plan, remark="", by=people.actor(both), at=at)
    service.approve(plan=plan, remark="", by=bureau.chief, at=at)


def test_a_plan_goes_back_with_a_reason_and_comes_again(bureau, at):
    plan = submitted(bureau, at)
    with pytest.raises(PlanRefused, match="Say what"):
        service.send_back(plan=plan, remark=" ", by=bureau.brigade_leader, at=at)
    service.send_back(plan=plan, remark="指标偏低", by=bureau.brigade_leader, at=at)
    plan.refresh_from_db()
    assert (plan.state, plan.remark) == ("returned", "指标偏低")
    service.submit(plan=plan, by=bureau.trainer, at=at)


def test_a_plan_is_taken_back_before_it_is_decided(bureau, at):
    plan = submitted(bureau, at)
    service.take_back(plan=plan, by=bureau.trainer, at=at)
    plan.refresh_from_db()
    assert plan.state == "draft"
    with pytest.raises(PlanRefused):
        service.approve(plan=plan, remark="", by=bureau.brigade_leader, at=at)


def test_there_is_one_plan_for_a_unit_and_year(bureau, at):
    service.start(unit=bureau.squad, year=2026, copy=False, by=bureau.trainer, at=at)
    with pytest.raises(PlanRefused, match="already"):
        service.start(unit=bureau.squad, year=2026, copy=False, by=bureau.trainer, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        plans.plan(bureau.squad, version=2)


def test_a_trainer_writes_no_plan_of_another_unit(bureau, at):
    with pytest.raises(PlanRefused):
        service.start(unit=bureau.brigade, year=2026, copy=False, by=bureau.trainer, at=at)


def test_an_amendment_keeps_the_lines_and_replaces_the_old_version_on_approval(bureau, at):
    old = in_force(bureau, at)
    with pytest.raises(PlanRefused, match="why"):
        service.amend(plan=old, reason="", by=bureau.trainer, at=at)
    new = service.amend(plan=old, reason="增加一期", by=bureau.trainer, at=at)
    assert reading.in_force(bureau.squad.pk, 2026) == old
    assert new.lines.get().key == old.lines.get().key
    service.submit(plan=new, by=bureau.trainer, at=at)
    service.approve(plan=new, remark="", by=bureau.brigade_leader, at=at)
    old.refresh_from_db()
    assert (old.state, reading.in_force(bureau.squad.pk, 2026)) == ("replaced", new)
    assert old.lines.count() == 1


def test_only_one_amendment_is_written_at_a_time(bureau, at):
    old = in_force(bureau, at)
    service.amend(plan=old, reason="增加", by=bureau.trainer, at=at)
    with pytest.raises(PlanRefused):
        service.amend(plan=old, reason="再增加", by=bureau.trainer, at=at)


def test_last_years_plan_is_copied_as_new_lines(bureau, at):
    before = plans.plan(bureau.squad, year=2025, state="approved")
    line = plans.line(before, due_on=plans.DUE.replace(year=2025))
    made = service.start(unit=bureau.squad, year=2026, copy=True, by=bureau.trainer, at=at).lines.get()
    assert (made.title, made.due_on, made.owner) == (line.title, plans.DUE, line.owner)
    assert made.key != line.key


def test_nothing_is_copied_where_there_was_no_plan(bureau, at):
    with pytest.raises(PlanRefused, match="last year"):
        service.start(unit=bureau.squad, year=2026, copy=True, by=bureau.trainer, at=at)
    assert not TrainingPlan.objects.exists()


def test_a_line_hangs_on_a_line_in_force_above_and_on_nothing_else(bureau, at):
    above = plans.line(plans.plan(bureau.brigade, state="approved"))
    beside = plans.line(plans.plan(bureau.root, state="draft"))
    plan = plans.plan(bureau.squad)
    line = plans.line(plan)
    line.parent_key = above.key
    assert service.save_line(line=line, by=bureau.trainer, at=at).parent_key == above.key
    line.parent_key = beside.key
    with pytest.raises(PlanRefused, match="above"):
        service.save_line(line=line, by=bureau.trainer, at=at)


def test_a_line_that_is_used_stays(bureau, at):
    line = plans.line(plans.plan(bureau.squad))
    plans.closed_session(line)
    with pytest.raises(PlanRefused, match="held"):
        service.remove_line(line=line, by=bureau.trainer, at=at)
    with pytest.raises(PlanRefused, match="held"):
        service.discard(plan=line.plan, by=bureau.trainer, at=at)


def test_a_draft_is_thrown_away_and_an_approved_plan_is_not(bureau, at):
    plan = plans.plan(bureau.squad)
    plans.line(plan)
    service.discard(plan=plan, by=bureau.trainer, at=at)
    assert not TrainingPlan.objects.filter(pk=plan.pk).exists()
    with pytest.raises(PlanRefused):
        service.discard(plan=in_force(bureau, at), by=bureau.trainer, at=at)


def test_the_person_responsible_reports_and_nothing_reported_is_lost(bureau, at):
    owner = people.officer(bureau.squad)
    line = plans.line(plans.plan(bureau.squad, state="approved"), owner=owner)
    service.report(line=line, text="完成两期", by=people.actor(owner.user), at=at)
    service.report(line=line, text="更正：三期", by=bureau.trainer, at=at)
    assert [one.text for one in line.results.order_by("pk")] == ["完成两期", "更正：三期"]
    other = people.actor(people.officer(bureau.squad).user)
    with pytest.raises(PlanRefused):
        service.report(line=line, text="我来", by=other, at=at)
