"""Routes of classes, timetables, instructors and the training desk, and who may do what with them."""

from courses.training.models import Instructor, Session, Trainee, TrainingClass
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

READERS = (Role.TRAINER, Role.HR, Role.LEADER)
_RUN = only(Role.TRAINER, scope="unit")
_READ = only(*READERS, scope="unit")
_OWN = signed_in(scope="own")

ROUTES: dict[str, Rule] = {
    "training:home": _OWN,
    "training:past": _OWN,
    "training:calendar": _OWN,
    "training:rate": _OWN,
    "training:manage": _READ,
    "training:class_list": _READ,
    "training:class_new": _RUN,
    "training:class": _READ,
    "training:class_edit": _RUN,
    "training:class_announce": _RUN,
    "training:class_cancel": _RUN,
    "training:class_postpone": _RUN,
    "training:batch_new": _RUN,
    "training:batch_edit": _RUN,
    "training:batch_people": _READ,
    "training:batch_draw": _RUN,
    "training:batch_add": _RUN,
    "training:batch_names": _READ,
    "training:trainee_withdraw": _RUN,
    "training:trainee_move": _RUN,
    "training:trainee_substitute": _RUN,
    "training:timetable": _READ,
    "training:timetable_print": _READ,
    "training:timetable_copy": _RUN,
    "training:timetable_copy_day": _RUN,
    "training:lesson_new": _RUN,
    "training:lesson_edit": _RUN,
    "training:lesson_cancel": _RUN,
    "training:class_finish": _RUN,
    "training:class_scores": _RUN,
    "training:class_scores_template": _RUN,
    "training:class_scores_import": _RUN,
    "training:class_reopen": _RUN,
    "training:class_completions": _READ,
    "training:instructor_list": _READ,
    "training:instructor_new": _RUN,
    "training:instructor": _READ,
    "training:instructor_edit": _RUN,
    "training:room_list": _RUN,
    "training:room_new": _RUN,
    "training:room_edit": _RUN,
    "training:coverage": _READ,
    "training:coverage_export": _READ,
    "training:rotation_list": _READ,
    "training:rotation_new": _RUN,
    "training:rotation": _READ,
    "training:rotation_edit": _RUN,
    "training:posting": _READ,
    "training:posting_export": _READ,
}


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose training one may look at."""
    return actor.scopes(*READERS)


def can_run(actor: Actor, unit_path: str) -> bool:
    """Make and change classes, sessions and rooms of a unit: a trainer over it."""
    return actor.covers(unit_path, Role.TRAINER)


def can_run_class(actor: Actor, training_class: TrainingClass) -> bool:
    """Change a class with its batches, people and timetable: a trainer over the organising unit."""
    return can_run(actor, training_class.unit.path)


def can_read_class(actor: Actor, training_class: TrainingClass) -> bool:
    """Look at a class: trainers, HR and leaders over the organising unit."""
    return actor.covers(training_class.unit.path, *READERS)


def can_run_session(actor: Actor, session: Session) -> bool:
    """Change a session of a timetable: a trainer over the organising unit of the session."""
    return can_run(actor, session.unit.path)


def can_keep_instructor(actor: Actor, instructor: Instructor) -> bool:
    """Change an entry of the pool: a trainer over the unit that keeps it."""
    return can_run(actor, instructor.unit.path)


def can_mark(actor: Actor, trainee: Trainee, teaching: bool) -> bool:
    """Enter a result: never one's own; in an impartial class never that of one's own unit by who teaches it.

    `teaching`: whether the actor is an instructor of the class.
    """
    if actor.officer_id is not None and trainee.officer_id == actor.officer_id:
        return False
    barred = teaching and trainee.training_class.impartial
    return not (barred and actor.unit_path and trainee.unit.path == actor.unit_path)
