"""Who may be posted: the induction gate for new officers (R16)."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from courses.queries.audience import people_of
from courses.queries.induction import unfinished
from courses.rules.audience import EVERYBODY
from courses.training.models import Trainee, TrainingClass
from courses.training.queries.classes import inside
from courses.training.queries.coverage import current_ids
from courses.training.state import ClassState
from lianbing.people.models import Appointment

PATH, CLASS = "path", "class"


@dataclass(frozen=True)
class Held:
    """Somebody who may not be posted yet. `why`: path (the induction path is unfinished), class (an
    induction class is not completed; then `training_class` says which).
    """

    appointment: Appointment
    why: str
    training_class: TrainingClass | None = None


@dataclass(frozen=True)
class Posting:
    """Who of some units may be posted on a day, and who may not and why."""

    may: list[Appointment]
    may_not: list[Held]


def posting(on: datetime.date, unit_paths: Collection[str]) -> Posting:
    """Everybody who serves on a day in these units, told apart by the induction gate.

    Held back is whoever has an unfinished induction path, and whoever was put into an induction class
    and has completed none. A class that was cancelled holds nobody back.
    """
    people = list(people_of(EVERYBODY, on).filter(inside(unit_paths)))
    waiting = unfinished([one.officer_id for one in people], on)
    classes = _open_classes(on)
    held, free = [], []
    for one in people:
        if one.officer_id in waiting:
            held.append(Held(one, PATH, classes.get(one.officer_id)))
        elif one.officer_id in classes:
            held.append(Held(one, CLASS, classes[one.officer_id]))
        else:
            free.append(one)
    return Posting(free, held)


def may_be_posted(on: datetime.date, unit_paths: Sequence[str]) -> list[Appointment]:
    """The appointments of those who may be posted to duty on a day: new officers whose induction is
    unfinished are not among them (R16)."""
    return posting(on, unit_paths).may


def _open_classes(on: datetime.date) -> dict[int, TrainingClass]:
    """Officers with an induction class they have not completed, and none that they have. Two statements."""
    merged = current_ids()
    rows = (
        Trainee.objects.filter(training_class__kind=TrainingClass.Kind.INDUCTION)
        .exclude(state=Trainee.State.WITHDRAWN)
        .exclude(training_class__state__in=[ClassState.CANCELLED, ClassState.DRAFT])
        .select_related("training_class", "batch")
        .order_by("batch__starts_on")
    )
    states: dict[int, set[str]] = defaultdict(set)
    latest: dict[int, TrainingClass] = {}
    for one in rows:
        officer = merged.get(one.officer_id, one.officer_id)
        done = one.state == Trainee.State.FINISHED and one.batch.ends_on <= on
        states[officer].add("done" if done else "open")
        latest[officer] = one.training_class
    return {officer: latest[officer] for officer, found in states.items() if "done" not in found}
