"""Writing training plans: drafts, handing in, deciding, amendments, results of lines."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.training.models import LineResult, PlanLine, TrainingPlan
from courses.training.permissions import plans as rights
from courses.training.queries import plans as reading
from courses.training.rules import plans as rules
from courses.training.services import plan_periods
from courses.training.services.locks import PeriodLocked
from courses.training.state import PLAN_WRITABLE, PlanState, plan_may_move
from lianbing.kit import audit
from lianbing.people.models import Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "training"
COPIED = (
    "parent_key",
    "position",
    "title",
    "category_id",
    "kind",
    "topical",
    "measure",
    "target",
    "owner_id",
    "expected",
    "cost_planned",
)
MOST_LINES = 200


class PlanRefused(Exception):
    """A plan cannot be changed so; the text says why. `lacks`: what each line lacks, where that is the reason."""

    def __init__(self, text: str, lacks: list[reading.LineLacks] | None = None) -> None:
        super().__init__(text)
        self.lacks = lacks or []


def start(*, unit: Unit, year: int, copy: bool, by: Actor, at: datetime.datetime) -> TrainingPlan:
    """A first version of a unit's plan for a year; with `copy`, with the lines of last year's plan.

    Copied lines are new ones (what was done for last year's does not count), due on the same day of the
    year; a line of a superior plan they hung on is left. Raises PlanRefused.
    """
    if not rights.can_write(by, unit.path):
        raise PlanRefused(_("You write the plans of your own units only."))
    before = reading.in_force(unit.pk, year - 1) if copy else None
    if copy and before is None:
        raise PlanRefused(_("There is no approved plan of last year to copy."))
    try:
        with transaction.atomic():
            plan = TrainingPlan.objects.create(
                unit=unit,
                year=year,
                parent=reading.superior_plan(unit.path, year),
                author_id=_account(by),
                created_at=at,
            )
            if before is not None:
                _copy_lines(before, plan, same=False)
            _record("plan_started", plan, by, at, copied_from=before.pk if before else None)
    except IntegrityError as error:
        raise PlanRefused(_("This unit has a plan for that year already.")) from error
    return plan


def _account(by: Actor) -> int:
    if by.user_id is None:
        raise PlanRefused(_("A plan is written by a person."))
    return by.user_id


def _copy_lines(source: TrainingPlan, target: TrainingPlan, *, same: bool) -> None:
    """The lines of another version or year. `same`: they stay the same lines and keep their keys and dates."""
    made = []
    for line in source.lines.all():
        values = {name: getattr(line, name) for name in COPIED}
        if same:
            values |= {"key": line.key, "due_on": line.due_on}
        else:
            values |= {
                "parent_key": None,
                "due_on": rules.same_day_next_year(line.due_on, target.year),
            }
        made.append(PlanLine(plan=target, **values))
    PlanLine.objects.bulk_create(made)


def save_line(*, line: PlanLine, by: Actor, at: datetime.datetime) -> PlanLine:
    """Store a new or changed line of a draft. It may lack what approval will ask for. Raises PlanRefused."""
    with transaction.atomic():
        plan = _hold(line.plan)
        _check_writable(plan, by)
        new = line.pk is None
        if new:
            if plan.lines.count() >= MOST_LINES:
                raise PlanRefused(_("A plan has at most %(count)s lines.") % {"count": MOST_LINES})
            last = plan.lines.aggregate(last=Max("position"))["last"]
            line.position = min((last or 0) + 1, 30_000)
        if line.parent_key and not reading.hangable(plan).filter(key=line.parent_key).exists():
            raise PlanRefused(_("That line is not in the plan of a unit above."))
        _check_period(plan, line)
        line.save()
        _record(
            "plan_line_added" if new else "plan_line_changed",
            plan,
            by,
            at,
            line=str(line.key),
            title=line.title,
            measure=line.measure,
            target=None if line.target is None else str(line.target),
        )
    return line


def remove_line(*, line: PlanLine, by: Actor, at: datetime.datetime) -> None:
    """Take a line out of a draft. Raises PlanRefused where classes or sessions point at it."""
    with transaction.atomic():
        plan = _hold(line.plan)
        _check_writable(plan, by)
        if line.classes.exists() or line.sessions.exists() or line.externals.exists():
            raise PlanRefused(_("Classes or sessions are held for this line already."))
        _check_period(plan, line)
        _record("plan_line_removed", plan, by, at, line=str(line.key), title=line.title)
        line.delete()


def _check_writable(plan: TrainingPlan, by: Actor) -> None:
    if not rights.can_write(by, plan.unit.path):
        raise PlanRefused(_("You write the plans of your own units only."))
    if PlanState(plan.state) not in PLAN_WRITABLE:
        raise PlanRefused(_("This plan has been handed in or approved. Amend it instead."))


def submit(*, plan: TrainingPlan, by: Actor, at: datetime.datetime) -> None:
    """Hand a draft in for approval. Raises PlanRefused, naming what each line lacks."""
    with transaction.atomic():
        plan = _hold(plan)
        _check_writable(plan, by)
        _check_lines(plan, at)
        superior = reading.superior_plan(plan.unit.path, plan.year)
        _move(
            plan,
            PlanState.SUBMITTED,
            submitted_at=at,
            submitted_by=by.snapshot(),
            parent=superior,
            decided_at=None,
            decided_by=None,
        )
        _record("plan_submitted", plan, by, at)


def take_back(*, plan: TrainingPlan, by: Actor, at: datetime.datetime) -> None:
    """Take a plan back that nobody has decided on yet. Raises PlanRefused."""
    with transaction.atomic():
        plan = _hold(plan)
        if not rights.can_write(by, plan.unit.path):
            raise PlanRefused(_("You write the plans of your own units only."))
        _move(plan, PlanState.DRAFT)
        _record("plan_taken_back", plan, by, at)


def approve(*, plan: TrainingPlan, remark: str, by: Actor, at: datetime.datetime) -> None:
    """Put a plan in force: its lines are frozen, and the version before is replaced.

    Raises PlanRefused: not a leader above, the author, or a line that lacks something (R07).
    """
    with transaction.atomic():
        plan = _hold(plan)
        _check_approver(plan, by)
        _check_lines(plan, at)
        TrainingPlan.objects.filter(unit=plan.unit_id, year=plan.year, state=PlanState.APPROVED.value).update(
            state=PlanState.REPLACED.value
        )
        _move(
            plan,
            PlanState.APPROVED,
            approved_at=at,
            decided_at=at,
            decided_by=by.snapshot(),
            remark=remark.strip()[:300],
        )
        _record("plan_approved", plan, by, at, remark.strip())


def send_back(*, plan: TrainingPlan, remark: str, by: Actor, at: datetime.datetime) -> None:
    """Send a plan back to its unit, with the reason. Raises PlanRefused."""
    if not remark.strip():
        raise PlanRefused(_("Say what must be changed."))
    with transaction.atomic():
        plan = _hold(plan)
        _check_approver(plan, by)
        _move(
            plan,
            PlanState.RETURNED,
            decided_at=at,
            decided_by=by.snapshot(),
            remark=remark.strip()[:300],
        )
        _record("plan_returned", plan, by, at, remark.strip())


def _check_approver(plan: TrainingPlan, by: Actor) -> None:
    if not rights.can_approve(by, plan):
        raise PlanRefused(
            _("A leader of the unit above decides on a plan, and nobody on one they wrote or handed in.")
        )


def _check_lines(plan: TrainingPlan, at: datetime.datetime) -> None:
    if not plan.lines.exists():
        raise PlanRefused(_("The plan has no line yet."))
    lacking = reading.lacking(plan, day_of(at))
    if lacking:
        raise PlanRefused(_("Some lines lack what a plan must say."), lacking)
    _check_period(plan)


def _check_period(plan: TrainingPlan, line: PlanLine | None = None) -> None:
    """Nothing due in a closed period changes. Raises PlanRefused, naming the period."""
    try:
        if line is None:
            plan_periods.check_plan(plan)
        else:
            plan_periods.check_line(plan, line)
    except PeriodLocked as locked:
        raise PlanRefused(str(locked)) from locked


def amend(*, plan: TrainingPlan, reason: str, by: Actor, at: datetime.datetime) -> TrainingPlan:
    """A new version of a plan in force, as a draft with the same lines. The old one holds until approval.

    Raises PlanRefused: no reason, not in force, or an amendment is being written already.
    """
    if not reason.strip():
        raise PlanRefused(_("Say why the plan is amended."))
    if not rights.can_write(by, plan.unit.path):
        raise PlanRefused(_("You write the plans of your own units only."))
    try:
        with transaction.atomic():
            plan = _hold(plan)
            if plan.state != PlanState.APPROVED:
                raise PlanRefused(_("Only the plan in force is amended."))
            made = TrainingPlan.objects.create(
                unit=plan.unit,
                year=plan.year,
                version=plan.version + 1,
                parent=reading.superior_plan(plan.unit.path, plan.year),
                amends=plan,
                reason=reason.strip()[:300],
                author_id=_account(by),
                created_at=at,
            )
            _copy_lines(plan, made, same=True)
            _record("plan_amended", made, by, at, reason.strip())
    except IntegrityError as error:
        raise PlanRefused(_("An amendment of this plan is being written already.")) from error
    return made


def discard(*, plan: TrainingPlan, by: Actor, at: datetime.datetime) -> None:
    """Throw a draft away; what stands in force stays. Raises PlanRefused."""
    with transaction.atomic():
        plan = _hold(plan)
        _check_writable(plan, by)
        if reading.is_used(plan):
            raise PlanRefused(_("Classes or sessions are held for lines of this plan already."))
        _record("plan_discarded", plan, by, at, lines=plan.lines.count())
        plan.delete()


def report(*, line: PlanLine, text: str, by: Actor, at: datetime.datetime) -> LineResult:
    """Add what came of a line. Nothing said before is changed. Raises PlanRefused."""
    if not text.strip():
        raise PlanRefused(_("Say what came of it."))
    if not rights.can_report(by, line):
        raise PlanRefused(_("The person responsible or a trainer of the unit reports the result."))
    with transaction.atomic():
        made = LineResult.objects.create(
            line=line, line_key=line.key, at=at, by=by.snapshot(), text=text.strip()[:400]
        )
        _record("plan_result", line.plan, by, at, line=str(line.key), text=made.text)
    return made


def _hold(plan: TrainingPlan) -> TrainingPlan:
    """The plan as it stands now, its row held until the transaction ends."""
    try:
        return TrainingPlan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    except TrainingPlan.DoesNotExist as error:
        raise PlanRefused(_("Somebody has thrown this draft away meanwhile.")) from error


def _move(plan: TrainingPlan, to: PlanState, **values: Any) -> None:
    """Take a plan to another state, whoever else tries the same at this moment. Raises PlanRefused."""
    if not plan_may_move(plan.state, to):
        raise PlanRefused(_("The plan has changed meanwhile. Look at it again."))
    moved = TrainingPlan.objects.filter(pk=plan.pk, state=plan.state).update(state=to.value, **values)
    if moved != 1:
        raise PlanRefused(_("The plan has changed meanwhile. Look at it again."))


def _record(
    action: str, plan: TrainingPlan, by: Actor, at: datetime.datetime, reason: str = "", **details: Any
) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=plan,
        subject_name=f"{plan.unit.name} {plan.year} v{plan.version}",
        reason=reason,
        **details,
    )
