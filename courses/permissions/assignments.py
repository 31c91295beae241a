"""Routes of paths, reading lists and tasks, and who may change which."""

from courses.models import Assignment
from courses.rules.audience import from_json, within
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

MAKERS = (Role.TRAINER,)
WATCHERS = (Role.TRAINER, Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "courses:paths": only(*WATCHERS),
    "courses:lists": only(*WATCHERS),
    "courses:assignment_new": only(*MAKERS),
    "courses:assignment": only(*WATCHERS),
    "courses:assignment_edit": only(*MAKERS, scope="unit"),
    "courses:assignment_item": only(*MAKERS, scope="unit"),
    "courses:assignment_add": only(*MAKERS, scope="unit"),
    "courses:assignment_act": only(*MAKERS, scope="unit"),
    "courses:assignment_matrix": only(*WATCHERS, scope="unit"),
    "courses:tasks": signed_in(scope="own"),
    "courses:task_confirm": signed_in(scope="own"),
}


def can_change(actor: Actor, assignment: Assignment) -> bool:
    """Whether `actor` may change, publish or withdraw this: a trainer over everybody it is for.

    A draft without an audience yet belongs to whoever made it.
    """
    scopes = actor.scopes(*MAKERS)
    own = assignment.is_draft and assignment.made_by.get("staff_number") == actor.staff_number
    return actor.has(*MAKERS) and (own or within(from_json(assignment.audience), scopes))
