"""Routes of the exams app, and who may do what with a sitting."""

from exams.models import Candidate, Sitting
from lianbing.people.ports import Rule, only, public, signed_in, ticketed
from lianbing.people.rules import Actor, Role

_SETTING = only(Role.EXAM_ADMINISTRATOR, scope="unit")
_RUNNING = only(Role.EXAM_ADMINISTRATOR, Role.INVIGILATOR, scope="unit")
_MARKING = only(Role.MARKER, scope="unit")
_LEARNER = only(Role.OFFICER, Role.AUXILIARY, Role.CIVILIAN, scope="own")

ROUTES: dict[str, Rule] = {
    "exams:home": signed_in(scope="own"),
    "exams:rules": _LEARNER,
    "exams:start": _LEARNER,
    "exams:worker": public(),
    "exams:shell": public(),
    "exams:taking": signed_in(scope="own"),
    "exams:lease": signed_in(scope="own"),
    "exams:result": signed_in(scope="own"),
    "exams:report": signed_in(scope="own"),
    "exams:reports": signed_in(),
    "exams:events": ticketed(),
    "exams:status": ticketed(),
    "exams:submit": ticketed(),
    "exams:blueprint_list": _SETTING,
    "exams:blueprint_new": _SETTING,
    "exams:blueprint": _SETTING,
    "exams:blueprint_stock": _SETTING,
    "exams:sitting_list": _RUNNING,
    "exams:sitting_new": _SETTING,
    "exams:sitting": _RUNNING,
    "exams:sitting_edit": _SETTING,
    "exams:freeze": _SETTING,
    "exams:close": _SETTING,
    "exams:latecomer": _SETTING,
    "exams:results": _SETTING,
    "exams:release": _SETTING,
    "exams:board": _RUNNING,
    "exams:room_list": _RUNNING,
    "exams:extend": _RUNNING,
    "exams:extend_all": _RUNNING,
    "exams:force_submit": _RUNNING,
    "exams:marking_list": _MARKING,
    "exams:marking": _MARKING,
    "exams:marking_next": _MARKING,
    "exams:marking_last": _MARKING,
    "exams:marking_answer": _MARKING,
    "exams:marking_put_back": _MARKING,
}


def can_run_sitting(actor: Actor, sitting: Sitting) -> bool:
    """Set, freeze, close and release: an exam administrator over the organising unit."""
    return actor.covers(sitting.unit.path, Role.EXAM_ADMINISTRATOR)


def can_mark(actor: Actor, sitting: Sitting) -> bool:
    """Mark written answers: a marker over the organising unit. Never one's own exam (the service looks)."""
    return actor.covers(sitting.unit.path, Role.MARKER)


def watched_paths(actor: Actor, sitting: Sitting) -> list[str]:
    """The unit paths whose candidates one may watch at this sitting ([] = none, [""] = all of them).

    Whoever watches the organising unit watches everybody; an invigilator of a unit below, their own people.
    """
    if actor.covers(sitting.unit.path, Role.EXAM_ADMINISTRATOR, Role.INVIGILATOR):
        return [""]
    return actor.scopes(Role.INVIGILATOR)


def can_act_on(actor: Actor, candidate: Candidate) -> bool:
    """Extend time or hand in for a candidate: whoever watches them, never oneself."""
    if actor.officer_id is not None and candidate.officer_id == actor.officer_id:
        return False
    paths = watched_paths(actor, candidate.sitting)
    return any(candidate.unit.path.startswith(path) for path in paths)
