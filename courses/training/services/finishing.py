"""The end of a class: results of the completion test, finishing it, opening it again."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.training.models import Instructor, Session, Trainee, TrainingClass
from courses.training.permissions.classes import can_mark
from courses.training.rules import completion
from courses.training.services.classes import ClassRefused
from courses.training.services.locks import check_open
from courses.training.state import ClassState, class_may_move
from lianbing.kit import audit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "training"
MOST_SCORE = Decimal(1000)


class MarkRefused(Exception):
    """Results cannot be entered so. `by_trainee`: why, by the trainee's key."""

    def __init__(self, by_trainee: Mapping[int, str]) -> None:
        super().__init__(" ".join(by_trainee.values()))
        self.by_trainee = dict(by_trainee)


def teaches(by: Actor, training_class: TrainingClass) -> bool:
    """Whether the actor is an instructor of a session of the class."""
    mine = Instructor.objects.filter(officer=by.officer_id, sessions__batch__training_class=training_class)
    return by.officer_id is not None and mine.exists()


def enter_scores(
    *,
    training_class: TrainingClass,
    scores: Mapping[int, Decimal | None],
    by: Actor,
    at: datetime.datetime,
) -> int:
    """Enter results of the completion test by trainee key (None = none yet); how many changed.

    All or nothing. Raises MarkRefused (not this class's, one's own, barred by R18, out of range),
    ClassRefused (class over), PeriodLocked. Before and after stand in the audit trail.
    """
    with transaction.atomic():
        held = _held(training_class)
        rows = {
            one.pk: one
            for one in Trainee.objects.select_for_update(no_key=True, of=("self",))
            .filter(training_class=held, pk__in=scores, state=Trainee.State.ENROLLED)
            .select_related("officer", "unit", "training_class")
        }
        problems = _problems(rows, scores, by, held)
        if problems:
            raise MarkRefused(problems)
        changed = [rows[pk] for pk, score in scores.items() if rows[pk].score != score]
        before = {one.pk: one.score for one in changed}
        for one in changed:
            one.score = scores[one.pk]
        Trainee.objects.bulk_update(changed, ["score"])
        if changed:
            _record("class_scored", held, by, at, scores=_written(changed, before))
    return len(changed)


def _written(changed: Iterable[Trainee], before: Mapping[int, Decimal | None]) -> list[list[str]]:
    """Who, before, after: as the audit trail keeps it."""
    return [[one.officer.staff_number, _figure(before[one.pk]), _figure(one.score)] for one in changed]


def _figure(score: Decimal | None) -> str:
    """A score as text, a zero too; "" = none."""
    return "" if score is None else str(score)


def _problems(
    rows: Mapping[int, Trainee], scores: Mapping[int, Decimal | None], by: Actor, held: TrainingClass
) -> dict[int, str]:
    teaching = teaches(by, held)
    problems = {}
    for pk, score in scores.items():
        if pk not in rows:
            problems[pk] = _("This person is not enrolled any more.")
        elif score is not None and not 0 <= score <= MOST_SCORE:
            problems[pk] = _("A score lies between 0 and 1000.")
        elif score != rows[pk].score and not can_mark(by, rows[pk], teaching):
            problems[pk] = _("%(name)s: you may not enter this result (oneself, or one's own unit).") % {
                "name": rows[pk].officer.name
            }
    return problems


def _held(training_class: TrainingClass) -> TrainingClass:
    rows = TrainingClass.objects.select_for_update(no_key=True, of=("self",)).select_related("unit")
    held = rows.get(pk=training_class.pk)
    if held.state not in (ClassState.OPEN, ClassState.RUNNING):
        raise ClassRefused(_("Results are entered while the class runs. Open it again first."))
    check_open(held.ends_on, held.unit)
    return held


def blocking(training_class: TrainingClass, today: datetime.date) -> list[str]:
    """What keeps a class from being finished, in sentences; [] when nothing does."""
    found = []
    if today < training_class.starts_on:
        found.append(_("The class has not begun."))
    sessions = Session.objects.filter(batch__training_class=training_class)
    unclosed = sessions.filter(state__in=[Session.State.PLANNED, Session.State.OPEN]).count()
    if unclosed:
        found.append(
            ngettext(
                "%(count)d session is neither closed nor cancelled.",
                "%(count)d sessions are neither closed nor cancelled.",
                unclosed,
            )
            % {"count": unclosed}
        )
    if not training_class.trainees.filter(state=Trainee.State.ENROLLED).exists():
        found.append(_("Nobody is enrolled."))
    return found


def finish(
    *,
    training_class: TrainingClass,
    refused: Mapping[int, str],
    by: Actor,
    at: datetime.datetime,
) -> tuple[int, int]:
    """Finish a class: how many completed it, how many did not.

    `refused`: trainees (by key) for whom it does not count, with the reason. Where there is a completion
    test everybody needs a score or a reason. Raises ClassRefused, MarkRefused, PeriodLocked.
    """
    with transaction.atomic():
        held = _held(training_class)
        faults = blocking(held, day_of(at))
        if faults:
            raise ClassRefused(" ".join(faults))
        rows = list(
            Trainee.objects.select_for_update(no_key=True, of=("self",))
            .filter(training_class=held, state=Trainee.State.ENROLLED)
            .select_related("officer")
        )
        _settle(held, rows, refused)
        Trainee.objects.bulk_update(rows, ["state", "reason"])
        moved = TrainingClass.objects.filter(
            pk=held.pk, state__in=[ClassState.OPEN, ClassState.RUNNING]
        ).update(state=ClassState.FINISHED, finished_at=at)
        if moved != 1:
            raise ClassRefused(_("Somebody else changed this class a moment ago. Look at it again."))
        done = sum(one.state == Trainee.State.FINISHED for one in rows)
        _record("class_finished", held, by, at, completed=done, not_completed=len(rows) - done)
    return done, len(rows) - done


def _settle(held: TrainingClass, rows: list[Trainee], refused: Mapping[int, str]) -> None:
    missing = {}
    for one in rows:
        reason = refused.get(one.pk, "").strip()
        found = completion.outcome(pass_mark=held.pass_mark, score=one.score, refused=bool(reason))
        if found == completion.OPEN:
            missing[one.pk] = _("%(name)s has neither a score nor a reason.") % {"name": one.officer.name}
        else:
            one.state, one.reason = Trainee.State(found), reason[:200]
    if missing:
        raise MarkRefused(missing)


def reopen(*, training_class: TrainingClass, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Open a finished class again, with a reason. Raises ClassRefused, PeriodLocked once its period is closed."""
    with transaction.atomic():
        training_class.refresh_from_db()
        check_open(training_class.ends_on, training_class.unit)
        if not class_may_move(training_class.state, ClassState.RUNNING):
            raise ClassRefused(_("This class is no longer in a state for that. Look at it again."))
        moved = TrainingClass.objects.filter(pk=training_class.pk, state=ClassState.FINISHED).update(
            state=ClassState.RUNNING, finished_at=None, state_reason=reason[:200]
        )
        if moved != 1:
            raise ClassRefused(_("Somebody else changed this class a moment ago. Look at it again."))
        settled = [Trainee.State.FINISHED, Trainee.State.FAILED]
        training_class.trainees.filter(state__in=settled).update(state=Trainee.State.ENROLLED, reason="")
        _record("class_reopened", training_class, by, at, reason=reason)


def _record(
    action: str,
    training_class: TrainingClass,
    by: Actor,
    at: datetime.datetime,
    reason: str = "",
    **details: object,
) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=training_class,
        subject_name=training_class.title,
        reason=reason,
        **details,
    )
